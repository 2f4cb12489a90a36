"""Funds by source: open, allocate, return, close (DOMAIN WEL-06)."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.domain import funding
from services.welfare.domain.funds import Fund, evolve, fund_id
from services.welfare.domain.sources import purposes, sources
from shared.contracts import Event
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, Fen, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

FUND: Kind[Fund] = Kind("fund", Fund, evolve, lambda fund: fund.union)
Year = Annotated[int, Field(strict=True, ge=1949, le=2999, description="Calendar year.")]


class OpenFund(Command):
    """The union's fund of a source and purpose, for a year or open-ended."""

    union: UnionText
    source: CatalogueId
    purpose: CatalogueId = "any"
    year: Year | None = None
    holders_only: bool | None = Field(None, description="Default: as the source has it.")
    opened_on: BusinessDate


class AllocateFund(Command):
    """Money comes in; from a fund of a union above, where that fund is kept here, too."""

    fund: UUID
    fen: Fen
    document: DocumentNumber
    giver: UnionText | None = None
    giver_fund: UUID | None = None
    allocated_on: BusinessDate


class ReturnFund(Command):
    """Unused money goes back, into the giver's fund where that is kept here."""

    fund: UUID
    fen: Fen
    document: DocumentNumber
    giver_fund: UUID | None = None
    returned_on: BusinessDate


class CloseFund(Command):
    """The fund is empty and is used no more."""

    fund: UUID
    closed_on: BusinessDate


def open_fund(work: Work, command: OpenFund) -> Answer:
    """One fund per union, source, purpose and year."""
    work.want(need_of_union(command.union))
    sources().checked(command.source, "source")
    purposes().checked(command.purpose, "purpose")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    id_ = fund_id(union, command.source, command.purpose, command.year)
    opening = funding.Opening(
        union, command.source, command.purpose, command.year, holders_only=command.holders_only
    )
    return work.record(FUND, id_, funding.decide_open(work.get(FUND, id_), opening, command.opened_on), union)


def allocate_fund(work: Work, command: AllocateFund) -> Answer:
    """Both funds change together."""
    work.want(Own(command.fund), *([need_of_union(command.giver)] if command.giver else []))
    refuse_future(command.allocated_on, work.today, "allocated_on")
    fund = find(work, FUND, command.fund)
    giver = find_union(work, command.giver, "giver") if command.giver else None
    if command.giver_fund:
        above = find(work, FUND, command.giver_fund, "giver_fund")
        giver = above.union
        passed = funding.decide_pass_on(above, fund, command.fund, command.fen, command.allocated_on)
        work.record(FUND, command.giver_fund, passed, above.union)
    allocation = funding.Allocation(command.fen, command.document, giver, command.giver_fund)
    events = funding.decide_allocate(fund, allocation, command.allocated_on)
    return _answer(work, command.fund, fund, events, funding.warnings_on(fund, command.allocated_on))


def return_fund(work: Work, command: ReturnFund) -> Answer:
    """Both funds change together."""
    work.want(Own(command.fund))
    refuse_future(command.returned_on, work.today, "returned_on")
    fund = find(work, FUND, command.fund)
    back = funding.Allocation(command.fen, command.document, None, command.giver_fund)
    events = funding.decide_return(fund, back, command.returned_on)
    if command.giver_fund:
        above = find(work, FUND, command.giver_fund, "giver_fund")
        recovered = funding.decide_recover(above, command.fund, command.fen, command.returned_on)
        work.record(FUND, command.giver_fund, recovered, above.union)
    return _answer(work, command.fund, fund, events)


def close_fund(work: Work, command: CloseFund) -> Answer:
    """Nothing may be left."""
    work.want(Own(command.fund))
    refuse_future(command.closed_on, work.today, "closed_on")
    fund = find(work, FUND, command.fund)
    return _answer(work, command.fund, fund, funding.decide_close(fund, command.closed_on))


def _answer(
    work: Work,
    id_: UUID,
    fund: Fund,
    events: tuple[Event, ...],
    warnings: tuple[str, ...] = (),
) -> Answer:
    answer = work.record(FUND, id_, events, fund.union)
    return Answer(id_, answer.version, warnings)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenFund: open_fund,
    AllocateFund: allocate_fund,
    ReturnFund: return_fund,
    CloseFund: close_fund,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/funds", OpenFund, "Open a fund of a source and purpose", creates=True),
    BulkRoute("/funds/bulk", OpenFund, "Open funds"),
    CommandRoute("/funds/{fund}/allocate", AllocateFund, "Allocate money to a fund"),
    BulkRoute("/funds/allocate/bulk", AllocateFund, "Allocate money to funds"),
    CommandRoute("/funds/{fund}/return", ReturnFund, "Return what was not used"),
    CommandRoute("/funds/{fund}/close", CloseFund, "Close an empty fund"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/funds", FUND, "Funds"),)
