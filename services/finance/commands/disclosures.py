"""Prepare, publish and take down disclosures of budgets and expenses."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.budgets import Year
from services.finance.commands.fields import BusinessDate, Command, UnionText
from services.finance.domain import disclosures
from services.finance.domain.disclosures import (
    Disclosure,
    Posting,
    decide_prepare,
    decide_publish,
    decide_withdraw,
)
from shared.catalogues import catalogue
from shared.contracts.finance import DisclosedItem, DisclosurePrepared
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import LARGEST_FEN, CatalogueId, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

DISCLOSURE: Kind[Disclosure] = Kind("disclosure", Disclosure, disclosures.evolve, lambda state: state.union)


class ItemToDisclose(Command):
    """A line; 0 says that there was none."""

    item: CatalogueId
    amount_fen: Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN)]


class PrepareDisclosure(Command):
    """What shall be shown of a year."""

    union: UnionText
    kind: CatalogueId
    year: Year
    items: Annotated[tuple[ItemToDisclose, ...], Field(min_length=1, max_length=50)]
    prepared_on: BusinessDate


class PublishDisclosure(Command):
    """Where it is shown, and until when where it does not stay for good."""

    disclosure: UUID
    channel: CatalogueId
    posted_until: BusinessDate | None = None
    published_on: BusinessDate


class WithdrawDisclosure(Command):
    """Taken down before its time; `document` says why."""

    disclosure: UUID
    document: DocumentNumber
    withdrawn_on: BusinessDate


def prepare_disclosure(work: Work, command: PrepareDisclosure) -> Answer:
    """The id answered is the disclosure's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.prepared_on, "prepared_on")
    for each in command.items:
        catalogue("disclosure_items").checked(each.item, "items")
    prepared = DisclosurePrepared(
        occurredon=command.prepared_on,
        union=union,
        kind=catalogue("disclosure_kinds").checked(command.kind, "kind").id,
        year=command.year,
        items=tuple(DisclosedItem(**each.model_dump()) for each in command.items),
        recorder=work.actor,
    )
    return work.record(DISCLOSURE, id_, decide_prepare(prepared), union)


def publish_disclosure(work: Work, command: PublishDisclosure) -> Answer:
    """It hangs there from this day on; the last day may lie in the future."""
    disclosure = find(work, DISCLOSURE, command.disclosure)
    refuse_bad_date(work, disclosure.union, command.published_on, "published_on")
    channel = catalogue("disclosure_channels").checked(command.channel, "channel").id
    posting = Posting(channel, command.posted_until, command.published_on)
    events = decide_publish(disclosure, posting, work.actor)
    return work.record(DISCLOSURE, command.disclosure, events, disclosure.union)


def withdraw_disclosure(work: Work, command: WithdrawDisclosure) -> Answer:
    """Also by a union that has ended."""
    refuse_future(command.withdrawn_on, work.today, "withdrawn_on")
    disclosure = find(work, DISCLOSURE, command.disclosure)
    events = decide_withdraw(disclosure, command.document, command.withdrawn_on)
    return work.record(DISCLOSURE, command.disclosure, events, disclosure.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PrepareDisclosure: prepare_disclosure,
    PublishDisclosure: publish_disclosure,
    WithdrawDisclosure: withdraw_disclosure,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/disclosures", PrepareDisclosure, "Prepare a disclosure", creates=True),
    CommandRoute(
        "/disclosures/{disclosure}/publish", PublishDisclosure, "Publish a disclosure", role=APPROVER
    ),
    CommandRoute("/disclosures/{disclosure}/withdraw", WithdrawDisclosure, "Take a disclosure down"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/disclosures", DISCLOSURE, "Disclosures"),)
