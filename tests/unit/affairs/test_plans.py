"""Due days by a rule of frequency, and what becomes of them."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.affairs.domain import frequencies, plans
from services.affairs.domain.frequencies import Period, Rhythm, due_days, months_too_short
from services.affairs.domain.plans import Plan
from shared.contracts.affairs import BlackboardIssuePosted, BlackboardJudged, PlanItemScheduled
from shared.errors import Problem
from shared.stages import BeforeLastStep

UNION = UUID(int=0x0196F000_0000_7000_8000_0000000000B0)
YEAR = Period(date(2013, 1, 1), date(2013, 12, 31))
SCHOOL = Period(date(2013, 9, 1), date(2014, 8, 31))
DAY, DUE = date(2013, 1, 5), date(2013, 1, 31)
MONTHS = 12


def plan(kind: str = "activity") -> Plan:
    wanted = PlanItemScheduled(
        occurredon=DAY,
        union=UNION,
        family="",
        kind=kind,
        theme="general",
        year=2013,
        frequency="monthly",
        due=(),
    )
    return plans.evolve(None, *plans.decide_schedule(wanted, Rhythm("monthly", (), None), YEAR))


def board(boards: int = 3) -> Plan:
    line = plan("blackboard")
    return plans.evolve(line, BlackboardIssuePosted(**plans.done(line, "board", DUE, DUE), boards=boards))


def judged(boards: int = 3, on: date = DUE) -> BlackboardJudged:
    return BlackboardJudged(
        occurredon=on,
        family="board",
        kind="blackboard",
        theme="general",
        due_on=DUE,
        boards_judged=boards,
        points=90,
        festival=True,
    )


def test_monthly_is_due_at_the_end_of_every_month() -> None:
    days = due_days(Rhythm("monthly", (), None), YEAR)
    assert len(days) == MONTHS
    assert days[1] == date(2013, 2, 28)


def test_semesters_lie_in_one_school_year() -> None:
    days = due_days(Rhythm("each_semester", (), None), SCHOOL)
    assert days == (date(2014, 1, 31), date(2014, 6, 30))


def test_twice_a_year_names_its_months() -> None:
    days = due_days(Rhythm("twice_a_year", (4, 10), 15), YEAR)
    assert days == (date(2013, 4, 15), date(2013, 10, 15))


def test_a_month_without_such_a_day_is_warned_of() -> None:
    rhythm = Rhythm("monthly", (), 31)
    assert months_too_short(rhythm, YEAR) == ("some-months-have-no-such-day",)
    assert len(due_days(rhythm, YEAR)) == 7
    assert months_too_short(Rhythm("monthly", (), 28), YEAR) == ()


def test_late_and_early_settle_on_different_days() -> None:
    early = plans.done(plan(), "plan", DUE, date(2013, 1, 20))
    late = plans.done(plan(), "plan", DUE, date(2013, 3, 1))
    assert (early["in_time"], early["settles_on"]) == (True, date(2013, 2, 1))
    assert (late["in_time"], late["settles_on"]) == (False, date(2013, 3, 1))


def test_what_is_postponed_is_due_on_the_new_day_only() -> None:
    line = plan()
    line = plans.evolve(line, *plans.decide_postpone(line, DUE, date(2013, 2, 10), DUE))
    assert line.due["2013-01-31"].stage == "postponed"
    assert plans.done(line, "plan", date(2013, 2, 10), date(2013, 2, 9))["in_time"]
    with pytest.raises(plans.NotDueThatDay):
        plans.decide_drop(line, DUE, DUE)


def test_an_issue_is_judged_once() -> None:
    line = plans.evolve(board(), *plans.decide_judge(board(), judged()))
    with pytest.raises(plans.AlreadyJudged):
        plans.decide_judge(line, judged())


@pytest.mark.parametrize(
    ("decide", "refusal"),
    [
        (lambda: due_days(Rhythm("once", (2,), 30), YEAR), frequencies.NeverDue),
        (lambda: due_days(Rhythm("monthly", (), 25), Period(DAY, date(2013, 1, 20))), frequencies.NeverDue),
        (lambda: due_days(Rhythm("twice_a_year", (4,), None), YEAR), frequencies.MonthsDoNotFit),
        (lambda: due_days(Rhythm("twice_a_year", (4, 4), None), YEAR), frequencies.MonthsDoNotFit),
        (lambda: plans.done(plan(), "plan", DAY, DUE), plans.NotDueThatDay),
        (lambda: plans.done(plan(), "meeting", DUE, DUE), plans.OtherFamily),
        (lambda: plans.decide_postpone(plan(), DUE, date(2013, 2, 28), DUE), plans.DueTwice),
        (lambda: plans.decide_postpone(plan(), DUE, date(2013, 1, 30), DUE), plans.DueTwice),
        (lambda: plans.decide_postpone(plan(), DUE, date.max, DUE), plans.DueTwice),
        (lambda: plans.decide_drop(plan(), DUE, date(2013, 1, 4)), BeforeLastStep),
        (lambda: plans.decide_judge(plan("blackboard"), judged()), plans.NotPosted),
        (lambda: plans.decide_judge(board(2), judged()), plans.MoreJudgedThanPosted),
        (lambda: plans.decide_judge(board(), judged(on=DAY)), BeforeLastStep),
    ],
)
def test_a_plan_refuses(decide: Any, refusal: type[Problem]) -> None:
    with pytest.raises(refusal):
        decide()
