"""Pairs of master and apprentice, and lectures on demand."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


@released
class MentorPairFormed(ActivityEvent):
    """A master takes an apprentice."""

    union: UUID
    mentor: UUID
    apprentice: UUID


@released
class MentorPairCompleted(ActivityEvent):
    """The pair ends."""

    outcome: str


@released
class LectureRequested(ActivityEvent):
    """An employer asks for an hour on a topic."""

    union: UUID
    employer: UUID
    topic: str


@released
class LectureMatched(ActivityEvent):
    """Somebody who will give it was found."""

    topic: str


@released
class LectureHeld(ActivityEvent):
    """It was given; what it cost the employer is told, zero too."""

    topic: str
    minutes: int
    attendances: int
    enterprise_cost_fen: int
    warnings: tuple[str, ...] = ()
