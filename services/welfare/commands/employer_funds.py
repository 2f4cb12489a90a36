"""Hardship funds of enterprises: establish, contribute, pay out, close."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.domain import employer_funds as rules
from services.welfare.domain.employer_funds import EmployerFund, employer_fund_id, evolve
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.welfare import HardshipFundEstablished
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    DocumentNumber,
    EmployerText,
    Fen,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Copied, Own
from shared.work.work import Work

FUND: Kind[EmployerFund] = Kind("hardship-fund", EmployerFund, evolve, lambda fund: fund.union)


class EstablishHardshipFund(Command):
    """The employer has a fund for workers in hardship from this day on."""

    union: UnionText
    employer: EmployerText
    above_scale: bool = Field(description="Whether the employer is above scale on that day.")
    document: DocumentNumber
    established_on: BusinessDate


class ReclassifyHardshipFund(Command):
    """The employer has come above scale, or fallen below it."""

    fund: UUID
    above_scale: bool
    reclassified_on: BusinessDate


class ContributeToHardshipFund(Command):
    """Money comes in."""

    fund: UUID
    contributor: CatalogueId = "employer"
    fen: Fen
    contributed_on: BusinessDate


class PayFromHardshipFund(Command):
    """Somebody gets help."""

    fund: UUID
    person: UUID
    fen: Fen
    receipt: DocumentNumber | None = None
    paid_on: BusinessDate


class CloseHardshipFund(Command):
    """The fund is empty and ends."""

    fund: UUID
    closed_on: BusinessDate


def establish(work: Work, command: EstablishHardshipFund) -> Answer:
    """One open fund per employer."""
    work.want(need_of_union(command.union), need_of_employer(command.employer))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.established_on, "established_on")
    employer = find_employer(work, command.employer)
    first = HardshipFundEstablished(
        occurredon=command.established_on,
        union=union,
        employer=employer,
        above_scale=command.above_scale,
        document=command.document,
    )
    id_ = employer_fund_id(employer)
    return work.record(FUND, id_, rules.decide_establish(work.get(FUND, id_), first), union)


def reclassify(work: Work, command: ReclassifyHardshipFund) -> Answer:
    """What was counted before stays as it was."""
    fund = _found(work, command.fund, command.reclassified_on, "reclassified_on")
    events = rules.decide_reclassify(fund, command.reclassified_on, above_scale=command.above_scale)
    return _answer(work, command.fund, fund, events)


def contribute(work: Work, command: ContributeToHardshipFund) -> Answer:
    """By one of the catalogue's contributors."""
    catalogue("fund_contributors").checked(command.contributor, "contributor")
    fund = _found(work, command.fund, command.contributed_on, "contributed_on")
    events = rules.decide_contribute(fund, command.contributor, command.fen, command.contributed_on)
    return _answer(work, command.fund, fund, events)


def pay_out(work: Work, command: PayFromHardshipFund) -> Answer:
    """To somebody of the register, never more than there is."""
    work.want(Copied(PERSON.name, command.person), Own(command.fund))
    work.copied(PERSON, command.person)
    fund = _found(work, command.fund, command.paid_on, "paid_on")
    events = rules.decide_pay_out(fund, command.person, command.fen, command.receipt or "", command.paid_on)
    return _answer(work, command.fund, fund, events)


def close(work: Work, command: CloseHardshipFund) -> Answer:
    """Nothing may be left."""
    fund = _found(work, command.fund, command.closed_on, "closed_on")
    return _answer(work, command.fund, fund, rules.decide_close(fund, command.closed_on))


def _found(work: Work, fund: UUID, on: BusinessDate, field: str) -> EmployerFund:
    work.want(Own(fund))
    refuse_future(on, work.today, field)
    return find(work, FUND, fund, "fund")


def _answer(work: Work, id_: UUID, fund: EmployerFund, events: tuple[Event, ...]) -> Answer:
    return work.record(FUND, id_, events, fund.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    EstablishHardshipFund: establish,
    ReclassifyHardshipFund: reclassify,
    ContributeToHardshipFund: contribute,
    PayFromHardshipFund: pay_out,
    CloseHardshipFund: close,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/hardship-funds", EstablishHardshipFund, "Establish an enterprise's fund", creates=True),
    BulkRoute("/hardship-funds/bulk", EstablishHardshipFund, "Establish the funds of a list"),
    CommandRoute("/hardship-funds/{fund}/reclassify", ReclassifyHardshipFund, "Above scale, or no longer"),
    CommandRoute("/hardship-funds/{fund}/contribute", ContributeToHardshipFund, "Pay into a fund"),
    BulkRoute("/hardship-funds/contribute/bulk", ContributeToHardshipFund, "Pay into the funds of a list"),
    CommandRoute("/hardship-funds/{fund}/pay", PayFromHardshipFund, "Pay out of a fund"),
    BulkRoute("/hardship-funds/pay/bulk", PayFromHardshipFund, "Pay the people of a list"),
    CommandRoute("/hardship-funds/{fund}/close", CloseHardshipFund, "Close an empty fund"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/hardship-funds", FUND, "Hardship funds of enterprises"),)
