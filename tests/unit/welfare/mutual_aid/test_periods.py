"""A period's course, and employers counted in it."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from services.welfare.domain.mutual_aid import period as rules
from services.welfare.domain.mutual_aid.confirming import (
    AlreadyConfirmed,
    InsuredEmployer,
    Roll,
    decide_confirm,
    evolve,
)
from services.welfare.domain.mutual_aid.period import MutualAidPeriod
from shared.contracts.welfare import MutualAidPeriodOpened
from tests.support.scenario import Scenario
from tests.unit.welfare.mutual_aid.covers import ORGANISER, UNION, period

EMPLOYER = UUID("0196f000-0000-7000-8000-0000000000e1")
PLAN = rules.Plan(
    14, ("in_service",), date(2012, 12, 1), date(2012, 12, 31), date(2013, 1, 1), date(2013, 12, 31)
)
OPENED = MutualAidPeriodOpened(occurredon=date(2012, 11, 1), organiser=ORGANISER, **PLAN._asdict())
BOOKS = rules.Settlement(100, 40, 60, date(2014, 1, 1))


def running(stage: rules.Stage) -> MutualAidPeriod:
    return period(stage=stage).period


def test_a_number_is_opened_once() -> None:
    story: Scenario[MutualAidPeriod] = Scenario(rules.evolve)
    story.when(lambda s: rules.decide_open(s, ORGANISER, PLAN, date(2012, 11, 1))).then(OPENED)
    story.given(OPENED).then_refused(rules.PeriodExists, "number")


@pytest.mark.parametrize(
    ("field", "plan"),
    [
        ("enrol_until", PLAN._replace(enrol_until=date(2012, 11, 30))),
        ("ends_on", PLAN._replace(ends_on=date(2012, 12, 31))),
        ("ends_on", PLAN._replace(enrol_from=date(2014, 1, 1), enrol_until=date(2014, 1, 1))),
    ],
)
def test_nothing_ends_before_it_begins(field: str, plan: rules.Plan) -> None:
    with pytest.raises(rules.PeriodDatesOdd) as caught:
        rules.decide_open(None, ORGANISER, plan, date(2012, 11, 1))
    assert caught.value.field == field


def test_a_period_runs_its_course_in_order() -> None:
    with pytest.raises(rules.PeriodStageWrong):
        rules.decide_begin_collecting(running("collecting"), date(2012, 12, 1))
    with pytest.raises(rules.PeriodStageWrong):
        rules.decide_bring_into_force(running("opened"), date(2013, 1, 1))
    with pytest.raises(rules.PeriodStageWrong):
        rules.decide_close(running("collecting"), BOOKS, "ada")


def test_nothing_begins_before_its_day() -> None:
    with pytest.raises(rules.BeforePeriodDate):
        rules.decide_begin_collecting(running("opened"), date(2012, 11, 30))
    with pytest.raises(rules.BeforePeriodDate):
        rules.decide_bring_into_force(running("collecting"), date(2012, 12, 31))
    with pytest.raises(rules.BeforePeriodDate):
        rules.decide_close(running("in_force"), BOOKS._replace(on=date(2013, 12, 31)), "ada")


def test_a_period_closes_when_premiums_are_benefits_and_what_is_held() -> None:
    (event,) = rules.decide_close(running("in_force"), BOOKS, "ada")
    assert rules.evolve(running("in_force"), event).stage == "settled"
    with pytest.raises(rules.PoolOutOfBalance) as caught:
        rules.decide_close(running("in_force"), BOOKS._replace(held_fen=61), "ada")
    assert caught.value.value == "61"


def test_an_employer_is_fully_insured_when_nobody_is_left_out() -> None:
    story: Scenario[InsuredEmployer] = Scenario(evolve)

    def confirmed(workers: int, insured: int) -> None:
        roll = Roll(UNION, EMPLOYER, workers, insured, date(2013, 1, 5))
        story.when(lambda state: decide_confirm(state, UUID(int=14), running("in_force"), roll))

    confirmed(30, 29)
    (first,) = story._decided()
    assert (first.fully_insured, first.warnings) == (False, ())
    story.given(first)
    story.then_refused(AlreadyConfirmed, "employer")
    confirmed(30, 31)
    (second,) = story._decided()
    assert (second.fully_insured, second.old_fully_insured) == (True, False)
    assert second.warnings == ("more-insured-than-workers",)
