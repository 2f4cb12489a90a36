"""Problems and next steps of one union and year: drafted, reviewed by somebody else, published.

An item is here by its id and topic; its text lies sealed beside it, never in an event.
"""

from collections.abc import Mapping
from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.contracts.affairs import (
    NarrativeItemCarriedOver,
    NarrativePublished,
    NarrativeReviewed,
    NarrativeTextErased,
    NextPlanItemRecorded,
    NextStepTakenUp,
    ProblemRecorded,
)
from shared.errors import NotFound, Refused
from shared.frozen import Frozen
from shared.stages import refuse_out_of_turn, refuse_step

Recorded = ProblemRecorded | NextPlanItemRecorded
NarrativeEvent = (
    Recorded
    | NarrativeItemCarriedOver
    | NextStepTakenUp
    | NarrativeReviewed
    | NarrativePublished
    | NarrativeTextErased
)
ItemKind = Literal["problem", "next_step"]


class ItemUnknown(NotFound):
    """The narrative has no such item."""

    code = "narrative-item-unknown"


class NotANextStep(Refused):
    """Only a next step becomes a target or a line of a plan, and only once."""

    code = "narrative-not-an-open-next-step"


class CarriedBackwards(Refused):
    """An item goes on in a later year, once."""

    code = "narrative-carried-wrongly"


class ForAnotherUnion(Refused):
    """A next step becomes a target or plan of the same union."""

    code = "narrative-of-another-union"


class TextErased(Refused):
    """The text of this item was erased before."""

    code = "narrative-text-erased"


class Item(Frozen):
    """`origin` is the entry under which the text lies; `became` the target or plan it turned into."""

    kind: ItemKind
    topic: str
    origin: UUID
    recorder: str
    became: UUID | None = None
    carried_to: int | None = None
    erased: bool = False


class Narrative(Frozen):
    """The items by id."""

    union: UUID
    year: int
    items: Mapping[UUID, Item] = {}
    stage: str = "drafted"
    since: date

    def count(self, kind: ItemKind) -> int:
        """Items of a kind."""
        return sum(item.kind == kind for item in self.items.values())


def decide_record(narrative: Narrative | None, recorded: Recorded) -> tuple[Recorded]:
    """While it is not reviewed."""
    if narrative is not None:
        refuse_out_of_turn(narrative, "drafted")
    return (recorded,)


def decide_carry(
    narrative: Narrative, entry: UUID, new: tuple[UUID, int], on: date
) -> tuple[NarrativeItemCarriedOver]:
    """Into a later year, once; `new` is the entry there and its year."""
    item, (new_entry, year) = item_of(narrative, entry), new
    refuse_step(narrative, ("published",), on, "carried_on")
    if year <= narrative.year or item.carried_to is not None:
        raise CarriedBackwards(
            "it was carried over, or the year is no later one", "to_year", str(year), "name a later year"
        )
    carried = NarrativeItemCarriedOver(
        occurredon=on,
        union=narrative.union,
        year=narrative.year,
        topic=item.topic,
        item=item.kind,
        entry=entry,
        to_entry=new_entry,
        to_year=year,
    )
    return (carried,)


def decide_take_up(
    narrative: Narrative, entry: UUID, thing: tuple[str, UUID, UUID], on: date
) -> tuple[NextStepTakenUp]:
    """`thing`: target or plan, its id, its union."""
    item, (became, id_, union) = item_of(narrative, entry), thing
    if item.kind != "next_step" or item.became is not None:
        raise NotANextStep(
            "it is a problem, or it was taken up", "entry", str(entry), "name an open next step"
        )
    if union != narrative.union:
        raise ForAnotherUnion("it is of another union", became, str(id_), "name one of this union")
    refuse_step(narrative, ("drafted", "reviewed", "published"), on, "taken_up_on")
    taken = NextStepTakenUp(
        occurredon=on,
        union=narrative.union,
        year=narrative.year,
        topic=item.topic,
        entry=entry,
        became=became,
        thing=id_,
    )
    return (taken,)


def decide_review(narrative: Narrative, reviewer: str, on: date) -> tuple[NarrativeReviewed]:
    """By somebody who recorded none of its items."""
    refuse_step(narrative, ("drafted",), on, "reviewed_on")
    for item in narrative.items.values():
        refuse_own(item.recorder, reviewer)
    reviewed = NarrativeReviewed(
        occurredon=on,
        union=narrative.union,
        year=narrative.year,
        problems=narrative.count("problem"),
        next_steps=narrative.count("next_step"),
        reviewer=reviewer,
    )
    return (reviewed,)


def decide_publish(narrative: Narrative, on: date) -> tuple[NarrativePublished]:
    """After the review."""
    refuse_step(narrative, ("reviewed",), on, "published_on")
    published = NarrativePublished(
        occurredon=on,
        union=narrative.union,
        year=narrative.year,
        problems=narrative.count("problem"),
        next_steps=narrative.count("next_step"),
    )
    return (published,)


def decide_erase(
    narrative: Narrative, entry: UUID, approver: str, reason: str, on: date
) -> tuple[NarrativeTextErased]:
    """By somebody else than who wrote it, at any stage, once."""
    item = item_of(narrative, entry)
    if item.erased:
        raise TextErased("its text was erased before", "entry", str(entry), "nothing is left to be done")
    refuse_step(narrative, ("drafted", "reviewed", "published"), on, "erased_on")
    refuse_own(item.recorder, approver)
    erased = NarrativeTextErased(
        occurredon=on,
        union=narrative.union,
        year=narrative.year,
        topic=item.topic,
        entry=entry,
        text=item.origin,
        reason=reason,
        approver=approver,
    )
    return (erased,)


def item_of(narrative: Narrative, entry: UUID) -> Item:
    """Raises ItemUnknown."""
    if entry not in narrative.items:
        raise ItemUnknown("the narrative has no such item", "entry", str(entry), "check the id")
    return narrative.items[entry]


def evolve(narrative: Narrative | None, event: NarrativeEvent) -> Narrative:
    """The narrative after the event."""
    if isinstance(event, ProblemRecorded | NextPlanItemRecorded):
        now = narrative or Narrative(union=event.union, year=event.year, since=event.occurredon)
        return _with(now, event.entry, _item(event))
    assert narrative is not None
    match event:
        case NarrativeItemCarriedOver():
            item = narrative.items[event.entry].model_copy(update={"carried_to": event.to_year})
            return _with(narrative, event.entry, item)
        case NextStepTakenUp():
            item = narrative.items[event.entry].model_copy(update={"became": event.thing})
            return _with(narrative, event.entry, item)
        case NarrativeTextErased():
            item = narrative.items[event.entry].model_copy(update={"erased": True})
            return _with(narrative, event.entry, item)
        case NarrativeReviewed():
            stage = "reviewed"
        case NarrativePublished():
            stage = "published"
        case _:
            assert_never(event)
    return narrative.model_copy(update={"stage": stage, "since": event.occurredon})


def _item(event: Recorded) -> Item:
    return Item(
        kind="problem" if isinstance(event, ProblemRecorded) else "next_step",
        topic=event.topic,
        origin=event.carried_from or event.entry,
        recorder=event.recorder,
    )


def _with(narrative: Narrative, entry: UUID, item: Item) -> Narrative:
    return narrative.model_copy(update={"items": {**narrative.items, entry: item}})
