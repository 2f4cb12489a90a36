"""A disclosure: prepared, published by another for a time, or taken down before."""

from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.contracts.finance import (
    BudgetDisclosed,
    DisclosedItem,
    DisclosurePrepared,
    DisclosureWithdrawn,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

DisclosureEvent = DisclosurePrepared | BudgetDisclosed | DisclosureWithdrawn


class ItemTwice(Refused):
    """A line stands once."""

    code = "disclosure-item-twice"


class PostedBackwards(Refused):
    """It would be taken down before it was put up."""

    code = "posted-until-before-publication"


class PostingOver(Refused):
    """By then it hung there no more."""

    code = "posting-over"


class Disclosure(Frozen):
    """What is shown, where, and until when."""

    union: UUID
    kind: str
    year: int
    items: tuple[DisclosedItem, ...]
    recorder: str
    channel: str = ""
    posted_until: date | None = None
    stage: str = "prepared"
    since: date


class Posting(NamedTuple):
    """Where and how long."""

    channel: str
    until: date | None
    on: date


def decide_prepare(prepared: DisclosurePrepared) -> tuple[DisclosurePrepared]:
    """Each line once."""
    names = [each.item for each in prepared.items]
    if len(set(names)) < len(names):
        twice = next(name for name in names if names.count(name) > 1)
        raise ItemTwice(
            "a line stands there twice", field="items", value=twice, remedy="add the amounts up in one line"
        )
    return (prepared,)


def decide_publish(disclosure: Disclosure, posting: Posting, approver: str) -> tuple[BudgetDisclosed]:
    """By another than who put it together."""
    refuse_step(disclosure, ("prepared",), posting.on, "published_on")
    refuse_own(disclosure.recorder, approver)
    if posting.until and posting.until < posting.on:
        raise PostedBackwards(
            f"it is published on {posting.on}",
            field="posted_until",
            value=str(posting.until),
            remedy="give that day or a later one",
        )
    return (
        BudgetDisclosed(
            occurredon=posting.on,
            kind=disclosure.kind,
            year=disclosure.year,
            channel=posting.channel,
            items=disclosure.items,
            posted_until=posting.until,
            approver=approver,
        ),
    )


def decide_withdraw(disclosure: Disclosure, document: str, on: date) -> tuple[DisclosureWithdrawn]:
    """Before its time is over."""
    refuse_step(disclosure, ("published",), on, "withdrawn_on")
    if disclosure.posted_until and on > disclosure.posted_until:
        raise PostingOver(
            f"it hung there until {disclosure.posted_until}",
            field="withdrawn_on",
            value=str(on),
            remedy="nothing is to be done",
        )
    return (
        DisclosureWithdrawn(
            occurredon=on,
            kind=disclosure.kind,
            year=disclosure.year,
            channel=disclosure.channel,
            old_posted_until=disclosure.posted_until,
            document=document,
        ),
    )


def evolve(disclosure: Disclosure | None, event: DisclosureEvent) -> Disclosure:
    """The disclosure after the event."""
    if isinstance(event, DisclosurePrepared):
        return Disclosure(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert disclosure is not None
    changes: dict[str, object]
    match event:
        case BudgetDisclosed():
            changes = {"stage": "published", "channel": event.channel, "posted_until": event.posted_until}
        case DisclosureWithdrawn():
            changes = {"stage": "withdrawn"}
        case _:
            assert_never(event)
    return disclosure.model_copy(update={**changes, "since": event.occurredon})
