"""Service cards: collect particulars, issue, deliver, use, lose, replace, cancel."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.welfare.domain import cards
from services.welfare.domain.cards import CardEvent, ServiceCard
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, Command, Few, UnionText
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.needs import Claimed, Copied
from shared.work.work import Work


def _one_each(state: ServiceCard) -> frozenset[Claim]:
    held = state.stage != "cancelled"
    return frozenset({Claim("service-card-of", str(state.person))} if held else ())


CARD: Kind[ServiceCard] = Kind(
    "service-card", ServiceCard, cards.evolve, lambda state: state.union, _one_each
)


class CollectCardInfo(Command):
    """A person of the register shall have a card; one at a time."""

    union: UnionText
    person: UUID
    collected_on: BusinessDate


class IssueCard(Command):
    """The card was made."""

    card: UUID
    issued_on: BusinessDate


class DeliverCard(Command):
    """The person has it."""

    card: UUID
    delivered_on: BusinessDate


class UseCard(Command):
    """Used so many times."""

    card: UUID
    times: Few = 1
    used_on: BusinessDate


class LoseCard(Command):
    """It was lost."""

    card: UUID
    lost_on: BusinessDate


class ReplaceCard(Command):
    """Another was made for it."""

    card: UUID
    replaced_on: BusinessDate


class CancelCard(Command):
    """Given up for good; the person may have a new one."""

    card: UUID
    cancelled_on: BusinessDate


def collect(work: Work, command: CollectCardInfo) -> Answer:
    """The id answered is the card's."""
    claim = Claimed("service-card-of", str(command.person))
    work.want(need_of_union(command.union), Copied(PERSON.name, command.person), claim)
    union = find_union(work, command.union)
    work.copied(PERSON, command.person)
    refuse_bad_date(work, union, command.collected_on, "collected_on")
    holder = work.owner(claim.kind, claim.value)
    events = cards.decide_collect(holder, union, command.person, command.collected_on)
    return work.record(CARD, work.new_id(), events, union)


def issue(work: Work, command: IssueCard) -> Answer:
    """Once."""
    return _step(work, command.card, command.issued_on, "issued_on", cards.decide_issue)


def deliver(work: Work, command: DeliverCard) -> Answer:
    """After it was made, or made anew."""
    return _step(work, command.card, command.delivered_on, "delivered_on", cards.decide_deliver)


def use(work: Work, command: UseCard) -> Answer:
    """From delivery on."""
    return _step(
        work,
        command.card,
        command.used_on,
        "used_on",
        lambda state, on: cards.decide_use(state, command.times, on),
    )


def lose(work: Work, command: LoseCard) -> Answer:
    """Once it was out."""
    return _step(work, command.card, command.lost_on, "lost_on", cards.decide_lose)


def replace(work: Work, command: ReplaceCard) -> Answer:
    """For a lost one."""
    return _step(work, command.card, command.replaced_on, "replaced_on", cards.decide_replace)


def cancel(work: Work, command: CancelCard) -> Answer:
    """At any stage."""
    return _step(work, command.card, command.cancelled_on, "cancelled_on", cards.decide_cancel)


Decide = Callable[[ServiceCard, date], Sequence[CardEvent]]


def _step(work: Work, id_: UUID, on: date, field: str, decide: Decide) -> Answer:
    refuse_future(on, work.today, field)
    card = find(work, CARD, id_, "card")
    return work.record(CARD, id_, decide(card, on), card.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    CollectCardInfo: collect,
    IssueCard: issue,
    DeliverCard: deliver,
    UseCard: use,
    LoseCard: lose,
    ReplaceCard: replace,
    CancelCard: cancel,
}
_ONE = "/service-cards/{card}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/service-cards", CollectCardInfo, "Collect what a card needs", creates=True),
    BulkRoute("/service-cards/bulk", CollectCardInfo, "Collect what many cards need"),
    CommandRoute(f"{_ONE}/issue", IssueCard, "Tell that a card was made"),
    BulkRoute("/service-cards/issues/bulk", IssueCard, "Tell that many cards were made"),
    CommandRoute(f"{_ONE}/deliver", DeliverCard, "Deliver a card"),
    BulkRoute("/service-cards/deliveries/bulk", DeliverCard, "Deliver many cards"),
    CommandRoute(f"{_ONE}/use", UseCard, "Tell that a card was used"),
    BulkRoute("/service-cards/uses/bulk", UseCard, "Tell uses of many cards"),
    CommandRoute(f"{_ONE}/lose", LoseCard, "Tell that a card was lost"),
    CommandRoute(f"{_ONE}/replace", ReplaceCard, "Replace a lost card"),
    CommandRoute(f"{_ONE}/cancel", CancelCard, "Cancel a card"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/service-cards", CARD, "Service cards"),)
