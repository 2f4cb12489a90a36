"""Where unions hang, on the territorial line and on industry lines (DOMAIN ORG-06, ORG-07)."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.membership.domain import tree, unions
from services.membership.domain.dates import BeforeEstablishment, DateTooFarAhead, NothingChanges, UnionEnded
from services.membership.domain.unions import Hung, parent_on
from shared.catalogues import NotInCatalogue
from shared.contracts import membership as m
from tests.support.builders import FOUNDED, TODAY, a_union, named, union_established
from tests.support.scenario import Scenario

MOVED = date(2005, 5, 1)


def union() -> Scenario[unions.Union]:
    return Scenario(unions.evolve).given(union_established())


def to(name: str, *later: m.MembershipEvent, path: tuple[str, ...] = (), **changes: Any) -> Any:
    """A parent to move to: id, state and path."""
    return named(name), a_union(name, *later, **changes), tuple(named(each) for each in (*path, name))


def move(target: Any, on: date = MOVED) -> Any:
    return lambda state: tree.decide_move(named("union"), state, target, on, TODAY)


def moved(old: str, new: str, on: date = MOVED) -> m.UnionMoved:
    return m.UnionMoved(occurredon=on, old_parent=named(old), parent=named(new))


def dissolved(on: date, level: int = 4) -> m.UnionDissolved:
    return m.UnionDissolved(
        occurredon=on, reason="division_withdrawn", kind="general", form="committee", level=level
    )


def test_a_union_moves_to_another_town() -> None:
    after = union().when(move(to("town"))).then(moved("province", "town"))
    assert after.parent(MOVED - timedelta(days=1)) == named("province")
    assert after.parent(MOVED) == named("town")


def test_a_move_may_be_recorded_late_behind_a_later_one() -> None:
    later = moved("province", "town", date(2010, 1, 1))
    after = union().given(later).when(move(to("county"))).then(moved("province", "county"))
    assert after.parent(date(2009, 12, 31)) == named("county")
    assert after.parent(date(2010, 1, 1)) == named("town")


def test_of_two_moves_on_one_day_the_one_recorded_last_counts() -> None:
    after = union().given(moved("province", "town")).when(move(to("county"))).then(moved("town", "county"))
    assert after.parent(MOVED) == named("county")


def test_a_move_may_be_recorded_ahead() -> None:
    soon = TODAY + timedelta(days=100)
    after = union().when(move(to("town"), soon)).then(moved("province", "town", soon))
    assert after.parent(TODAY) == named("province")


def test_a_move_years_ahead_is_refused() -> None:
    union().when(move(to("town"), TODAY + timedelta(days=400))).then_refused(DateTooFarAhead)


def test_a_move_before_the_establishment_is_refused() -> None:
    union().when(move(to("town"), FOUNDED - timedelta(days=1))).then_refused(BeforeEstablishment)


def test_a_move_before_the_parent_existed_is_refused() -> None:
    union().when(move(to("town", occurredon=date(2006, 1, 1)))).then_refused(BeforeEstablishment)


def test_a_move_under_a_parent_of_the_same_level_is_refused() -> None:
    union().when(move(to("other"))).then_refused(tree.TreeUpsideDown, "parent")


def test_a_move_under_oneself_is_refused() -> None:
    union().when(move(to("union"))).then_refused(tree.TreeCycle, "parent")


def test_a_move_under_a_descendant_is_refused() -> None:
    union().when(move(to("sub_union", path=("union",)))).then_refused(tree.TreeCycle, "parent")


def test_a_move_to_where_the_union_hangs_already_is_refused() -> None:
    union().when(move(to("province"))).then_refused(NothingChanges)


def test_a_union_that_ended_moves_no_more() -> None:
    union().given(dissolved(MOVED, 6)).when(move(to("town"))).then_refused(UnionEnded)


def test_nobody_moves_under_a_parent_that_had_ended() -> None:
    union().when(move(to("town", dissolved(MOVED)))).then_refused(UnionEnded)


def test_nobody_is_left_under_a_parent_that_ended_since() -> None:
    union().when(move(to("town", dissolved(date(2010, 1, 1))))).then_refused(UnionEnded, "parent")


def test_a_late_recorded_stay_under_a_parent_that_ended_since_is_fine_where_the_union_had_left_by_then() -> (
    None
):
    later = moved("province", "county", date(2009, 1, 1))
    union().given(later).when(move(to("town", dissolved(date(2010, 1, 1))))).then(moved("province", "town"))


def join(line: str, target: Any, on: date = MOVED) -> Any:
    return lambda state: tree.decide_join_line(state, line, target[:2], on, TODAY)


def joined(parent: str, old: str | None = None, on: date = MOVED) -> m.UnionJoinedLine:
    return m.UnionJoinedLine(
        occurredon=on, line="education", old_parent=named(old) if old else None, parent=named(parent)
    )


def test_a_union_joins_an_industry_line_under_its_head() -> None:
    after = union().when(join("education", to("county", kind="industry"))).then(joined("county"))
    assert after.lines_on(MOVED) == {"education": named("county")}
    assert after.parent(MOVED) == named("province")


def test_a_union_joins_an_industry_line_under_a_union_of_that_line() -> None:
    on_line = (m.LineParent(line="education", parent=named("county")),)
    union().when(join("education", to("town", kind="federation", lines=on_line))).then(joined("town"))


def test_a_parent_that_is_neither_head_nor_on_the_line_is_refused() -> None:
    union().when(join("education", to("town", kind="federation"))).then_refused(
        tree.ParentNotOnLine, "parent"
    )


def test_an_unknown_line_is_refused() -> None:
    union().when(join("astrology", to("county"))).then_refused(NotInCatalogue, "line")


def test_a_sub_union_follows_its_grassroots_union_on_every_line() -> None:
    Scenario(unions.evolve).given(union_established("sub_union")).when(
        join("education", to("county"))
    ).then_refused(tree.OutsideGrassrootsUnion)


def test_a_union_leaves_an_industry_line() -> None:
    left = m.UnionLeftLine(occurredon=date(2008, 1, 1), line="education", old_parent=named("county"))
    after = (
        union()
        .given(joined("county"))
        .when(lambda state: tree.decide_leave_line(state, "education", left.occurredon, TODAY))
        .then(left)
    )
    assert after.lines_on(date(2007, 12, 31)) == {"education": named("county")}
    assert after.lines_on(date(2008, 1, 1)) == {}


@pytest.mark.parametrize("on", [MOVED - timedelta(days=1), date(2009, 1, 1)])
def test_nobody_leaves_a_line_on_a_day_on_which_the_union_was_not_on_it(on: date) -> None:
    left = m.UnionLeftLine(occurredon=date(2008, 1, 1), line="education", old_parent=named("county"))
    union().given(joined("county"), left).when(
        lambda state: tree.decide_leave_line(state, "education", on, TODAY)
    ).then_refused(tree.NotOnLine)


DAYS = st.dates(date(2000, 1, 1), date(2000, 1, 9))
ENTRIES = st.lists(st.tuples(DAYS, st.integers(0, 3)), min_size=1, max_size=12)


@given(ENTRIES, DAYS)
def test_the_parent_of_a_day_is_that_of_the_latest_entry_and_among_equals_of_the_last_recorded(
    entries: list[tuple[date, int]], day: date
) -> None:
    hung = tuple(Hung(on=on, parent=named(str(n))) for on, n in entries)
    by_day = dict(entries)  # a later entry for one day replaces the earlier
    past = [on for on in by_day if on <= day]
    first = next(n for on, n in entries if on == min(by_day))
    expected = by_day[max(past)] if past else first
    assert parent_on(hung, day) == named(str(expected))
