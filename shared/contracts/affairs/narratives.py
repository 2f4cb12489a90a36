"""What a union says of a year beside its figures: problems and next steps. The texts stay in the service."""

from uuid import UUID

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


class OfNarrative(AffairsEvent):
    """Of one union and year; `entry` is the id of the text, `topic` what it is about."""

    union: UUID
    year: int
    entry: UUID
    topic: str
    carried_from: UUID | None = None


@released
class ProblemRecorded(OfNarrative):
    """Something that is not as it should be; only another than `recorder` may review it."""

    recorder: str


@released
class NextPlanItemRecorded(OfNarrative):
    """Something to be done next; only another than `recorder` may review it."""

    recorder: str


@released
class NarrativeItemCarriedOver(AffairsEvent):
    """The item goes on in the narrative of a later year, as `to_entry` there."""

    union: UUID
    year: int
    topic: str
    item: str
    entry: UUID
    to_entry: UUID
    to_year: int


@released
class NextStepTakenUp(AffairsEvent):
    """A next step became a target or a line of a plan."""

    union: UUID
    year: int
    topic: str
    entry: UUID
    became: str
    thing: UUID


@released
class NarrativeReviewed(AffairsEvent):
    """Somebody else has read it."""

    union: UUID
    year: int
    problems: int
    next_steps: int
    reviewer: str


@released
class NarrativePublished(AffairsEvent):
    """It stands in the summary of the year."""

    union: UUID
    year: int
    problems: int
    next_steps: int


@released
class NarrativeTextErased(AffairsEvent):
    """The text of an item, `entry` or where it was carried over from, is no more; the item stays."""

    union: UUID
    year: int
    topic: str
    entry: UUID
    text: UUID
    reason: str
    approver: str
