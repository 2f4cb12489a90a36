"""Dues that come in at a unit above the union they are for: money there, a rebate for the union."""

from uuid import UUID

from services.finance.commands.booking import money_of
from services.finance.commands.kinds import BANK, REBATE, money_kind, rebate_kind
from services.finance.domain.account import Receipt
from services.finance.domain.bank import UnionBankAccount, bank_id
from services.finance.domain.money import money_id, refuse_closed
from services.finance.domain.rebates import (
    Accrual,
    RebateEntitlement,
    decide_accrue,
    decide_take_back,
    entitlement_id,
)
from services.finance.domain.sharing import owing
from shared.contracts.finance import DuesCollected, DuesReceived, DuesRefunded, DuesReturned
from shared.contracts.money import moved
from shared.units import UNIT
from shared.work.needs import Own
from shared.work.work import Work


def entitlement_of(work: Work, union: UUID, collector: UUID) -> RebateEntitlement:
    """What the collector owes the union now."""
    found = work.get(REBATE, entitlement_id(union, collector))
    return found or RebateEntitlement(union=union, collector=collector)


def bank_of(work: Work, union: UUID) -> UnionBankAccount:
    """The union's own account, as far as it has one."""
    known = work.get(BANK, bank_id(union))
    return known or UnionBankAccount(union=union, level=work.copied(UNIT, union).level)


def collect(work: Work, union: UUID, received: DuesReceived) -> None:
    """The other side of a receipt whose money is with a collector; nothing if it is not."""
    if received.collector is None:
        return
    collector, fen, rebate_fen = received.collector, received.amount_fen, received.rebate_fen
    work.want(Own(money_id(collector)), Own(entitlement_id(union, collector)), Own(bank_id(union)))
    collected = DuesCollected(
        occurredon=received.occurredon,
        union=union,
        receipt=received.receipt,
        amount_fen=fen,
        rebate_fen=rebate_fen,
        onward_fen=received.upper_fen,
        postings=(*moved(fen, to="bank", out_of="dues"), *owing(received.upper_fen, rebate_fen)),
    )
    work.record(money_kind(collector), money_id(collector), [collected], collector)
    if rebate_fen:
        accrual = Accrual(received.receipt, rebate_fen, received.occurredon, received.payer_size)
        _accrue(work, union, collector, accrual)


def give_back(work: Work, receipt: Receipt, refunded: DuesRefunded, union: UUID) -> None:
    """The other side of a refund whose money is with a collector; nothing if it is not.

    Raises MoneyIsClosed where the rebate has gone to an heir: nothing is left here to take it back from.
    """
    if receipt.collector is None:
        return
    collector, fen, rebate_fen = receipt.collector, refunded.amount_fen, refunded.rebate_fen
    returned = DuesReturned(
        occurredon=refunded.occurredon,
        union=union,
        receipt=refunded.receipt,
        amount_fen=fen,
        rebate_fen=rebate_fen,
        onward_fen=refunded.upper_fen,
        postings=(
            *moved(fen, to="dues_refunded", out_of="bank"),
            *owing(-refunded.upper_fen, -rebate_fen),
        ),
    )
    work.record(money_kind(collector), money_id(collector), [returned], collector)
    if rebate_fen:
        refuse_closed(money_of(work, union))
    rebate = entitlement_of(work, union, collector)
    accrual = Accrual(refunded.receipt, rebate_fen, refunded.occurredon, None)
    events = decide_take_back(rebate, accrual)
    work.record(rebate_kind(union, collector), entitlement_id(union, collector), events, union)


def _accrue(work: Work, union: UUID, collector: UUID, accrual: Accrual) -> None:
    refuse_closed(money_of(work, union))
    rebate = entitlement_of(work, union, collector)
    # A rebate of a day before the account was verified is released with it: verified is verified.
    events = decide_accrue(rebate, accrual, account_verified=bank_of(work, union).verified)
    work.record(rebate_kind(union, collector), entitlement_id(union, collector), events, union)
