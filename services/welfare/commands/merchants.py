"""Merchants that honour the service card."""

from uuid import UUID

from pydantic import BaseModel

from services.welfare.domain import merchants
from services.welfare.domain.merchants import Merchant, decide_contract, decide_end
from services.welfare.domain.numbering import named_id
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, Command, EmployerText, UnionText
from shared.http.listing import Listing
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

MERCHANT: Kind[Merchant] = Kind("merchant", Merchant, merchants.evolve, lambda state: state.union)


class ContractMerchant(Command):
    """An enterprise honours the card of a union."""

    union: UnionText
    employer: EmployerText
    contracted_on: BusinessDate


class EndMerchant(Command):
    """It does so no more."""

    merchant: UUID
    ended_on: BusinessDate


def contract(work: Work, command: ContractMerchant) -> Answer:
    """The id answered is the merchant's at this union, the same when it is contracted again."""
    work.want(need_of_union(command.union), need_of_employer(command.employer))
    union = find_union(work, command.union)
    employer = find_employer(work, command.employer)
    refuse_bad_date(work, union, command.contracted_on, "contracted_on")
    id_ = named_id(f"merchant/{union}/{employer}")
    events = decide_contract(work.get(MERCHANT, id_), union, employer, command.contracted_on)
    return work.record(MERCHANT, id_, events, union)


def end(work: Work, command: EndMerchant) -> Answer:
    """On this day."""
    refuse_future(command.ended_on, work.today, "ended_on")
    merchant = find(work, MERCHANT, command.merchant)
    return work.record(MERCHANT, command.merchant, decide_end(merchant, command.ended_on), merchant.union)


USE_CASES: dict[type[BaseModel], UseCase] = {ContractMerchant: contract, EndMerchant: end}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/card-merchants", ContractMerchant, "Contract a merchant", creates=True),
    CommandRoute("/card-merchants/{merchant}/end", EndMerchant, "End a contract with a merchant"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/card-merchants", MERCHANT, "Merchants"),)
