"""Archives and their inspection by peers, integrity talks, partners, contracts of performance."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


@released
class ArchiveFiled(AffairsEvent):
    """A union has filed its papers of a year."""

    union: UUID
    year: int


@released
class ArchiveInspected(AffairsEvent):
    """Another union of the same one above looked at them and found so many gaps."""

    union: UUID
    inspector: UUID
    year: int
    gaps: int


@released
class ArchiveCorrected(AffairsEvent):
    """So many gaps were closed; `left` remain."""

    union: UUID
    year: int
    gaps: int
    left: int


@released
class IntegrityTalkPlanned(AffairsEvent):
    """A talk about integrity is to be held."""

    union: UUID
    kind: str


@released
class IntegrityTalkHeld(AffairsEvent):
    """It was held with so many people; so many issues came up."""

    kind: str
    participants: int
    issues: int


@released
class IntegrityTalkFollowedUp(AffairsEvent):
    """So many issues were dealt with; `left` remain."""

    kind: str
    issues: int
    left: int


@released
class PartnerProposed(AffairsEvent):
    """A union wants to work together with another body."""

    union: UUID
    partner: str


@released
class PartnerJoined(AffairsEvent):
    """The other body agreed."""

    union: UUID
    partner: str


@released
class JointActivityHeld(AffairsEvent):
    """Something was held together; `activity` is its id where it is recorded elsewhere."""

    union: UUID
    partner: str
    participants: int
    activity: UUID | None = None


@released
class PartnershipConcluded(AffairsEvent):
    """The work together has ended."""

    union: UUID
    partner: str


class ContractItem(BaseModel):
    """An item of a contract of performance, with the most points it can have."""

    model_config = ConfigDict(frozen=True)

    item: str
    points: int


@released
class PerformanceContractSigned(AffairsEvent):
    """`union` answers to `issuer` for these items in a year."""

    issuer: UUID
    union: UUID
    year: int
    items: tuple[ContractItem, ...]
    document: str


@released
class PerformanceItemScored(AffairsEvent):
    """Points for one item; `old_points` is what it had before."""

    union: UUID
    year: int
    item: str
    points: int
    old_points: int
    maximum: int


@released
class PerformanceAssessed(AffairsEvent):
    """The assessment at the end of the year."""

    union: UUID
    year: int
    points: int
    maximum: int
