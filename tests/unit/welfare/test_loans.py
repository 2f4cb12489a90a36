"""A loan's course, and what a rule forbids on it."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain import loans as rules
from services.welfare.domain.loans import Loan, LoanEvent, Recommendation, evolve
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue
from shared.errors import Problem

UNION, PERSON, EMPLOYER = UUID(int=1), UUID(int=2), UUID(int=3)
DAY = date(2013, 6, 1)


def wish(**but: Any) -> Recommendation:
    usual: dict[str, Any] = {"scheme": "startup", "person": PERSON, "employer": None}
    return Recommendation(**usual | {"amount_fen": 10_000_000, "on": DAY} | but)


def told(*steps: Any) -> Loan:
    """The loan after these decisions, each taken on the state before."""
    (first,) = rules.decide_recommend(UNION, wish(), "ada")
    state = evolve(None, first)
    for step in steps:
        events: tuple[LoanEvent, ...] = step(state)
        state = reduce(evolve, events, state)
    return state


def reviewed(fen: int = 9_000_000, on: date = DAY) -> Any:
    return lambda state: rules.decide_review(state, fen, on)


def confirmed(approver: str = "bo") -> Any:
    return lambda state: rules.decide_confirm(state, DAY, approver)


def disbursed(fen: int = 9_000_000, due: date = date(2014, 6, 1)) -> Any:
    return lambda state: rules.decide_disburse(state, fen, due, DAY)


def repaid(fen: int, on: date) -> Any:
    return lambda state: rules.decide_repay(state, fen, on)


PAID_OUT = (reviewed(), confirmed(), disbursed())


def refused(reason: type[Problem], step: Any, *given: Any) -> None:
    state = told(*given)
    with pytest.raises(Problem) as caught:
        step(state)
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def test_a_loan_is_paid_back_in_parts() -> None:
    loan = told(*PAID_OUT, repaid(4_000_000, date(2014, 1, 1)))
    assert (loan.stage, loan.open_fen) == ("disbursed", 5_000_000)
    assert told(*PAID_OUT, repaid(9_000_000, date(2014, 1, 1))).stage == "repaid"


def test_money_in_time_takes_off_what_would_be_overdue_and_late_money_what_is() -> None:
    (early,) = rules.decide_repay(told(*PAID_OUT), 1, date(2014, 1, 1))
    (late,) = rules.decide_repay(told(*PAID_OUT), 9_000_000, date(2014, 9, 1))
    assert (early.lessens_overdue_on, early.closed_on) == (date(2014, 6, 2), None)
    assert (late.lessens_overdue_on, late.closed_on) == (date(2014, 9, 1), date(2014, 9, 1))


def test_the_bank_may_say_no() -> None:
    assert told(reviewed(0)).stage == "refused"
    refused(rules.LoanStageWrong, confirmed(), reviewed(0))


def test_it_may_be_given_up_before_money_is_out() -> None:
    assert told(reviewed(), lambda s: rules.decide_drop(s, DAY)).stage == "dropped"
    refused(rules.LoanStageWrong, lambda s: rules.decide_drop(s, DAY), *PAID_OUT)


@pytest.mark.parametrize(
    "who",
    [
        {"person": None},
        {"employer": EMPLOYER},
        {"scheme": "labour_intensive"},
        {"scheme": "labour_intensive", "employer": EMPLOYER},
    ],
)
def test_a_scheme_says_who_borrows(who: dict[str, Any]) -> None:
    with pytest.raises(rules.BorrowerKindWrong):
        rules.decide_recommend(UNION, wish(**who), "ada")


def test_an_unknown_scheme_is_refused() -> None:
    with pytest.raises(NotInCatalogue):
        rules.decide_recommend(UNION, wish(scheme="lottery"), "ada")


def test_what_a_rule_forbids() -> None:
    refused(ApproverIsRecorder, confirmed("ada"), reviewed())
    refused(rules.BeforeLoanStep, reviewed(on=date(2013, 5, 31)))
    refused(rules.LoanBeyondReview, disbursed(9_000_001), reviewed(), confirmed())
    refused(rules.DueBeforeDisbursed, disbursed(due=date(2013, 5, 31)), reviewed(), confirmed())
    refused(rules.RepaidBeyondLoan, repaid(9_000_001, date(2014, 1, 1)), *PAID_OUT)
