"""Cases: what may follow what, the term of mediation, three amounts."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.rights.domain import case_kinds as kinds
from services.rights.domain import casework as rules
from services.rights.domain.cases import Case, evolve
from services.rights.domain.casework import Mediation
from shared.catalogues import NotInCatalogue
from shared.contracts.rights import CaseReceived, CaseSettled
from shared.errors import Problem
from shared.stages import BeforeLastStep, StepOutOfTurn
from tests.support.refusing import refused

UNION = UUID(int=1)
MARCH, APRIL, MAY = date(2013, 3, 1), date(2013, 4, 1), date(2013, 5, 1)


def received(**but: Any) -> CaseReceived:
    usual: dict[str, Any] = {"series": "dispute", "topic": "wage", "workers": 5, "collective": True}
    usual |= {"occurredon": MARCH, "union": UNION, "employer": None, "claimed_fen": 100_000}
    return CaseReceived(**usual | but)


def case(**but: Any) -> Case:
    """Received and accepted."""
    state = evolve(None, received(**but))
    return reduce(evolve, rules.decide_accept(state, MARCH), state)


def taken(on: date = APRIL, applied: date | None = None, *, of_body: bool | None = None) -> Mediation:
    return Mediation("town_mediation", None, None, of_body, applied or on, on)


def mediating(**but: Any) -> Case:
    state = case(**but)
    return reduce(evolve, rules.decide_mediate(state, taken(), ""), state)


def settled(state: Case, on: date, fen: int = 80_000) -> tuple[Case, CaseSettled]:
    (event,) = rules.decide_settle(state, fen, "调1号", on)
    return evolve(state, event), event


def test_the_term_of_mediation_runs_from_the_application() -> None:
    (event,) = rules.decide_mediate(case(), taken(applied=date(2013, 3, 28)), "")
    assert event.due_on == date(2013, 4, 12)
    assert evolve(case(), event).stage == "mediating"


def test_before_the_law_there_was_no_term() -> None:
    state = case(occurredon=date(2007, 1, 1)).model_copy(update={"since": date(2007, 1, 1)})
    (event,) = rules.decide_mediate(state, taken(date(2007, 2, 1)), "")
    assert event.due_on is None


def test_a_settlement_on_the_last_day_is_in_time() -> None:
    _, event = settled(mediating(), date(2013, 4, 16))
    assert (event.in_mediation, event.in_time_due, event.overdue_to) == (True, date(2013, 4, 16), None)


def test_after_the_term_a_case_may_still_settle() -> None:
    state, event = settled(mediating(), date(2013, 4, 17))
    assert (event.in_time_due, event.overdue_to) == (None, date(2013, 4, 17))
    assert (state.stage, state.agreed_fen, state.due_on) == ("settled", 80_000, None)


def test_after_mediation_failed_a_case_may_still_settle() -> None:
    state = mediating()
    failed = reduce(evolve, rules.decide_fail(state, MAY), state)
    _, event = settled(failed, MAY)
    assert (event.mediated, event.in_mediation, event.overdue_to) == (True, False, None)


def test_claimed_agreed_and_paid_are_three_amounts() -> None:
    state, _ = settled(mediating(), MAY)
    for fen in (30_000, 50_000):
        (paid,) = rules.decide_pay(state, fen, MAY)
        assert paid.warnings == ()
        state = evolve(state, paid)
    assert (state.claimed_fen, state.agreed_fen, state.paid_fen) == (100_000, 80_000, 80_000)
    (beyond,) = rules.decide_pay(state, 1, MAY)
    assert beyond.warnings == ("paid-beyond-agreed",)


def test_more_agreed_than_claimed_is_warned_of() -> None:
    _, event = settled(mediating(), MAY, 100_001)
    assert event.warnings == ("agreed-beyond-claimed",)


def test_a_mediator_from_elsewhere_is_warned_of() -> None:
    (event,) = rules.decide_mediate(case(), taken(of_body=False), "")
    assert event.warnings == ("mediator-not-of-the-organisation",)


def test_a_claim_changes_by_its_difference() -> None:
    (event,) = rules.decide_claim(case(), 120_000, APRIL)
    assert (event.claimed_fen, event.old_fen) == (120_000, 100_000)
    refused(rules.ClaimUnchanged, lambda: rules.decide_claim(case(), 100_000, APRIL))


@pytest.mark.parametrize(
    ("reason", "but"),
    [
        (NotInCatalogue, {"series": "quarrel"}),
        (kinds.TopicNotOfSeries, {"topic": "four_periods"}),
        (rules.CollectiveOfOne, {"workers": 1}),
    ],
)
def test_what_cannot_be_received(reason: type[Problem], but: dict[str, Any]) -> None:
    refused(reason, lambda: rules.decide_receive(received(**but)))


def test_what_does_not_fit_the_series() -> None:
    petition = case(series="petition", collective=False)
    refused(kinds.NotMediated, lambda: rules.decide_mediate(petition, taken(), ""))
    refused(kinds.NotAnswered, lambda: rules.decide_answer(case(), "复1号", APRIL))
    refused(kinds.WayNotOfSeries, lambda: rules.decide_handle(case(), "representation", None, APRIL))


def test_mediation_is_applied_for_before_it_starts() -> None:
    refused(rules.AppliedAfterStart, lambda: rules.decide_mediate(case(), taken(APRIL, MAY), ""))


def test_a_payment_order_needs_an_agreement() -> None:
    refused(kinds.ReferralDoesNotFit, lambda: rules.decide_refer(mediating(), "payment_order", "移1号", MAY))
    state, _ = settled(mediating(), MAY)
    refused(kinds.ReferralDoesNotFit, lambda: rules.decide_refer(state, "arbitration", "移1号", MAY))
    (event,) = rules.decide_refer(state, "payment_order", "移1号", MAY)
    assert event.after_settlement


def test_a_result_fits_how_the_case_went() -> None:
    state, _ = settled(mediating(), MAY)
    refused(kinds.ResultDoesNotFit, lambda: rules.decide_close(state, "not_settled", MAY))
    (event,) = rules.decide_close(state, "settled", MAY)
    assert evolve(state, event).stage == "closed"


def test_steps_have_their_order_and_their_days() -> None:
    refused(StepOutOfTurn, lambda: rules.decide_accept(case(), MARCH))
    refused(StepOutOfTurn, lambda: rules.decide_close(mediating(), "settled", MAY))
    refused(BeforeLastStep, lambda: rules.decide_fail(mediating(), MARCH))
    (gone,) = rules.decide_withdraw(mediating(), date(2013, 4, 2))
    assert (gone.in_mediation, gone.in_time_due) == (True, date(2013, 4, 16))
    withdrawn = evolve(mediating(), gone)
    refused(StepOutOfTurn, lambda: rules.decide_claim(withdrawn, 1, MAY))
