"""The safety competition 安康杯, in rounds of two years; accidents as the authority has them, zero told."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


@released
class AnkangCupEntered(ActivityEvent):
    """A union takes part in a round with so many."""

    union: UUID
    round: str
    plants: int
    subsidiaries: int
    production_teams: int
    participants: int


@released
class AnkangAccidentsReported(ActivityEvent):
    """So many accidents of one severity in a year of the round; 0 is a fact, a later report replaces it."""

    year: int
    severity: str
    old_accidents: int | None
    accidents: int
    document: str


@released
class AnkangCupAssessed(ActivityEvent):
    """Commended when everything was told: units, teams, organisers, people."""

    round: str
    advanced_units: int
    advanced_teams: int
    organisers: int
    people: int
    document: str
