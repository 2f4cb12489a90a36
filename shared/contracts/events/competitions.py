"""Competitions: announced, entered, held in rounds, ranked, prized and commended."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class RankedEntry(BaseModel):
    """The rank of one entry; those who tie have the same."""

    model_config = ConfigDict(frozen=True)

    entry: UUID
    entrant_kind: str
    entrant: UUID
    rank: int


class EntryPrize(BaseModel):
    """What one entry gets for its rank."""

    model_config = ConfigDict(frozen=True)

    entry: UUID
    entrant_kind: str
    rank: int
    fen: int


class AboutCompetition(ActivityEvent):
    """What every event of a competition says of it; `edition`: 首届 is 1; `level` is the union's."""

    kind: str
    discipline: str
    theme: str
    edition: int | None = None
    level: int | None = None


@released
class CompetitionAnnounced(AboutCompetition):
    """`rank_rule`: dense (1, 2, 2, 3) or gapped (1, 2, 2, 4); `prize_rule`: ties repeat or share it.

    `goal_percent` is what it wants to reach, such as all products of good quality.
    """

    union: UUID
    pilot: bool
    rank_rule: str
    prize_rule: str
    single_events: int
    limit: int
    document: str
    goal_percent: int | None = None


@released
class CompetitionEntered(AboutCompetition):
    """`entrant` is a person, a union, an employer, or the union of a team; `people` compete in the entry."""

    entry: UUID
    entrant_kind: str
    entrant: UUID
    people: int


@released
class CompetitionEntryWithdrawn(AboutCompetition):
    """The entry does not take part."""

    entry: UUID
    entrant_kind: str
    entrant: UUID
    people: int


@released
class CompetitionStarted(AboutCompetition):
    """Nobody enters any more."""


@released
class CompetitionRoundHeld(AboutCompetition):
    """A round before the last one, so many entries in it."""

    number: int
    entries: int


@released
class CompetitionHeld(AboutCompetition):
    """So many times; people, person-times, teams and units apart, 0 where they were not counted."""

    times: int
    single_events: int
    participants: int
    person_times: int
    teams: int
    units: int


@released
class CompetitionRanked(AboutCompetition):
    """All results of one single event, in place of `old_results`."""

    single_event: int
    old_results: tuple[RankedEntry, ...]
    results: tuple[RankedEntry, ...]


@released
class CompetitionPrizesDecided(AboutCompetition):
    """Who gets what in one single event; it is paid by finance."""

    single_event: int
    prizes: tuple[EntryPrize, ...]
    fen: int


@released
class CompetitionCommended(AboutCompetition):
    """Advanced units, teams and people named by a document."""

    units: int
    teams: int
    people: int
    document: str


@released
class CompetitionClosed(AboutCompetition):
    """Nothing more follows."""


@released
class CompetitionCancelled(AboutCompetition):
    """It was announced and is not held."""
