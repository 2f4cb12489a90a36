"""Occasions for people: whose money, how long, how dear, and who came."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain import attendance
from services.welfare.domain import benefits as rules
from services.welfare.domain.attendance import Attendance
from services.welfare.domain.benefits import Benefit, Plan, Report, Schedule, evolve
from shared.catalogues import NotInCatalogue
from shared.contracts.welfare import BenefitHeld, GroupCount
from shared.errors import Problem

UNION, PERSON, OCCASION = UUID(int=1), UUID(int=2), UUID(int=3)
DAY = date(2022, 6, 1)


def planned(**but: Any) -> Plan:
    usual: dict[str, Any] = {"kind": "recuperation", "payer": "union", "by_name": False, "edition": None}
    return Plan(**usual | {"level": 3, "on": DAY} | but)


def scheduled(days: int = 5, places: int = 10) -> Schedule:
    return Schedule(date(2022, 7, 1), date(2022, 7, days), places, DAY)


def report(*people: int, **but: Any) -> Report:
    groups = tuple(GroupCount(group="front_line", people=each) for each in people)
    usual: dict[str, Any] = {"person_times": 0, "children": 0, "classes": 0, "sessions": 0, "cost_fen": 0}
    return Report(**{"groups": groups, **usual, "outside": False, "on": date(2022, 7, 10), **but})


def occasion(plan: Plan | None = None, schedule: Schedule | None = None) -> Benefit:
    """Planned and scheduled."""
    (first,) = rules.decide_plan(UNION, plan or planned())
    state = evolve(None, first)
    return reduce(evolve, rules.decide_schedule(state, schedule or scheduled()), state)


def held(state: Benefit, said: Report, area: str = "") -> BenefitHeld:
    (event,) = rules.decide_hold(state, said, area)
    return event


def refused(reason: type[Problem], decide: Any) -> None:
    with pytest.raises(Problem) as caught:
        decide()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("kind", "payer", "level", "warned"),
    [
        ("health_check", "union", 6, True),
        ("retiree_visit", "union", 7, True),
        ("health_check", "employer", 6, False),
        ("health_check", "union", 3, False),
        ("counselling", "union", 6, False),
    ],
)
def test_a_grassroots_unions_money_is_not_for_everything(
    kind: str, payer: str, level: int, *, warned: bool
) -> None:
    (event,) = rules.decide_plan(UNION, planned(kind=kind, payer=payer, level=level))
    assert event.warnings == ((rules.NOT_FROM_GRASSROOTS_MONEY,) if warned else ())


@pytest.mark.parametrize(
    ("days", "fen", "area", "outside", "warned"),
    [
        (5, 2_000_000, "340100", False, ()),
        (6, 0, "340100", False, (rules.TOO_MANY_DAYS,)),
        (7, 0, "340100", True, ()),
        (5, 2_000_001, "340100", False, (rules.TOO_DEAR_A_DAY,)),
        (5, 3_000_001, "330802", False, (rules.TOO_DEAR_A_DAY, rules.TOO_DEAR_A_YEAR)),
        (9, 99_000_000, "", False, ()),
    ],
)
def test_days_and_cost_are_bounded_where_a_local_rule_says_so(
    days: int, fen: int, area: str, outside: bool, warned: tuple[str, ...]
) -> None:
    state = occasion(schedule=scheduled(days))
    assert held(state, report(10, cost_fen=fen, outside=outside), area).warnings == warned


def test_of_what_is_done_by_name_the_places_stand_for_the_people() -> None:
    state = occasion(planned(by_name=True))
    assert held(state, report(cost_fen=2_000_000), "340100").warnings == ()
    assert held(state, report(cost_fen=2_000_001), "340100").warnings == (rules.TOO_DEAR_A_DAY,)


def test_more_people_than_places_look_odd() -> None:
    assert held(occasion(), report(6, 5)).warnings == (rules.MORE_THAN_PLACES,)


def test_a_new_schedule_replaces_the_old_one() -> None:
    (event,) = rules.decide_schedule(occasion(), scheduled(places=12))
    assert (event.old_places, event.places) == (10, 12)


def test_what_a_rule_forbids() -> None:
    state = occasion()
    refused(rules.NotByName, lambda: rules.decide_plan(UNION, planned(kind="child_care", by_name=True)))
    refused(NotInCatalogue, lambda: rules.decide_plan(UNION, planned(kind="lottery")))
    early = Schedule(date(2022, 7, 2), date(2022, 7, 1), 1, DAY)
    refused(rules.BenefitDatesOdd, lambda: rules.decide_schedule(state, early))
    refused(rules.HeldBeforeStart, lambda: held(state, report(1, on=date(2022, 6, 30))))
    refused(rules.NobodyCounted, lambda: held(state, report()))
    refused(rules.PeopleToldTwice, lambda: held(occasion(planned(by_name=True)), report(1)))
    over = evolve(state, held(state, report(1)))
    refused(rules.BenefitStageWrong, lambda: held(over, report(1)))
    refused(rules.BenefitStageWrong, lambda: rules.decide_cancel(over, DAY))


def test_a_cancelled_occasion_is_over() -> None:
    (event,) = rules.decide_cancel(occasion(), DAY)
    over = evolve(occasion(), event)
    refused(rules.BenefitStageWrong, lambda: held(over, report(1)))


def came(state: Attendance | None, benefit: Benefit) -> Any:
    return attendance.decide_attend(state, OCCASION, benefit, PERSON, "women")


def test_who_came_is_told_once_and_may_be_withdrawn() -> None:
    state = occasion(planned(by_name=True))
    over = evolve(state, held(state, report()))
    (event,) = came(None, over)
    assert event.occurredon == date(2022, 7, 10)
    told = attendance.evolve(None, event)
    refused(attendance.AttendedAlready, lambda: came(told, over))
    (back,) = attendance.decide_withdraw(told, UUID(int=9))
    gone = attendance.evolve(told, back)
    refused(attendance.AttendanceWithdrawn, lambda: attendance.decide_withdraw(gone, UUID(int=9)))
    assert came(gone, over) == (event,)


def test_people_come_by_name_only_to_what_was_held_by_name() -> None:
    refused(attendance.BenefitNotHeld, lambda: came(None, occasion(planned(by_name=True))))
    refused(attendance.BenefitCounted, lambda: came(None, occasion()))
