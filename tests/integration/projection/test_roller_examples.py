"""The rules of the tree that chance seldom tries, by example."""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import pytest

from shared.contracts import membership as m
from shared.envelope import encode
from shared.reading.incoming import Incoming
from tests.support.histories import UNITS, History, history_of, numbered, on, uid
from tests.support.stage import Stage
from tests.support.streams import Ledger

BORN = [11] * len(UNITS)
PARENTS = """
SELECT p.id FROM edge AS e JOIN node AS u ON u.key = e.unit JOIN node AS p ON p.key = e.parent
WHERE u.id = $1 AND e.line = 0 ORDER BY e.valid_from"""


@pytest.fixture
def empty(stage: Stage) -> Stage:
    stage.reset()
    return stage


def parents(stage: Stage, name: str) -> list[UUID]:
    return [row[0] for row in stage.fetch(PARENTS, uid(name))]


def moved(history: History, name: str, parent: str, day: int) -> None:
    event = m.UnionMoved(occurredon=on(day), old_parent=None, parent=uid(parent))
    history.record(name, uid(name), event)


def told_by_lineages() -> list[Incoming]:
    """Two streams tell of a town under two counties, and nobody else speaks of the town."""
    ledger = Ledger("union.membership")
    made = history_of([("member", 3, 1, 20)], BORN).events[-1]
    records = []
    for stream, county in ((3, "county1"), (7, "county2"), (3, "county0")):
        path = (*map(uid, ("province", county, "town3", "union3")),)
        records.append(ledger.add(stream, encode(replace(made, place=replace(made.place, lineage=path)))))
    return records


@pytest.mark.parametrize("order", [(0, 1, 2), (1, 0, 2), (0, 2, 1)])
def test_while_nothing_real_is_known_the_last_lineage_counts(empty: Stage, order: tuple[int, ...]) -> None:
    records = told_by_lineages()
    for place in order:
        empty.deliver([records[place]])
        empty.roll()
    assert parents(empty, "town3") == [uid("county2")]


def test_what_is_real_replaces_lineages(empty: Stage) -> None:
    history = history_of([], BORN)
    empty.deliver(told_by_lineages())
    empty.roll()
    town = next(event for event in history.events if event.subject == uid("town3"))
    ledger = Ledger("union.membership")
    empty.deliver([ledger.add(11, encode(town))])
    empty.roll()
    assert parents(empty, "town3") == [uid(UNITS["town3"][1] or "")]


def test_of_two_moves_on_one_day_the_later_version_counts(empty: Stage) -> None:
    history = history_of([], BORN)
    moved(history, "town0", "county1", 50)
    moved(history, "town0", "county2", 50)
    empty.deliver(numbered(history))
    empty.roll()
    assert parents(empty, "town0") == [uid("county0"), uid("county2")]


def test_a_move_recorded_later_may_begin_earlier(empty: Stage) -> None:
    history = history_of([], BORN)
    moved(history, "town0", "county1", 80)
    moved(history, "town0", "county2", 50)
    empty.deliver(numbered(history))
    empty.roll()
    assert parents(empty, "town0") == [uid("county0"), uid("county2"), uid("county1")]
