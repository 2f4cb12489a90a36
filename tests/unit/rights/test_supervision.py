"""Supervision: letters one by one, terms by the area, results that fit."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.rights.domain import supervision as rules
from services.rights.domain.supervision import Sending, Supervision, evolve
from shared.catalogues import NotInCatalogue
from shared.contracts.rights import EmployerInspected, LawSupervisionOpened, SupervisionLetterSent
from shared.errors import Problem
from shared.stages import StepOutOfTurn
from tests.support.refusing import refused

UNION, COUNTY, EMPLOYER, ANN, BOB = (UUID(int=each) for each in range(1, 6))
DAY, NEXT = date(2022, 3, 1), date(2022, 3, 8)
ZHEJIANG = "330000000000"


def opened(topic: str = "wages") -> LawSupervisionOpened:
    return LawSupervisionOpened(occurredon=DAY, topic=topic, union=UNION, employer=EMPLOYER)


def inspection(*supervisors: UUID, violations: int = 2) -> EmployerInspected:
    return EmployerInspected(
        occurredon=DAY,
        topic="wages",
        employer=EMPLOYER,
        supervisors=supervisors or (ANN, BOB),
        violations=violations,
        workers=9,
    )


def inspected(violations: int = 2) -> Supervision:
    state = evolve(None, opened())
    return reduce(evolve, rules.decide_inspect(state, inspection(violations=violations), ""), state)


def sending(letter: str, **but: Any) -> Sending:
    usual: dict[str, Any] = {"sender": UNION, "level": 6, "lineage": (COUNTY, UNION), "document": "监1号"}
    usual |= {"letter": letter, "on": NEXT}
    return Sending(**usual | but)


def sent(state: Supervision, letter: str, area: str = "", **but: Any) -> SupervisionLetterSent:
    (event,) = rules.decide_send(state, sending(letter, **but), area)
    return event


def written(*letters: str, area: str = "") -> Supervision:
    state = inspected()
    for letter in letters:
        state = evolve(state, sent(state, letter, area, sender=COUNTY, level=3))
    return state


def test_an_opinion_is_answered_within_working_days_where_the_area_says_so() -> None:
    assert sent(written("reminder"), "opinion").due_on is None
    assert sent(written("reminder"), "opinion", ZHEJIANG).due_on == date(2022, 3, 29)


def test_answers_in_time_and_late() -> None:
    state = written("reminder", "opinion", area=ZHEJIANG)
    (event,) = rules.decide_answer(state, "复1号", date(2022, 3, 29))
    assert (event.letter, event.in_time_due, event.overdue_to) == ("opinion", date(2022, 3, 29), None)
    (late,) = rules.decide_verify(state, date(2022, 3, 30))
    assert (late.in_time_due, late.overdue_to) == (None, date(2022, 3, 30))


def test_escalation_ends_the_waiting_for_the_earlier_answer() -> None:
    state = written("reminder", "opinion", area=ZHEJIANG)
    event = sent(state, "proposal", ZHEJIANG, sender=COUNTY, level=3, on=date(2022, 4, 1))
    assert (event.earlier, event.overdue_to, event.due_on) == ("opinion", date(2022, 4, 1), None)


def test_fewer_than_two_on_the_spot_are_warned_of() -> None:
    state = evolve(None, opened())
    (event,) = rules.decide_inspect(state, inspection(ANN), "")
    assert event.warnings == ("fewer-supervisors-than-the-rule",)
    refused(rules.SupervisorTwice, lambda: rules.decide_inspect(state, inspection(ANN, ANN), ""))


@pytest.mark.parametrize(
    ("reason", "before", "said"),
    [
        (rules.EarlierLetterMissing, (), {"letter": "opinion"}),
        (rules.EarlierLetterMissing, ("reminder",), {"letter": "proposal", "level": 3}),
        (rules.LetterAlreadySent, ("reminder",), {"letter": "reminder"}),
        (rules.LevelTooLow, ("reminder", "opinion"), {"letter": "proposal", "level": 4}),
        (rules.SenderNotAbove, (), {"letter": "reminder", "sender": EMPLOYER}),
        (NotInCatalogue, (), {"letter": "postcard"}),
    ],
)
def test_letters_that_may_not_be_sent(
    reason: type[Problem], before: tuple[str, ...], said: dict[str, Any]
) -> None:
    refused(reason, lambda: rules.decide_send(written(*before), sending(**said), ""))


def test_without_a_violation_there_is_nothing_to_write_about() -> None:
    refused(rules.NothingFound, lambda: sent(inspected(0), "reminder"))
    (event,) = rules.decide_close(inspected(0), "no_violation", NEXT)
    assert evolve(inspected(0), event).stage == "closed"


@pytest.mark.parametrize(
    ("letters", "result"),
    [((), "no_violation"), (("reminder",), "rectified"), (("reminder", "opinion"), "passed_on")],
)
def test_results_that_do_not_fit(letters: tuple[str, ...], result: str) -> None:
    refused(rules.ResultOutOfTurn, lambda: rules.decide_close(written(*letters), result, NEXT))


def test_a_supervision_ends_put_right_or_passed_on() -> None:
    state = written("reminder")
    right = reduce(evolve, rules.decide_verify(state, NEXT), state)
    assert rules.decide_close(right, "rectified", NEXT)
    assert rules.decide_close(written("reminder", "opinion", "proposal"), "passed_on", NEXT)
    refused(StepOutOfTurn, lambda: sent(right, "opinion"))
    refused(NotInCatalogue, lambda: rules.decide_open(opened("gossip")))
