"""Labour-law supervision by unions: inspections and the letters, each after the one before (RIG-18)."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class OfSupervision(RightsEvent):
    """Something about one supervision of an employer, on a topic of the catalogue."""

    topic: str


class EndOfWaiting(OfSupervision):
    """A letter's answer is awaited no more.

    In time, `in_time_due` is the last day of the term; later, `overdue_to` is the day it is overdue no more.
    """

    in_time_due: date | None = None
    overdue_to: date | None = None


@released
class LawSupervisionOpened(OfSupervision):
    """A union looks into an employer."""

    union: UUID
    employer: UUID


@released
class EmployerInspected(OfSupervision):
    """On the spot, by these supervisors; `workers` are those whom violations concern."""

    employer: UUID
    supervisors: tuple[UUID, ...]
    violations: int
    workers: int
    warnings: tuple[str, ...] = ()


@released
class SupervisionLetterSent(EndOfWaiting):
    """A letter of a kind; an answer to the one before is awaited no more. No `due_on`: no term is known."""

    letter: str
    earlier: str | None
    sender: UUID
    document: str
    due_on: date | None


@released
class SupervisionLetterAnswered(EndOfWaiting):
    """The employer, or the authority, has answered."""

    letter: str
    document: str


@released
class RectificationVerified(EndOfWaiting):
    """What the last letter asked for is done."""

    letter: str


@released
class LawSupervisionClosed(EndOfWaiting):
    """With a result of the catalogue; `letter` is the last one sent."""

    letter: str | None
    result: str
