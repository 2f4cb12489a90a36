"""The laws of the fold: the whole is the sum of its parts, in any order."""

from __future__ import annotations

import random
from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from services.projection.fold import moves_of, node_of, provisional_of, tree_changes_of
from shared.envelope import Recorded, decode, encode
from tests.support.histories import EXAMPLES, HISTORIES, History

Sums = Counter[tuple[object, ...]]
BOUNDED = settings(max_examples=EXAMPLES, deadline=None)


def folded(events: list[Recorded]) -> Sums:
    """Amounts by everything a figure may be asked for."""
    sums: Sums = Counter()
    for each in events:
        for metric, day, amount, dims, subject in moves_of(each):
            sums[each.place.unit, metric, day, dims, subject] += amount
    return sums


@BOUNDED
@given(history=HISTORIES, cut=st.floats(0, 1), seed=st.integers())
def test_parts_folded_and_merged_equal_the_whole(history: History, cut: float, seed: int) -> None:
    events = list(history.events)
    whole = folded(events)
    random.Random(seed).shuffle(events)
    half = int(len(events) * cut)
    merged = folded(events[:half])
    merged.update(folded(events[half:]))
    assert merged == whole


@BOUNDED
@given(history=HISTORIES)
def test_a_fold_sees_the_bytes_of_one_event_and_nothing_else(history: History) -> None:
    for each in history.events:
        read = decode(encode(each))
        assert read == each
        assert moves_of(read) == moves_of(each)
        assert (tree_changes_of(read), node_of(read)) == (tree_changes_of(each), node_of(each))


@BOUNDED
@given(history=HISTORIES)
def test_a_lineage_speaks_provisionally_of_every_unit_on_it(history: History) -> None:
    for each in history.events:
        said = provisional_of(each)
        assert [change.unit for change in said] == list(each.place.lineage)
        assert [change.parent for change in said] == [None, *each.place.lineage[:-1]]
        assert {change.version for change in said} == {0}
