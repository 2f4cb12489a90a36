"""Help to find work again: registered, referred, employed."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


class OfJobSeeker(WelfareEvent):
    """Something about one person's search for work."""

    person: UUID


@released
class JobSeekerRegistered(OfJobSeeker):
    """The union helps this person to find work."""

    union: UUID


@released
class JobSeekerReferred(OfJobSeeker):
    """Sent to an employer, if it is one that is known."""

    employer: UUID | None


@released
class WorkerReemployed(OfJobSeeker):
    """Found work, at an employer that may be known."""

    employer: UUID | None


@released
class JobSearchEnded(OfJobSeeker):
    """The search was given up."""
