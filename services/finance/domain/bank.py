"""A union's own bank account and its financial rules (DOMAIN FIN-13)."""

from datetime import date
from functools import lru_cache
from typing import Literal
from uuid import UUID, uuid5

from shared.approval import refuse_own
from shared.contracts.finance import (
    FinancialRulesAdopted,
    UnionAccountClosed,
    UnionAccountOpened,
    UnionAccountVerified,
)
from shared.errors import Refused
from shared.frozen import Frozen

BankEvent = UnionAccountOpened | UnionAccountVerified | UnionAccountClosed | FinancialRulesAdopted

_NAMESPACE = UUID("9f5f8f0c-18d0-5d0f-8a8e-6a1a25b6a0f3")


class AccountAlreadyOpen(Refused):
    """A union has one account of its own at a time."""

    code = "account-already-open"


class AccountNotOpen(Refused):
    """There is no open account that could be verified or closed."""

    code = "account-not-open"


class AccountAlreadyVerified(Refused):
    """It was verified before."""

    code = "account-already-verified"


class BeforeAccountOpened(Refused):
    """The date lies before the last step of the account."""

    code = "before-account-opened"


class RulesUnchanged(Refused):
    """These rules are in force already."""

    code = "rules-unchanged"


class UnionBankAccount(Frozen):
    """What is known of a union's account and rules; the number of the account is not kept."""

    union: UUID
    level: int
    status: Literal["none", "opened", "verified", "closed"] = "none"
    recorder: str = ""
    opened_on: date | None = None
    verified_on: date | None = None
    closed_on: date | None = None
    rules: str | None = None
    rules_on: date | None = None

    @property
    def verified(self) -> bool:
        """Whether rebates may be paid to it."""
        return self.status == "verified"


@lru_cache(maxsize=65536)
def bank_id(union: UUID) -> UUID:
    """The account of a union."""
    return uuid5(_NAMESPACE, f"union-bank-account/{union}")


def decide_open(bank: UnionBankAccount, document: str, on: date, recorder: str) -> tuple[UnionAccountOpened]:
    """Again after a closing; raises AccountAlreadyOpen, BeforeAccountOpened."""
    if bank.status in {"opened", "verified"}:
        raise AccountAlreadyOpen(
            f"an account was opened on {bank.opened_on}",
            field="union",
            value=str(bank.union),
            remedy="close that one first",
        )
    _refuse_before(bank.closed_on, on, "opened_on")
    return (UnionAccountOpened(occurredon=on, document=document, recorder=recorder),)


def decide_verify(bank: UnionBankAccount, on: date, approver: str) -> tuple[UnionAccountVerified]:
    """By another than the recorder; from `on` rebates may be paid."""
    if bank.verified:
        raise AccountAlreadyVerified(
            f"it was verified on {bank.verified_on}",
            field="union",
            value=str(bank.union),
            remedy="nothing is to be done",
        )
    _refuse_unless_open(bank)
    refuse_own(bank.recorder, approver)
    _refuse_before(bank.opened_on, on, "verified_on")
    return (
        UnionAccountVerified(
            occurredon=on,
            recorder=bank.recorder,
            approver=approver,
            level=bank.level,
            rules_adopted=bank.rules is not None,
        ),
    )


def decide_close(bank: UnionBankAccount, on: date) -> tuple[UnionAccountClosed]:
    """An open account, verified or not."""
    _refuse_unless_open(bank)
    _refuse_before(bank.verified_on if bank.verified else bank.opened_on, on, "closed_on")
    return (
        UnionAccountClosed(
            occurredon=on,
            level=bank.level,
            verified=bank.verified,
            verified_on=bank.verified_on if bank.verified else None,
            rules_adopted=bank.rules is not None,
        ),
    )


def decide_adopt(bank: UnionBankAccount, document: str, on: date) -> tuple[FinancialRulesAdopted]:
    """The first rules, or new ones in their place."""
    if bank.rules == document:
        raise RulesUnchanged(
            "these rules are in force already",
            field="document",
            value=document,
            remedy="give the number of the new rules",
        )
    _refuse_before(bank.rules_on, on, "adopted_on")
    return (
        FinancialRulesAdopted(
            occurredon=on,
            old_document=bank.rules,
            document=document,
            first=bank.rules is None,
            level=bank.level,
            account_verified=bank.verified,
        ),
    )


def evolve(bank: UnionBankAccount, event: BankEvent) -> UnionBankAccount:
    """The account after the event."""
    changed: dict[str, object]
    match event:
        case UnionAccountOpened(occurredon=on, recorder=recorder):
            changed = {"status": "opened", "opened_on": on, "recorder": recorder}
        case UnionAccountVerified(occurredon=on):
            changed = {"status": "verified", "verified_on": on}
        case UnionAccountClosed(occurredon=on):
            changed = {"status": "closed", "closed_on": on}
        case FinancialRulesAdopted(occurredon=on, document=document):
            changed = {"rules": document, "rules_on": on}
    return bank.model_copy(update=changed)


def _refuse_unless_open(bank: UnionBankAccount) -> None:
    if bank.status not in {"opened", "verified"}:
        raise AccountNotOpen(
            "the union has no open account",
            field="union",
            value=str(bank.union),
            remedy="record that it was opened",
        )


def _refuse_before(earliest: date | None, on: date, field: str) -> None:
    if earliest and on < earliest:
        raise BeforeAccountOpened(
            f"the step before was on {earliest}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
