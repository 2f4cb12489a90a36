"""Copies of unions and employers: the same whatever the order in which events arrive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import permutations
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.contracts import Event, membership
from shared.envelope import Place, Provenance, Recorded
from shared.ids import new_id
from shared.units import EMPLOYER, UNIT, EmployerCopy, UnitCopy, evolve_employer, evolve_unit
from shared.work.kinds import Claim

TOWN, OTHER_TOWN, UNION, HEIR, EMPLOYER_ID, LINE_HEAD = (new_id() for _ in range(6))
OPENED = date(2020, 3, 1)
WHY = Provenance("test", new_id(), new_id())


def recorded(subject: UUID, version: int, event: Event, unit: UUID = TOWN) -> Recorded:
    moment = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=version)
    return Recorded(new_id(), subject, version, moment, Place(unit, (unit,), (), unit), WHY, event)


def established() -> membership.UnionEstablished:
    return membership.UnionEstablished(
        occurredon=OPENED,
        name="Test union",
        level=6,
        kind="enterprise",
        form="committee",
        parent=TOWN,
        lines=(membership.LineParent(line="education", parent=LINE_HEAD),),
        division="999999001001",
    )


def history() -> list[Recorded]:
    """A union that is moved, moved again with an earlier date, renamed twice, leaves its line and merges."""
    events = [
        established(),
        membership.UnionMoved(occurredon=date(2024, 1, 1), old_parent=TOWN, parent=OTHER_TOWN),
        membership.UnionMoved(occurredon=date(2022, 1, 1), old_parent=TOWN, parent=HEIR),
        _renamed("Second name", "999999001001", "999999001002"),
        _renamed("Third name", "999999001002", "999999001003"),
        membership.UnionTypeChanged(
            occurredon=OPENED, kind="enterprise", level=6, old_form="committee", form="joint"
        ),
        membership.UnionLeftLine(occurredon=date(2023, 1, 1), line="education", old_parent=LINE_HEAD),
        membership.UnionMerged(
            occurredon=date(2025, 1, 1), successor=HEIR, kind="enterprise", form="joint", level=6
        ),
    ]
    return [recorded(UNION, number, event) for number, event in enumerate(events, 1)]


def _renamed(name: str, old: str, new: str) -> membership.UnionRenamed:
    return membership.UnionRenamed(
        occurredon=date(2024, 5, 1), old_name="", name=name, old_division=old, division=new
    )


def fold(events: Sequence[Recorded]) -> UnitCopy:
    """As `shared.copies` does it: what comes before the birth waits for it."""
    state, early = None, []
    for each in events:
        after = evolve_unit(state, each)
        if after is None:
            early.append(each)
        state = after
    for each in early:
        state = evolve_unit(state, each)
    assert state is not None
    return state


@given(st.permutations(history()))
@settings(max_examples=300, derandomize=True)
def test_any_order_of_arrival_gives_the_same_union(events: list[Recorded]) -> None:
    assert fold(events) == fold(sorted(events, key=lambda each: each.version))


@given(st.lists(st.sampled_from(history()[1:]), max_size=10))
@settings(derandomize=True)
def test_an_event_that_comes_twice_changes_nothing(again: list[Recorded]) -> None:
    events = history()
    assert fold([*events, *again]) == fold(events)


def test_what_is_known_of_a_union() -> None:
    union = fold(history())
    assert (union.name, union.division, union.form) == ("Third name", "999999001003", "joint")
    assert (union.ended_on, union.successor) == (date(2025, 1, 1), HEIR)
    assert UNIT.names(union) == {Claim("division", f"99999900100{n}") for n in (1, 2, 3)}


@pytest.mark.parametrize(
    ("day", "parent"),
    [
        (date(2019, 1, 1), TOWN),
        (date(2021, 12, 31), TOWN),
        (date(2022, 1, 1), HEIR),
        (date(2023, 12, 31), HEIR),
        (date(2024, 1, 1), OTHER_TOWN),
    ],
)
def test_a_backdated_move_leaves_the_later_one_in_force(day: date, parent: UUID) -> None:
    assert fold(history()).parent_on(day) == parent


def test_a_line_is_left_on_the_day_it_was_left() -> None:
    union = fold(history())
    assert union.lines_on(date(2022, 12, 31)) == {"education": LINE_HEAD}
    assert union.lines_on(date(2023, 1, 1)) == {}


def test_events_before_the_birth_are_nothing_yet() -> None:
    assert all(evolve_unit(None, each) is None for each in history()[1:])


def _covered(union: UUID, version: int) -> Recorded:
    event = membership.EmployerCovered(occurredon=OPENED, employer=EMPLOYER_ID, employer_kind="private")
    return recorded(EMPLOYER_ID, version, event, union)


def _uncovered(union: UUID, version: int) -> Recorded:
    event = membership.EmployerUncovered(occurredon=OPENED, employer=EMPLOYER_ID, employer_kind="private")
    return recorded(EMPLOYER_ID, version, event, union)


def test_an_employer_that_changes_its_union_ends_at_the_new_one_in_any_order() -> None:
    born = recorded(
        EMPLOYER_ID,
        1,
        membership.EmployerRegistered(occurredon=OPENED, name="Test works", kind="private", credit_code=None),
    )
    moves = [_covered(UNION, 2), _uncovered(UNION, 3), _covered(HEIR, 4)]
    for order in permutations(moves):
        state: EmployerCopy | None = evolve_employer(None, born)
        for each in order:
            state = evolve_employer(state, each)
        assert state is not None
        assert state.union == HEIR
        assert EMPLOYER.unit(state) == HEIR
