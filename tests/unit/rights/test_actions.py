"""Publicity, participation, safety, hazards, surveys and pilots."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from services.rights.domain import actions as rules
from services.rights.domain import safety_pilots as pilots
from services.rights.domain import surveys
from services.rights.domain.actions import Action, Counted, Hazard
from services.rights.domain.safety_pilots import Pilot
from shared.catalogues import NotInCatalogue
from shared.contracts.rights import HazardReported
from shared.stages import BeforeLastStep, StepOutOfTurn
from tests.support.refusing import refused

UNION, EMPLOYER = UUID(int=1), UUID(int=2)
DAY, NEXT = date(2013, 3, 1), date(2013, 4, 1)


def action(kind: str = "policy_consultation") -> Action:
    (event,) = rules.decide_plan(UNION, kind, None, DAY)
    return rules.evolve(None, event)


def held(kind: str = "policy_consultation") -> Action:
    (event,) = rules.decide_hold(action(kind), Counted(2, 0, 0, 0), NEXT)
    return rules.evolve(action(kind), event)


def hazards(kind: str = "fire") -> HazardReported:
    return HazardReported(occurredon=DAY, kind=kind, items=5, union=UNION, employer=None)


def test_the_kind_says_the_family() -> None:
    families = [action(kind).family for kind in ("law_lecture", "dismissal_hearing", "safety_training")]
    assert families == ["publicity", "participation", "safety"]
    refused(NotInCatalogue, lambda: action("picnic"))


def test_something_is_counted_once() -> None:
    refused(rules.NobodyReached, lambda: rules.decide_hold(action(), Counted(0, 0, 0, 0), NEXT))
    refused(StepOutOfTurn, lambda: rules.decide_hold(held(), Counted(1, 0, 0, 0), NEXT))
    refused(BeforeLastStep, lambda: rules.decide_cancel(action(), date(2013, 2, 1)))
    (event,) = rules.decide_cancel(action(), NEXT)
    assert rules.evolve(action(), event).stage == "cancelled"


def test_an_outcome_is_one_of_the_kind() -> None:
    (event,) = rules.decide_outcome(held(), "adopted", NEXT)
    told = rules.evolve(held(), event)
    refused(StepOutOfTurn, lambda: rules.decide_outcome(told, "adopted", NEXT))
    refused(rules.OutcomeNotOfKind, lambda: rules.decide_outcome(held(), "disagreed", NEXT))
    refused(rules.OutcomeNotOfKind, lambda: rules.decide_outcome(held("law_lecture"), "adopted", NEXT))


def test_no_more_hazards_are_put_right_than_were_found() -> None:
    (found,) = rules.decide_report(hazards())
    state: Hazard = rules.evolve_hazard(None, found)
    (some,) = rules.decide_rectify(state, 3, NEXT)
    state = rules.evolve_hazard(state, some)
    assert (state.left, state.stage) == (2, "open")
    refused(rules.MoreRectifiedThanFound, lambda: rules.decide_rectify(state, 3, NEXT))
    (rest,) = rules.decide_rectify(state, 2, NEXT)
    done = rules.evolve_hazard(state, rest)
    refused(StepOutOfTurn, lambda: rules.decide_rectify(done, 1, NEXT))
    refused(NotInCatalogue, lambda: rules.decide_report(hazards("dragons")))


def test_a_named_enterprise_counts_once_in_a_survey() -> None:
    (event,) = surveys.decide_open(UNION, "migrant_workers", DAY)
    survey = surveys.evolve(None, event)
    counts = []
    for employer, enterprises in ((EMPLOYER, 1), (EMPLOYER, 1), (None, 48)):
        (visit,) = surveys.decide_visit(survey, employer, enterprises, 10, NEXT)
        counts.append(visit.enterprises)
        survey = surveys.evolve(survey, visit)
    assert counts == [1, 0, 48]
    refused(StepOutOfTurn, lambda: surveys.decide_report(survey, "调1号", NEXT))
    (closing,) = surveys.decide_close(survey, NEXT)
    closed = surveys.evolve(survey, closing)
    (report,) = surveys.decide_report(closed, "调1号", NEXT)
    assert surveys.evolve(closed, report).stage == "reported"
    refused(StepOutOfTurn, lambda: surveys.decide_visit(closed, None, 1, 1, NEXT))
    refused(NotInCatalogue, lambda: surveys.decide_open(UNION, "weather", DAY))


def test_a_pilot_begins_with_its_committee() -> None:
    selected = Pilot(union=UNION, since=DAY)
    refused(StepOutOfTurn, lambda: pilots.decide_sign(selected, "安1号", NEXT))
    refused(StepOutOfTurn, lambda: pilots.decide_issue(selected, "opinion_box", 3, NEXT))
    (committee,) = pilots.decide_committee(selected, 5, NEXT)
    running = pilots.evolve(selected, committee)
    refused(StepOutOfTurn, lambda: pilots.decide_committee(running, 5, NEXT))
    refused(NotInCatalogue, lambda: pilots.decide_issue(running, "medal", 3, NEXT))
    (signed,) = pilots.decide_sign(running, "安1号", NEXT)
    agreed = pilots.evolve(running, signed)
    (issued,) = pilots.decide_issue(agreed, "opinion_box", 3, NEXT)
    assert pilots.evolve(agreed, issued) == agreed
    (over,) = pilots.decide_end(agreed, NEXT)
    assert over.committee
    refused(StepOutOfTurn, lambda: pilots.decide_end(pilots.evolve(agreed, over), NEXT))
