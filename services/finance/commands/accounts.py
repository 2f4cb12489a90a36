"""Accounts of a union's own, and its financial rules (DOMAIN FIN-13)."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.collecting import bank_of
from services.finance.commands.fields import BusinessDate, Command, UnionText
from services.finance.commands.kinds import BANK, REBATE, bank_kind, rebate_kind
from services.finance.domain.bank import (
    BankEvent,
    UnionBankAccount,
    bank_id,
    decide_adopt,
    decide_close,
    decide_open,
    decide_verify,
)
from services.finance.domain.rebates import decide_release, entitlement_id
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work


class OpenUnionAccount(Command):
    """The union has an account apart from the employer's; `document` is the number of the permit."""

    union: UnionText
    document: DocumentNumber
    opened_on: BusinessDate


class VerifyUnionAccount(Command):
    """The actor, another than the recorder, has seen it; suspended rebates are released from this day."""

    union: UnionText
    verified_on: BusinessDate


class CloseUnionAccount(Command):
    """The account exists no more; rebates that accrue from now on are suspended."""

    union: UnionText
    closed_on: BusinessDate


class AdoptFinancialRules(Command):
    """The union has financial rules of its own; again when new ones take their place."""

    union: UnionText
    document: DocumentNumber
    adopted_on: BusinessDate


Decide = Callable[[UnionBankAccount], tuple[BankEvent, ...]]


def open_union_account(work: Work, command: OpenUnionAccount) -> Answer:
    """The id answered is that of the union's account, the same for good."""
    union = _union(work, command.union, command.opened_on, "opened_on")
    return _record(
        work, union, lambda bank: decide_open(bank, command.document, command.opened_on, work.actor)
    )


def verify_union_account(work: Work, command: VerifyUnionAccount) -> Answer:
    """Together with the release of everything that is suspended for the union."""
    union = _union(work, command.union, command.verified_on, "verified_on")
    answer = _record(work, union, lambda bank: decide_verify(bank, command.verified_on, work.actor))
    for id_ in work.listed(REBATE, union):
        rebate = find(work, REBATE, id_)
        events = decide_release(rebate, command.verified_on)
        work.record(
            rebate_kind(union, rebate.collector), entitlement_id(union, rebate.collector), events, union
        )
    return answer


def close_union_account(work: Work, command: CloseUnionAccount) -> Answer:
    """Also of a union that has ended."""
    work.want(need_of_union(command.union))
    refuse_future(command.closed_on, work.today, "closed_on")
    union = find_union(work, command.union)
    return _record(work, union, lambda bank: decide_close(bank, command.closed_on))


def adopt_financial_rules(work: Work, command: AdoptFinancialRules) -> Answer:
    """With or without an account."""
    union = _union(work, command.union, command.adopted_on, "adopted_on")
    return _record(work, union, lambda bank: decide_adopt(bank, command.document, command.adopted_on))


def _union(work: Work, text: str, on: date, field: str) -> UUID:
    work.want(need_of_union(text))
    union = find_union(work, text)
    work.want(Own(bank_id(union)))
    refuse_bad_date(work, union, on, field)
    return union


def _record(work: Work, union: UUID, decide: Decide) -> Answer:
    bank = bank_of(work, union)
    return work.record(bank_kind(bank), bank_id(union), decide(bank), union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenUnionAccount: open_union_account,
    VerifyUnionAccount: verify_union_account,
    CloseUnionAccount: close_union_account,
    AdoptFinancialRules: adopt_financial_rules,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/union-accounts", OpenUnionAccount, "Open a union's own account", creates=True),
    BulkRoute("/union-accounts/bulk", OpenUnionAccount, "Open unions' own accounts, many at once"),
    CommandRoute("/union-accounts/verify", VerifyUnionAccount, "Verify a union's own account", role=APPROVER),
    CommandRoute("/union-accounts/close", CloseUnionAccount, "Close a union's own account"),
    CommandRoute("/union-accounts/rules", AdoptFinancialRules, "Adopt financial rules"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/union-accounts", BANK, "Own accounts"),)
