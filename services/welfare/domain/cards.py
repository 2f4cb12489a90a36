"""A service card: particulars collected, made, delivered, used; lost and replaced; cancelled."""

from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from shared.contracts.welfare import (
    CardCancelled,
    CardDelivered,
    CardInfoCollected,
    CardIssued,
    CardLost,
    CardReplaced,
    CardUsed,
)
from shared.errors import Refused
from shared.frozen import Frozen

CardEvent = (
    CardInfoCollected | CardIssued | CardDelivered | CardUsed | CardLost | CardReplaced | CardCancelled
)
Stage = Literal["collected", "issued", "delivered", "lost", "cancelled"]


class CardExists(Refused):
    """The person has a card, or one is being made."""

    code = "card-exists"


class CardStageWrong(Refused):
    """The card is at another stage of its course."""

    code = "card-stage-wrong"


class BeforeCardStep(Refused):
    """The date lies before the step it follows."""

    code = "before-card-step"


class ServiceCard(Frozen):
    """One person's card; one at a time."""

    union: UUID
    person: UUID
    stage: Stage = "collected"
    latest_on: date
    issued: bool = False
    used: bool = False


def decide_collect(holder: UUID | None, union: UUID, person: UUID, on: date) -> tuple[CardInfoCollected]:
    """`holder` is the card that the person has."""
    if holder is not None:
        raise CardExists(
            f"card {holder} is this person's",
            field="person",
            value=str(person),
            remedy="cancel it first, or replace it when it was lost",
        )
    return (CardInfoCollected(occurredon=on, union=union, person=person),)


def decide_issue(state: ServiceCard, on: date) -> tuple[CardIssued]:
    """Made once; after a loss it is replaced."""
    _refuse_step(state, on, "issued_on", "collected")
    return (CardIssued(occurredon=on, person=state.person),)


def decide_deliver(state: ServiceCard, on: date) -> tuple[CardDelivered]:
    """To the person."""
    _refuse_step(state, on, "delivered_on", "issued")
    return (CardDelivered(occurredon=on, person=state.person),)


def decide_use(state: ServiceCard, times: int, on: date) -> tuple[CardUsed]:
    """As often as is told, from delivery on."""
    _refuse_step(state, on, "used_on", "delivered")
    return (CardUsed(occurredon=on, person=state.person, times=times, first=not state.used),)


def decide_lose(state: ServiceCard, on: date) -> tuple[CardLost]:
    """Once it was out."""
    _refuse_step(state, on, "lost_on", "delivered")
    return (CardLost(occurredon=on, person=state.person),)


def decide_replace(state: ServiceCard, on: date) -> tuple[CardReplaced]:
    """Another card for the lost one, to be delivered."""
    _refuse_step(state, on, "replaced_on", "lost")
    return (CardReplaced(occurredon=on, person=state.person),)


def decide_cancel(state: ServiceCard, on: date) -> tuple[CardCancelled]:
    """At any stage, once."""
    _refuse_step(state, on, "cancelled_on", "collected", "issued", "delivered", "lost")
    return (
        CardCancelled(
            occurredon=on,
            person=state.person,
            issued=state.issued,
            delivered=state.stage == "delivered",
        ),
    )


def evolve(state: ServiceCard | None, event: CardEvent) -> ServiceCard:
    """The card after the event."""
    if isinstance(event, CardInfoCollected):
        return ServiceCard(union=event.union, person=event.person, latest_on=event.occurredon)
    assert state is not None
    return state.model_copy(update={"latest_on": event.occurredon, **_changed(event)})


def _changed(
    event: CardIssued | CardDelivered | CardUsed | CardLost | CardReplaced | CardCancelled,
) -> dict[str, object]:
    match event:
        case CardIssued() | CardReplaced():
            return {"stage": "issued", "issued": True}
        case CardDelivered():
            return {"stage": "delivered"}
        case CardUsed():
            return {"used": True}
        case CardLost():
            return {"stage": "lost"}
        case CardCancelled():
            return {"stage": "cancelled"}
        case _:
            assert_never(event)


def _refuse_step(state: ServiceCard, on: date, field: str, *stages: Stage) -> None:
    if state.stage not in stages:
        raise CardStageWrong(
            f"the card is {state.stage}",
            field="card",
            value=state.stage,
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
    if on < state.latest_on:
        raise BeforeCardStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
