"""A union's own account and its financial rules."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from uuid import UUID

import pytest

from services.finance.domain import bank
from services.finance.domain.bank import BankEvent, UnionBankAccount
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import FinancialRulesAdopted, UnionAccountVerified
from shared.errors import Problem

NONE = UnionBankAccount(union=UUID(int=6), level=6)
MARCH, APRIL, MAY = date(2013, 3, 1), date(2013, 4, 1), date(2013, 5, 1)
Decide = Callable[[UnionBankAccount], tuple[BankEvent, ...]]


def opening(on: date = MARCH) -> Decide:
    return lambda state: bank.decide_open(state, "permit-1", on, "ada")


def verifying(approver: str = "bo", on: date = APRIL) -> Decide:
    return lambda state: bank.decide_verify(state, on, approver)


def closing(on: date = MAY) -> Decide:
    return lambda state: bank.decide_close(state, on)


def adopting(document: str = "rules-1", on: date = APRIL) -> Decide:
    return lambda state: bank.decide_adopt(state, document, on)


def told(*decisions: Decide) -> UnionBankAccount:
    return reduce(lambda state, decide: reduce(bank.evolve, decide(state), state), decisions, NONE)


def test_opened_by_one_verified_by_another_closed_and_opened_again() -> None:
    assert not told(opening()).verified
    assert told(opening(), verifying()).verified
    assert told(opening(), verifying(), closing()).status == "closed"
    assert told(opening(), verifying(), closing(), opening(MAY)).status == "opened"


def test_events_say_whether_both_account_and_rules_are_there() -> None:
    (verified,) = verifying()(told(adopting(), opening()))
    (adopted,) = adopting()(told(opening(), verifying()))
    (again,) = adopting("rules-2")(told(adopting()))
    assert isinstance(verified, UnionAccountVerified)
    assert verified.rules_adopted
    assert isinstance(adopted, FinancialRulesAdopted)
    assert adopted.account_verified
    assert isinstance(again, FinancialRulesAdopted)
    assert (again.first, again.old_document) == (False, "rules-1")


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ([opening()], opening(), bank.AccountAlreadyOpen),
        ([], verifying(), bank.AccountNotOpen),
        ([], closing(), bank.AccountNotOpen),
        ([opening()], verifying("ada"), ApproverIsRecorder),
        ([opening(), verifying()], verifying(), bank.AccountAlreadyVerified),
        ([opening()], verifying(on=date(2013, 2, 28)), bank.BeforeAccountOpened),
        ([opening(), verifying()], closing(MARCH), bank.BeforeAccountOpened),
        ([adopting()], adopting(), bank.RulesUnchanged),
    ],
)
def test_it_is_refused(before: list[Decide], now: Decide, why: type[Problem]) -> None:
    with pytest.raises(why) as caught:
        now(told(*before))
    assert type(caught.value) is why
    assert caught.value.remedy
