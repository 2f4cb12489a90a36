"""Activities: stories of planning, registering, holding, reporting and correcting."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.events.domain import holding_activities as holding
from services.events.domain import registering
from services.events.domain import reporting_activities as reporting
from services.events.domain.activities import Activity, ActivityElsewhere, ActivityNotHeld, evolve
from services.events.domain.activity_kinds import CountNotOfThisKind, PersonTimesBelowPeople, kinds
from services.events.domain.registering import Registration
from shared.contracts.events import ActivityCounts, ActivityPartner, ActivityPlanned

UNION, TOWN, PERSON = (UUID(f"0196f000-0000-7000-8000-00000000000{n}") for n in (1, 2, 3))
PLANNED, OPENED, CLOSES, DAY = date(2013, 4, 1), date(2013, 4, 5), date(2013, 4, 25), date(2013, 5, 1)
PAPER = "镇工〔2013〕7号"
Step = Callable[[Activity], tuple[Any, ...]]


def plan(kind: str = "tug_of_war", programmes: int = 0, *partners: UUID) -> ActivityPlanned:
    return ActivityPlanned(
        occurredon=PLANNED,
        union=UNION,
        activity_kind=kind,
        activity_topic="none",
        activity_occasion="may_day",
        planned_for=DAY,
        programmes=programmes,
        role="host",
        partners=tuple(ActivityPartner(union=each, role="assist") for each in partners),
    )


def opened(people: int | None = None, teams: int | None = None, closes: date = CLOSES) -> Step:
    return lambda activity: holding.decide_open(activity, closes, (people, teams), OPENED)


def registered(before: Registration | None = None, on: date = CLOSES, sex: str = "female") -> Step:
    return lambda activity: registering.decide_register(activity, before, PERSON, sex, on)


def team(before: Registration | None = None, number: int = 1) -> Step:
    return lambda activity: registering.decide_register_team(activity, before, (UNION, number), 8, CLOSES)


def held(activity: Activity) -> tuple[Any, ...]:
    return holding.decide_hold(activity, DAY)


def cancelled(activity: Activity) -> tuple[Any, ...]:
    return holding.decide_cancel(activity, "weather", CLOSES)


def attended(before: Registration | None = None, hours: int = 0) -> Step:
    return lambda activity: registering.decide_attend(activity, before, (PERSON, "female"), hours, DAY)


def reported(**counts: int) -> Step:
    return lambda activity: reporting.decide_report(activity, ActivityCounts(**counts), DAY)


def corrected(**counts: int) -> Step:
    return lambda activity: reporting.decide_correct(activity, ActivityCounts(**counts), PAPER, DAY)


def after(*steps: Step, kind: str = "tug_of_war") -> Activity:
    activity = evolve(None, *holding.decide_plan(plan(kind)))
    for step in steps:
        activity = reduce(evolve, step(activity), activity)
    return activity


def stands(status: str) -> Registration:
    return Registration.model_validate({"activity": UNION, "status": status, "people": 8})


def test_every_organiser_has_one_part() -> None:
    assert holding.decide_plan(plan("walk", 0, TOWN))
    with pytest.raises(holding.PartnerTwice):
        holding.decide_plan(plan("walk", 0, UNION))
    with pytest.raises(holding.PartnerTwice):
        holding.decide_plan(plan("walk", 0, TOWN, TOWN))


def test_programmes_are_planned_for_shows_only() -> None:
    assert holding.decide_plan(plan("show", 20))
    with pytest.raises(CountNotOfThisKind):
        holding.decide_plan(plan("walk", 1))


def test_registration_ends_before_the_activity_and_after_it_opened() -> None:
    with pytest.raises(holding.DeadlineAfterActivity):
        opened(closes=date(2013, 5, 2))(after())
    with pytest.raises(holding.DeadlinePassed):
        opened(closes=PLANNED)(after())
    with pytest.raises(ActivityElsewhere):
        opened()(after(opened()))


def test_nobody_registers_beyond_the_limit_twice_or_late() -> None:
    with pytest.raises(ActivityElsewhere):
        registered()(after())
    with pytest.raises(registering.RegistrationFull):
        registered()(after(opened(people=1), registered()))
    with pytest.raises(registering.AlreadyRegistered):
        registered(stands("registered"))(after(opened(), registered()))
    with pytest.raises(registering.RegistrationClosed):
        registered(on=date(2013, 4, 26))(after(opened()))
    assert after(opened(), registered()).people == 1


def test_who_withdraws_leaves_a_place() -> None:
    def withdrawn(before: Registration | None) -> Step:
        return lambda activity: registering.decide_withdraw(activity, before, PERSON, "female", CLOSES)

    with pytest.raises(registering.NotRegistered):
        withdrawn(None)(after(opened()))
    free = after(opened(people=1), registered(), withdrawn(stands("registered")))
    assert registered(stands("withdrawn"))(free)


def test_teams_have_places_of_their_own() -> None:
    with pytest.raises(registering.TeamsFull):
        team(number=2)(after(opened(teams=1), team()))
    with pytest.raises(registering.AlreadyRegistered):
        team(stands("registered"))(after(opened(), team()))

    def withdrawn(before: Registration | None) -> Step:
        return lambda activity: registering.decide_withdraw_team(activity, before, (UNION, 1), CLOSES)

    with pytest.raises(registering.NotRegistered):
        withdrawn(stands("withdrawn"))(after(opened(), team()))
    state = after(opened(teams=1), team(), withdrawn(stands("registered")))
    assert state.teams == 0


def test_others_than_women_are_warned_of() -> None:
    activity = after(opened(), kind="women_contest")
    assert registered()(activity)[0].warnings == ()
    assert registered(sex="male")(activity)[0].warnings == ("not-of-the-sex-it-is-meant-for",)


def test_nothing_is_told_before_it_was_held() -> None:
    for step in (reported(teams=8), corrected(teams=8), attended()):
        with pytest.raises(ActivityNotHeld):
            step(after(opened()))
        with pytest.raises(ActivityNotHeld):
            step(after(cancelled))
    with pytest.raises(ActivityElsewhere):
        held(after(held))
    with pytest.raises(ActivityElsewhere):
        cancelled(after(held))
    with pytest.raises(ActivityElsewhere):
        reported(teams=8)(after(held, reported(teams=8)))


def test_those_who_came_are_counted_once() -> None:
    with pytest.raises(registering.AlreadyAttended):
        attended(stands("attended"))(after(held, attended()))
    with pytest.raises(CountNotOfThisKind):
        attended(hours=2)(after(held))
    assert after(held, attended(hours=2), kind="volunteer_action").hours == 2


def test_the_report_takes_those_who_came_and_never_fewer() -> None:
    told = after(held, attended(hours=2), reported(), kind="volunteer_action")
    assert told.counts == ActivityCounts(people=1, hours=2)
    with pytest.raises(reporting.CountBelowAttended):
        reported(people=1, hours=1)(after(held, attended(hours=2), kind="volunteer_action"))
    with pytest.raises(reporting.CountBelowAttended):
        corrected(hours=2)(told)


def test_a_report_counts_what_its_kind_has() -> None:
    with pytest.raises(CountNotOfThisKind):
        reported(copies=10_000)(after(held))
    with pytest.raises(PersonTimesBelowPeople):
        reported(people=10, person_times=9)(after(held))
    assert reported(copies=10_000)(after(held, kind="initiative_letter"))


def test_a_correction_keeps_old_and_new() -> None:
    told = after(held, reported(teams=8))
    (event,) = corrected(teams=9)(told)
    assert (event.old_counts.teams, event.counts.teams, event.held_on) == (8, 9, DAY)
    with pytest.raises(reporting.NothingCorrected):
        corrected(teams=8)(told)
    with pytest.raises(ActivityElsewhere):
        corrected(teams=9)(after(held))


def test_every_partner_is_told() -> None:
    activity = evolve(None, *holding.decide_plan(plan("walk", 0, TOWN)))
    assert [(unit, event.role) for unit, event in holding.co_organised(activity, DAY)] == [(TOWN, "assist")]


def test_kinds_name_counts_that_exist() -> None:
    for kind in kinds().values():
        assert set(kind.also) <= set(ActivityCounts.model_fields), kind.id
