"""Evaluations, anonymous at the source: no event says who gave which score, nor that one ballot was given."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class DimensionScore(BaseModel):
    """All scores of one dimension added up, and how many they are; a score is 0 to 100."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    dimension: str
    total: int
    scores: int


class Candidate(BaseModel):
    """Somebody who was evaluated."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    person: UUID


class EvaluationBand(BaseModel):
    """So many of those reviewed came into a band."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    band: str
    people: int


@released
class EvaluationRoundOpened(RightsEvent):
    """Leading cadres are evaluated; `candidates` are person ids, `invited` may give a ballot."""

    union: UUID
    kind: str
    candidates: tuple[UUID, ...]
    invited: int


@released
class EvaluationScored(RightsEvent):
    """The ballots of a round, counted after its end: sums per dimension only."""

    kind: str
    ballots: int
    dimensions: tuple[DimensionScore, ...]


@released
class EvaluationRoundClosed(RightsEvent):
    """The round is over; `dimensions` is the number of those scored."""

    kind: str
    candidates: tuple[Candidate, ...]
    dimensions: int
    invited: int
    ballots: int
    document: str


@released
class EthicsReviewed(RightsEvent):
    """Professional ethics reviewed for a semester: how many came into which band."""

    union: UUID
    semester: str
    reviewed: int
    bands: tuple[EvaluationBand, ...]
    document: str
