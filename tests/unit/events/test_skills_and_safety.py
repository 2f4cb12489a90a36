"""Delegations, the safety competition, masters and apprentices, lectures."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.events.domain import delegations, mentoring, safety_cups
from services.events.domain.delegations import Delegation
from services.events.domain.safety_cups import SafetyCup
from shared.catalogues import catalogue
from shared.contracts import events as e
from shared.errors import Refused
from shared.stages import StepOutOfTurn

UNION, PERSON, OTHER = UUID(int=1), UUID(int=2), UUID(int=3)
DAY, LATER, BEFORE = date(2018, 5, 1), date(2018, 6, 1), date(2018, 4, 1)


def refused(reason: type[Refused], decide: Any) -> None:
    with pytest.raises(reason) as caught:
        decide()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def sent(people: int = 2) -> Delegation:
    said = e.DelegationSent(
        occurredon=DAY,
        union=UNION,
        contest_level="group",
        discipline="cnc_lathe",
        people=people,
        items=1,
        enterprises=0,
    )
    return delegations.evolve(None, said)


def result(**but: Any) -> e.DelegationResultRecorded:
    said = {"occurredon": LATER, "award": "ranked", "rank": 3, "people": 1, "held_on": LATER}
    return e.DelegationResultRecorded(**{**sent().about, **said, **but})


def promotion(**but: Any) -> e.SkillGradePromoted:
    said = {"occurredon": LATER, "person": PERSON, "grade": "technician", "certificate": "S18-1"}
    return e.SkillGradePromoted(**{**sent().about, **said, **but})


def test_results_are_of_those_who_were_sent() -> None:
    state = reduce(delegations.evolve, delegations.decide_result(sent(), result()), sent())
    refused(delegations.ResultsBeyondSent, lambda: delegations.decide_result(state, result(people=2)))
    refused(delegations.ResultBeforeSent, lambda: delegations.decide_result(state, result(held_on=BEFORE)))


def test_a_rank_goes_with_its_award() -> None:
    refused(delegations.RankMissing, lambda: delegations.decide_result(sent(), result(rank=None)))
    refused(delegations.RankMissing, lambda: delegations.decide_result(sent(), result(award="outstanding")))


def test_a_promotion_rests_on_a_result_and_comes_once() -> None:
    refused(delegations.PromotedBeforeResult, lambda: delegations.decide_promote(sent(), promotion()))
    state = reduce(delegations.evolve, delegations.decide_result(sent(), result()), sent())
    early = promotion(occurredon=DAY)
    refused(delegations.PromotedBeforeResult, lambda: delegations.decide_promote(state, early))
    state = reduce(delegations.evolve, delegations.decide_promote(state, promotion()), state)
    assert state.certificates == ("S18-1",)
    same = promotion(person=OTHER)
    refused(delegations.CertificateTaken, lambda: delegations.decide_promote(state, same))
    refused(delegations.PromotedAlready, lambda: delegations.decide_promote(state, promotion()))


def entry() -> e.AnkangCupEntered:
    return e.AnkangCupEntered(
        occurredon=DAY,
        union=UNION,
        round="round_2018",
        plants=7,
        subsidiaries=2,
        production_teams=38,
        participants=1400,
    )


def accidents(year: int, severity: str, number: int) -> e.AnkangAccidentsReported:
    return e.AnkangAccidentsReported(
        occurredon=LATER,
        year=year,
        severity=severity,
        old_accidents=None,
        accidents=number,
        document="应急〔2019〕3号",
    )


def assessed() -> e.AnkangCupAssessed:
    return e.AnkangCupAssessed(
        occurredon=LATER,
        round="round_2018",
        advanced_units=2,
        advanced_teams=0,
        organisers=0,
        people=0,
        document="工〔2020〕1号",
    )


def told(*years: int) -> SafetyCup:
    state = safety_cups.evolve(None, entry())
    for year in years:
        for severity in catalogue("accident_severities"):
            events = safety_cups.decide_report(state, accidents(year, severity, 0))
            state = reduce(safety_cups.evolve, events, state)
    return state


def test_zero_is_told_for_both_years_of_a_round() -> None:
    refused(safety_cups.AccidentsNotReported, lambda: safety_cups.decide_assess(told(2018), assessed()))
    done = reduce(safety_cups.evolve, safety_cups.decide_assess(told(2018, 2019), assessed()), told(2018))
    with pytest.raises(StepOutOfTurn):
        safety_cups.decide_assess(done, assessed())


def test_rounds_of_early_times_last_one_year() -> None:
    assert safety_cups.rounds()["year_2006"].years == (2006,)
    assert safety_cups.rounds()["round_2018"].years == (2018, 2019)


def test_a_report_belongs_to_the_round_and_names_the_one_before() -> None:
    other = accidents(2020, "major", 0)
    refused(safety_cups.YearOutsideRound, lambda: safety_cups.decide_report(told(), other))
    assert safety_cups.decide_report(told(2018), accidents(2018, "major", 0)) == ()
    (event,) = safety_cups.decide_report(told(2018), accidents(2018, "major", 1))
    assert (event.old_accidents, event.accidents) == (0, 1)


def test_a_union_enters_a_round_once() -> None:
    assert safety_cups.decide_enter(None, entry()) == (entry(),)
    refused(safety_cups.CupEnteredAlready, lambda: safety_cups.decide_enter(told(), entry()))


def test_master_and_apprentice_are_two() -> None:
    alone = e.MentorPairFormed(occurredon=DAY, union=UNION, mentor=PERSON, apprentice=PERSON)
    refused(mentoring.OwnApprentice, lambda: mentoring.decide_form(alone, None))
    two = alone.model_copy(update={"apprentice": OTHER})
    refused(mentoring.ApprenticeTaken, lambda: mentoring.decide_form(two, UUID(int=9)))
    pair = mentoring.evolve_pair(None, two)
    over = reduce(mentoring.evolve_pair, mentoring.decide_complete(pair, "mastered", LATER), pair)
    with pytest.raises(StepOutOfTurn):
        mentoring.decide_complete(over, "mastered", LATER)


@pytest.mark.parametrize(("minutes", "warned"), [(60, ()), (61, ("lecture-longer-than-an-hour",))])
def test_an_hour_is_enough(minutes: int, warned: tuple[str, ...]) -> None:
    asked = e.LectureRequested(occurredon=DAY, union=UNION, employer=OTHER, topic="law")
    state = mentoring.evolve_lecture(None, asked)
    held = e.LectureHeld(occurredon=LATER, topic="law", minutes=minutes, attendances=9, enterprise_cost_fen=0)
    with pytest.raises(StepOutOfTurn):
        mentoring.decide_held(state, held)
    state = reduce(mentoring.evolve_lecture, mentoring.decide_match(state, DAY), state)
    (event,) = mentoring.decide_held(state, held)
    assert event.warnings == warned
