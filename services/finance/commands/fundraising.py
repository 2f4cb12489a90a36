"""Open a collection, take in money and goods, give them to their purpose."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.fields import BusinessDate, Command, Fen, UnionText
from services.finance.domain import fundraising
from services.finance.domain.fundraising import (
    DonatedGoods,
    Donation,
    Fundraising,
    Use,
    decide_close,
    decide_give,
    decide_raise,
    decide_raise_goods,
    decide_spend,
)
from shared.catalogues import catalogue
from shared.contracts.finance import FundraisingOpened
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

FUNDRAISING: Kind[Fundraising] = Kind(
    "fundraising", Fundraising, fundraising.evolve, lambda state: state.union
)


class OpenFundraising(Command):
    """A union begins to collect for a purpose."""

    union: UnionText
    purpose: CatalogueId
    opened_on: BusinessDate


class RaiseFunds(Command):
    """Money from a donor group; `people` is how many gave."""

    fundraising: UUID
    donor_group: CatalogueId
    people: Count | None = None
    amount_fen: Fen
    raised_on: BusinessDate


class RaiseGoods(Command):
    """Goods from a donor group."""

    fundraising: UUID
    donor_group: CatalogueId
    item: CatalogueId
    quantity: Count
    value_fen: Fen | None = None
    raised_on: BusinessDate


class SpendRaisedFunds(Command):
    """Money goes to the purpose, to so many households."""

    fundraising: UUID
    amount_fen: Fen
    households: Count | None = None
    evidence: DocumentNumber
    spent_on: BusinessDate


class GiveRaisedGoods(Command):
    """Goods go to the purpose, to so many households."""

    fundraising: UUID
    item: CatalogueId
    quantity: Count
    households: Count | None = None
    evidence: DocumentNumber
    given_on: BusinessDate


class CloseFundraising(Command):
    """Nothing more is taken in."""

    fundraising: UUID
    closed_on: BusinessDate


def open_fundraising(work: Work, command: OpenFundraising) -> Answer:
    """The id answered is the collection's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    purpose = catalogue("raising_purposes").checked(command.purpose, "purpose").id
    opened = FundraisingOpened(
        occurredon=command.opened_on, union=union, purpose=purpose, recorder=work.actor
    )
    return work.record(FUNDRAISING, id_, [opened], union)


def raise_funds(work: Work, command: RaiseFunds) -> Answer:
    """The id answered is the collection's."""
    drive = find(work, FUNDRAISING, command.fundraising)
    refuse_bad_date(work, drive.union, command.raised_on, "raised_on")
    group = catalogue("donor_groups").checked(command.donor_group, "donor_group").id
    donation = Donation(group, command.people, command.amount_fen, command.raised_on)
    return work.record(FUNDRAISING, command.fundraising, decide_raise(drive, donation), drive.union)


def raise_goods(work: Work, command: RaiseGoods) -> Answer:
    """The id answered is the collection's."""
    drive = find(work, FUNDRAISING, command.fundraising)
    refuse_bad_date(work, drive.union, command.raised_on, "raised_on")
    goods = DonatedGoods(
        catalogue("donor_groups").checked(command.donor_group, "donor_group").id,
        catalogue("raised_items").checked(command.item, "item").id,
        command.quantity,
        command.value_fen,
        command.raised_on,
    )
    return work.record(FUNDRAISING, command.fundraising, decide_raise_goods(drive, goods), drive.union)


def spend_raised_funds(work: Work, command: SpendRaisedFunds) -> Answer:
    """By another than who opened the collection."""
    drive = find(work, FUNDRAISING, command.fundraising)
    refuse_bad_date(work, drive.union, command.spent_on, "spent_on")
    use = Use(command.amount_fen, command.households, command.evidence, command.spent_on)
    events = decide_spend(drive, use, work.actor)
    return work.record(FUNDRAISING, command.fundraising, events, drive.union)


def give_raised_goods(work: Work, command: GiveRaisedGoods) -> Answer:
    """By another than who opened the collection."""
    drive = find(work, FUNDRAISING, command.fundraising)
    refuse_bad_date(work, drive.union, command.given_on, "given_on")
    use = Use(command.quantity, command.households, command.evidence, command.given_on)
    item = catalogue("raised_items").checked(command.item, "item").id
    events = decide_give(drive, item, use, work.actor)
    return work.record(FUNDRAISING, command.fundraising, events, drive.union)


def close_fundraising(work: Work, command: CloseFundraising) -> Answer:
    """What is left may still be spent."""
    refuse_future(command.closed_on, work.today, "closed_on")
    drive = find(work, FUNDRAISING, command.fundraising)
    events = decide_close(drive, command.closed_on)
    return work.record(FUNDRAISING, command.fundraising, events, drive.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenFundraising: open_fundraising,
    RaiseFunds: raise_funds,
    RaiseGoods: raise_goods,
    SpendRaisedFunds: spend_raised_funds,
    GiveRaisedGoods: give_raised_goods,
    CloseFundraising: close_fundraising,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/fundraising", OpenFundraising, "Open a collection", creates=True),
    CommandRoute("/fundraising/{fundraising}/funds", RaiseFunds, "Take in money"),
    BulkRoute("/fundraising/funds/bulk", RaiseFunds, "Take in money, many at once"),
    CommandRoute("/fundraising/{fundraising}/goods", RaiseGoods, "Take in goods"),
    CommandRoute(
        "/fundraising/{fundraising}/spend", SpendRaisedFunds, "Spend what was raised", role=APPROVER
    ),
    CommandRoute(
        "/fundraising/{fundraising}/give", GiveRaisedGoods, "Give goods that were raised", role=APPROVER
    ),
    CommandRoute("/fundraising/{fundraising}/close", CloseFundraising, "Close a collection"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/fundraising", FUNDRAISING, "Collections"),)
