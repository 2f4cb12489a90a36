"""Monthly scoring: points of departments, ranking, flags, and what the year adds up to.

Scores are hundredths of a point. What concerns one entrant counts at the entrant's own union.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class Standing(BaseModel):
    """Score and rank of one entrant."""

    model_config = ConfigDict(frozen=True)

    entrant: UUID
    score: int
    rank: int


@released
class ScoreboardOpened(ActivityEvent):
    """For one calendar year; `criteria` is how many things are checked."""

    union: UUID
    year: int
    entrants: tuple[UUID, ...]
    departments: tuple[str, ...]
    criteria: int
    rank_rule: str
    document: str


@released
class MonthlyScoreRecorded(ActivityEvent):
    """Points of one department for the month that begins on `month`; at the entrant's union."""

    entrant: UUID
    month: date
    department: str
    points: int


@released
class MonthlyScoreCorrected(ActivityEvent):
    """Points changed after the month was closed; at the entrant's union."""

    entrant: UUID
    month: date
    department: str
    old_points: int
    points: int
    document: str


@released
class AnnualScoreAccumulated(ActivityEvent):
    """The month's score goes into the year's, in place of `old_score`; at the entrant's union."""

    entrant: UUID
    month: date
    old_score: int | None
    score: int


@released
class ScoreFlagChanged(ActivityEvent):
    """The flag of a month, in place of `old_flag`; at the entrant's union."""

    entrant: UUID
    month: date
    old_flag: str | None
    flag: str | None


@released
class MonthlyRankingPublished(ActivityEvent):
    """The month's order and the year's so far; published anew when points were corrected (`edition`)."""

    month: date
    edition: int
    ranking: tuple[Standing, ...]
    year_ranking: tuple[Standing, ...]
