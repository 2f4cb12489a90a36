"""Receive dues that members pay themselves (DOMAIN FIN-03)."""

from dataclasses import replace
from typing import Annotated, Self
from uuid import UUID

from pydantic import BaseModel, Field, model_validator

from services.finance.commands.fields import BusinessDate, Command, Fen, PeriodText, UnionText
from services.finance.domain import member_dues, periods
from services.finance.domain.member_dues import Collected, MemberDues, member_dues_id
from services.finance.domain.money import money_id
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import Count
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

LARGEST_LIST = 2000


class ReceiveMemberDues(Command):
    """Give the wages of those who paid (nobody is named, none is kept), or how many paid how much."""

    union: UnionText
    month: PeriodText
    wages_fen: Annotated[tuple[Fen, ...] | None, Field(min_length=1, max_length=LARGEST_LIST)] = None
    members: Count | None = None
    amount_fen: Fen | None = None
    received_on: BusinessDate

    @model_validator(mode="after")
    def _wages_or_sum(self) -> Self:
        summed = self.members is not None and self.amount_fen is not None
        neither = self.members is None and self.amount_fen is None
        if not (neither if self.wages_fen else summed):
            raise ValueError("give either wages_fen, or both members and amount_fen")
        return self


def _never_first(_state: MemberDues | None, _event: object) -> MemberDues:
    msg = "events do not name their union"
    raise TypeError(msg)


MEMBER_DUES: Kind[MemberDues] = Kind("member-dues", MemberDues, _never_first, lambda state: state.union)


def member_dues_kind(union: UUID, year: int) -> Kind[MemberDues]:
    """Member dues of one union and year."""
    first = MemberDues(union=union, year=year)
    return replace(MEMBER_DUES, evolve=lambda state, event: member_dues.evolve(state or first, event))


def receive_member_dues(work: Work, command: ReceiveMemberDues) -> Answer:
    """The id answered is that of the union's member dues in the year."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.received_on, "received_on")
    year = periods.parse(command.month).year
    id_ = member_dues_id(union, year)
    work.want(Own(id_), Own(money_id(union)))
    members, fen = command.members or 0, command.amount_fen or 0
    if command.wages_fen:
        members = len(command.wages_fen)
        fen = member_dues.due_on_wages(command.wages_fen, command.month, area_of(work, union))
    events = member_dues.decide_receive(Collected(command.month, members, fen, command.received_on))
    return work.record(member_dues_kind(union, year), id_, events, union)


USE_CASES: dict[type[BaseModel], UseCase] = {ReceiveMemberDues: receive_member_dues}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/member-dues", ReceiveMemberDues, "Receive dues of members", creates=True),
    BulkRoute("/member-dues/bulk", ReceiveMemberDues, "Receive dues of members, many unions at once"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/member-dues", MEMBER_DUES, "Dues of members"),)
