"""Tournaments of several rounds, in which every member of a union group may have to take part."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class TournamentPlace(BaseModel):
    """A group and its rank; ranks may be shared."""

    model_config = ConfigDict(frozen=True)

    group: int
    rank: int


@released
class TournamentPlanned(ActivityEvent):
    """A contest in so many rounds; `sport` is a kind of activity."""

    union: UUID
    sport: str
    rounds: int
    compulsory: bool
    planned_for: date


@released
class TournamentGroupCounted(ActivityEvent):
    """Of a union group's members so many took part in the preliminary."""

    sport: str
    group: int
    members: int
    entrants: int
    warnings: tuple[str, ...]


@released
class TournamentRoundHeld(ActivityEvent):
    """Round `number` of `rounds`: so many played and so many go on (0 after the final)."""

    sport: str
    number: int
    rounds: int
    stage: str
    entrants: int
    advanced: int


@released
class TournamentResultPublished(ActivityEvent):
    """The ranks of the groups, after the final."""

    sport: str
    places: tuple[TournamentPlace, ...]
    document: str
