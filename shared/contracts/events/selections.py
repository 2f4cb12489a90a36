"""Selection campaigns: planned, opened, nominated, voted, decided."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class NomineeVotes(BaseModel):
    """Votes for the nominee of this number."""

    model_config = ConfigDict(frozen=True)

    nominee: int
    votes: int


@released
class SelectionPlanned(ActivityEvent):
    """At most `places` nominees shall be selected."""

    union: UUID
    selection_kind: str
    places: int
    planned_for: date


@released
class SelectionOpened(ActivityEvent):
    """Nominations are taken."""

    selection_kind: str
    document: str


@released
class NomineeProposed(ActivityEvent):
    """Number `nominee` of the list: a person, or a group or office that has no id."""

    selection_kind: str
    nominee: int
    person: UUID | None


@released
class SelectionVotesCounted(ActivityEvent):
    """The ballot: so many voted."""

    selection_kind: str
    voters: int
    votes: tuple[NomineeVotes, ...]


@released
class SelectionDecided(ActivityEvent):
    """Who was selected, by number; `warnings` tell of one with fewer votes than one left out."""

    selection_kind: str
    nominated: int
    selected: int
    nominees: tuple[int, ...]
    document: str
    warnings: tuple[str, ...]
