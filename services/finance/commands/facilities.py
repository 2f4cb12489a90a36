"""Plan, buy, hand over and use places and goods for workers."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.commands.spending import checked_payer, doubts_about, execute, is_grassroots
from services.finance.domain import facilities
from services.finance.domain.executing import Spending
from services.finance.domain.facilities import (
    HEAD,
    FacilityInvestment,
    Plan,
    Purchase,
    decide_budget,
    decide_close,
    decide_hand_over,
    decide_purchase,
    decide_put_in_use,
)
from shared.catalogues import catalogue
from shared.contracts.finance import Goods
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, Count, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

FACILITY: Kind[FacilityInvestment] = Kind(
    "facility-investment", FacilityInvestment, facilities.evolve, lambda state: state.union
)


class BudgetFacility(Command):
    """Money is planned for a place or goods, by whoever pays."""

    union: UnionText
    kind: CatalogueId
    payer: CatalogueId
    amount_fen: Fen
    budgeted_on: BusinessDate


class BoughtGoods(Command):
    """So many of one item, and what they cost together."""

    item: CatalogueId
    quantity: Count
    value_fen: Fen


class PurchaseFacility(Command):
    """What was bought; `evidence` is the number of the receipt."""

    facility: UUID
    goods: Annotated[tuple[BoughtGoods, ...], Field(min_length=1, max_length=100)]
    evidence: DocumentNumber
    purchased_on: BusinessDate


class HandFacilityOver(Command):
    """To the union that shall have it, which may be the buyer itself."""

    facility: UUID
    receiver: UnionText
    document: DocumentNumber
    handed_over_on: BusinessDate


class PutFacilityInUse(Command):
    """In use from this day on."""

    facility: UUID
    in_use_on: BusinessDate


class CloseFacility(Command):
    """Not used any more."""

    facility: UUID
    closed_on: BusinessDate


def budget_facility(work: Work, command: BudgetFacility) -> Answer:
    """The id answered is the investment's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.budgeted_on, "budgeted_on")
    kind = catalogue("investment_kinds").checked(command.kind, "kind").id
    plan = Plan(union, kind, checked_payer(command.payer), command.amount_fen, command.budgeted_on)
    events = decide_budget(plan, work.actor, grassroots=is_grassroots(work, union))
    return work.record(FACILITY, id_, events, union)


def purchase_facility(work: Work, command: PurchaseFacility) -> Answer:
    """Union money is spent within the budget's line for capital."""
    facility = find(work, FACILITY, command.facility, "facility")
    refuse_bad_date(work, facility.union, command.purchased_on, "purchased_on")
    for each in command.goods:
        catalogue("investment_items").checked(each.item, "goods")
    goods = tuple(Goods(**each.model_dump()) for each in command.goods)
    purchase = Purchase(goods, command.evidence, command.purchased_on)
    doubts = doubts_about(work, facility.union, purchase.amount_fen) if facility.of_union else ()
    events = decide_purchase(facility, purchase, work.actor, doubts)
    answer = work.record(FACILITY, command.facility, events, facility.union)
    if facility.of_union:
        spending = Spending(HEAD, purchase.amount_fen, command.facility, command.purchased_on)
        execute(work, facility.union, spending)
    return Answer(answer.id, answer.version, doubts)


def hand_facility_over(work: Work, command: HandFacilityOver) -> Answer:
    """Counted at the union that invested."""
    work.want(need_of_union(command.receiver))
    facility = find(work, FACILITY, command.facility, "facility")
    receiver = find_union(work, command.receiver, "receiver")
    refuse_bad_date(work, receiver, command.handed_over_on, "handed_over_on")
    events = decide_hand_over(facility, receiver, command.document, command.handed_over_on)
    return work.record(FACILITY, command.facility, events, facility.union)


def put_facility_in_use(work: Work, command: PutFacilityInUse) -> Answer:
    """Counted at the union that invested."""
    facility = find(work, FACILITY, command.facility, "facility")
    refuse_future(command.in_use_on, work.today, "in_use_on")
    events = decide_put_in_use(facility, command.in_use_on)
    return work.record(FACILITY, command.facility, events, facility.union)


def close_facility(work: Work, command: CloseFacility) -> Answer:
    """Also where the union has ended."""
    facility = find(work, FACILITY, command.facility, "facility")
    refuse_future(command.closed_on, work.today, "closed_on")
    events = decide_close(facility, command.closed_on)
    return work.record(FACILITY, command.facility, events, facility.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    BudgetFacility: budget_facility,
    PurchaseFacility: purchase_facility,
    HandFacilityOver: hand_facility_over,
    PutFacilityInUse: put_facility_in_use,
    CloseFacility: close_facility,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/facilities", BudgetFacility, "Plan an investment in a facility", creates=True),
    CommandRoute("/facilities/{facility}/purchase", PurchaseFacility, "Buy what was planned", role=APPROVER),
    CommandRoute("/facilities/{facility}/hand-over", HandFacilityOver, "Hand it over"),
    CommandRoute("/facilities/{facility}/use", PutFacilityInUse, "Put it in use"),
    CommandRoute("/facilities/{facility}/close", CloseFacility, "Close it"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/facilities", FACILITY, "Facility investments"),)
