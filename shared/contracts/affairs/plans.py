"""Plan lines and their due days: plans, regular meetings, reports, wall boards, by one rule of frequency.

All due days of a line are said when it is scheduled, so that the calendar alone shows what was missed.
`settles_on` is the day from which a due item no longer counts as overdue.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


class DueDay(BaseModel):
    """One day on which something is due."""

    model_config = ConfigDict(frozen=True)

    on: date


class OfPlan(AffairsEvent):
    """`family` is plan, meeting, report or board; `theme` what the line is about."""

    family: str
    kind: str
    theme: str


@released
class PlanItemScheduled(OfPlan):
    """A line of the year's plan with all its due days; `next_step` is where it came from, if it did."""

    union: UUID
    year: int
    frequency: str
    due: tuple[DueDay, ...]
    next_step: UUID | None = None
    warnings: tuple[str, ...] = ()


class OfDueDay(OfPlan):
    """What became of one due day."""

    due_on: date
    settles_on: date


class PlanItemDone(OfDueDay):
    """Done on `occurredon`, in time or late."""

    in_time: bool


@released
class PlanItemCompleted(PlanItemDone):
    """A plan item was done."""


@released
class PlanItemPostponed(OfDueDay):
    """It is due on another day; `due_on` is the old one."""

    new_due_on: date


@released
class PlanItemDropped(OfDueDay):
    """It will not be done, and is no longer due."""


@released
class MeetingHeld(PlanItemDone):
    """A regular meeting took place with so many people."""

    participants: int


@released
class ReportSubmitted(PlanItemDone):
    """A regular report was handed in under its number."""

    document: str


@released
class BlackboardIssuePosted(PlanItemDone):
    """An issue of the blackboard newspaper, on so many boards."""

    boards: int


@released
class BlackboardJudged(OfPlan):
    """Boards of an issue were judged in a contest; `festival` where it was held for one."""

    due_on: date
    boards_judged: int
    points: int
    festival: bool
