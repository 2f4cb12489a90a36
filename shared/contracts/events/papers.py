"""Research papers of unions: how many shall be handed in, which were, which were awarded."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


@released
class PapersPlanned(ActivityEvent):
    """So many for a year, at least and at most; the old numbers where there were some."""

    union: UUID
    year: int
    old_at_least: int | None
    at_least: int
    old_at_most: int | None
    at_most: int


@released
class PaperSubmitted(ActivityEvent):
    """Handed in to a union above; `author` is a person of the register if known."""

    union: UUID
    receiver: UUID
    author: UUID | None


@released
class PaperAwarded(ActivityEvent):
    """Judged the first, second ... prize."""

    union: UUID
    paper_award: str
