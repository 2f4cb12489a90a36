"""Remit the share of those above (DOMAIN FIN-04): one payment, told at both ends."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.above import next_upper
from services.finance.commands.booking import money_of
from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.commands.kinds import MONEY, money_kind
from services.finance.domain.money import UnionMoney, money_id
from services.finance.domain.sharing import RemittanceBeyondOwed, onward, owing
from shared.contracts.finance import UpperShareReceived, UpperShareRemitted
from shared.contracts.money import moved
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Own
from shared.work.work import Work


class RemitUpperShare(Command):
    """Pay what the union owes upwards, or part of it, to the next union above."""

    union: UnionText
    amount_fen: Fen
    remitted_on: BusinessDate


def remit_upper_share(work: Work, command: RemitUpperShare) -> Answer:
    """The topmost union remits out of this system; the id answered is that of the union's money."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.remitted_on, "remitted_on")
    receiver = next_upper(work, union, command.remitted_on)
    work.want(Own(money_id(union)), *([Own(money_id(receiver))] if receiver else []))
    _refuse_too_much(money_of(work, union), command.amount_fen)
    remitted = UpperShareRemitted(
        occurredon=command.remitted_on,
        receiver=receiver,
        amount_fen=command.amount_fen,
        postings=moved(command.amount_fen, to="upper_share_owed", out_of="bank"),
    )
    answer = work.record(money_kind(union), money_id(union), [remitted], union)
    if receiver:
        arrived = _received(work, command, union, receiver)
        work.record(money_kind(receiver), money_id(receiver), [arrived], receiver)
    return answer


def _received(work: Work, command: RemitUpperShare, union: UUID, receiver: UUID) -> UpperShareReceived:
    fen, on = command.amount_fen, command.remitted_on
    further = 0
    if next_upper(work, receiver, on):
        levels = (work.copied(UNIT, union).level, work.copied(UNIT, receiver).level)
        further = onward(fen, levels, on, area_of(work, receiver))
    return UpperShareReceived(
        occurredon=on,
        sender=union,
        amount_fen=fen,
        onward_fen=further,
        postings=(*moved(fen, to="bank", out_of="upper_share_received"), *owing(further)),
    )


def _refuse_too_much(money: UnionMoney, amount_fen: int) -> None:
    owed = money.owed("upper_share_owed")
    if amount_fen > owed:
        raise RemittanceBeyondOwed(
            f"{owed} fen are owed upwards",
            field="amount_fen",
            value=str(amount_fen),
            remedy=f"remit at most {max(owed, 0)} fen",
        )


USE_CASES: dict[type[BaseModel], UseCase] = {RemitUpperShare: remit_upper_share}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/dues/remittances", RemitUpperShare, "Remit the share of those above", creates=True),
)
LISTINGS: tuple[Listing, ...] = (Listing("/union-money", MONEY, "Balances"),)
