"""Close the money of a union that has ended (DOMAIN ORG-13): everything goes to the heir, in one command."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.above import next_upper
from services.finance.commands.booking import money_of
from services.finance.commands.collecting import bank_of, entitlement_of
from services.finance.commands.fields import BusinessDate, Command
from services.finance.commands.kinds import REBATE, bank_kind, money_kind, rebate_kind
from services.finance.domain import bank as banks
from services.finance.domain.bank import bank_id
from services.finance.domain.closing import Closing, Heir, HeirNotPossible, decide_close, weights_of
from services.finance.domain.handing_over import decide_hand_over, decide_take_over
from services.finance.domain.money import money_id
from services.finance.domain.rebates import RebateEntitlement, entitlement_id
from shared.contracts.finance import RebateHandedOver, RebateLapsed
from shared.contracts.money import moved
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import Count, DocumentNumber
from shared.shares import divided
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Copied, Own
from shared.work.work import Work

MOST_HEIRS = 20


class HeirShare(Command):
    """A union that takes over workers of the one that ended, and how many of them."""

    union: UUID
    workers: Count


class CloseUnionMoney(Command):
    """After the audit of this number. Heirs only where the union was divided among several.

    Without them it is the successor, or the next higher union of a union that was dissolved.
    """

    union: UUID
    audit: DocumentNumber
    closed_on: BusinessDate
    heirs: Annotated[tuple[HeirShare, ...], Field(max_length=MOST_HEIRS)] = ()


def close_union_money(work: Work, command: CloseUnionMoney) -> Answer:
    """The id answered is that of the union's money. Its own account is closed, rebates go to the heirs."""
    work.want(Copied(UNIT.name, command.union), Own(money_id(command.union)), Own(bank_id(command.union)))
    refuse_future(command.closed_on, work.today, "closed_on")
    heirs = _heirs(work, command)
    copy = work.copied(UNIT, command.union)
    closing = Closing(copy.ended_on, command.closed_on, command.audit, heirs)
    handovers, closed = decide_close(money_of(work, command.union), closing)
    for handover in handovers:
        work.record(money_kind(command.union), money_id(command.union), [handover.given], command.union)
        work.record(money_kind(handover.heir), money_id(handover.heir), [handover.taken], handover.heir)
    answer = work.record(money_kind(command.union), money_id(command.union), [closed], command.union)
    for id_ in work.listed(REBATE, command.union):
        _hand_over(work, find(work, REBATE, id_), command, heirs)
    _close_account(work, command)
    return answer


def _heirs(work: Work, command: CloseUnionMoney) -> tuple[Heir, ...]:
    if command.heirs:
        heirs = tuple(Heir(each.union, each.workers) for each in command.heirs)
    else:
        copy = work.copied(UNIT, command.union)
        union = copy.successor or next_upper(work, command.union, copy.ended_on or command.closed_on)
        heirs = (Heir(_living(work, union)),) if union else ()
    work.want(*(Copied(UNIT.name, heir.union) for heir in heirs), *(Own(money_id(h.union)) for h in heirs))
    for heir in heirs:
        ended_on = work.copied(UNIT, heir.union).ended_on
        if ended_on is not None:
            raise HeirNotPossible(
                f"it ended on {ended_on}",
                field="heirs",
                value=str(heir.union),
                remedy="name a living union",
            )
    return heirs


def _living(work: Work, union: UUID) -> UUID:
    # A successor may have been merged in its turn; one that was dissolved leaves it to those above.
    met: set[UUID] = set()
    while union not in met:
        met.add(union)
        copy = work.copied(UNIT, union)
        onward = copy.successor or (next_upper(work, union, copy.ended_on) if copy.ended_on else None)
        if copy.ended_on is None or onward is None:
            return union
        union = onward
    return union


def _hand_over(
    work: Work, rebate: RebateEntitlement, command: CloseUnionMoney, heirs: tuple[Heir, ...]
) -> None:
    fen = rebate.open_fen
    shares = divided(abs(fen), weights_of(heirs))
    parts = {
        heir.union: share if fen > 0 else -share for heir, share in zip(heirs, shares, strict=True) if share
    }
    given = decide_hand_over(rebate, parts, command.closed_on)
    id_ = entitlement_id(rebate.union, rebate.collector)
    work.record(rebate_kind(rebate.union, rebate.collector), id_, given, rebate.union)
    for each in given:
        _take_over(work, rebate, each)


def _take_over(work: Work, rebate: RebateEntitlement, given: RebateHandedOver) -> None:
    collector, heir = rebate.collector, given.heir
    if heir == collector:
        lapsed = RebateLapsed(
            occurredon=given.occurredon,
            union=rebate.union,
            amount_fen=given.amount_fen,
            postings=moved(given.amount_fen, to="rebates_owed", out_of="rebates"),
        )
        work.record(money_kind(collector), money_id(collector), [lapsed], collector)
        return
    theirs = entitlement_of(work, heir, collector)
    verified = bank_of(work, heir).verified
    taken = decide_take_over(theirs, given, rebate.union, account_verified=verified)
    work.record(rebate_kind(heir, collector), entitlement_id(heir, collector), taken, heir)


def _close_account(work: Work, command: CloseUnionMoney) -> None:
    bank = bank_of(work, command.union)
    if bank.status in {"opened", "verified"}:
        events = banks.decide_close(bank, command.closed_on)
        work.record(bank_kind(bank), bank_id(command.union), events, command.union)


USE_CASES: dict[type[BaseModel], UseCase] = {CloseUnionMoney: close_union_money}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/union-money/{union}/close", CloseUnionMoney, "Close the money of a union that has ended"),
)
