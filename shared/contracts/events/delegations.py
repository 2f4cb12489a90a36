"""People sent to contests of others: sent, with what result, promoted to which grade (DOMAIN ACT-08)."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class AboutDelegation(ActivityEvent):
    """Level of the host, discipline, and the number of the contest where it is held again and again."""

    contest_level: str
    discipline: str
    edition: int | None = None


@released
class DelegationSent(AboutDelegation):
    """Counts at the sender; the host counts what it holds. `competition` if the host keeps it here, too."""

    union: UUID
    people: int
    items: int
    enterprises: int
    competition: UUID | None = None


@released
class DelegationResultRecorded(AboutDelegation):
    """So many of those sent had this award, and the rank where there is one; on the day of the contest."""

    award: str
    rank: int | None
    people: int
    held_on: date


@released
class SkillGradePromoted(AboutDelegation):
    """The labour authority gave a grade for the result, with a certificate."""

    person: UUID
    grade: str
    certificate: str
