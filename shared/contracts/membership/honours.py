"""Honours: recommended at a union, granted by a level (DOMAIN ACT-01)."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class HonourEvent(MembershipEvent):
    """A step of one honour; the recipient is a person, an organisation, or a team inside `recipient`."""

    series: str
    level: str
    year: int
    recipient_kind: str
    recipient: UUID


@released
class HonourRecommended(HonourEvent):
    """A candidate; not yet awarded anything."""

    document: str | None
    recorder: str


@released
class HonourReviewed(HonourEvent):
    """Looked at by somebody other than who recommended."""

    passed: bool
    recorder: str
    reviewer: str


@released
class HonourAwarded(HonourEvent):
    """Granted at `level`, perhaps another one than it was recommended for."""

    recommended_level: str
    document: str | None
    recorder: str
    approver: str


@released
class HonourNotAwarded(HonourEvent):
    """The recommendation came to nothing."""

    recorder: str
    approver: str


@released
class HonourRevoked(HonourEvent):
    """Taken away for a reason; what was recorded wrongly was not awarded on `awarded_on` either."""

    awarded_on: date
    reason: str
    recorder: str
    approver: str
