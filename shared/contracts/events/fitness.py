"""Daily exercise and opening hours: what the schedule has, what took place."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class FitnessSession(BaseModel):
    """One session of the schedule."""

    model_config = ConfigDict(frozen=True)

    on: date


@released
class FitnessScheduled(ActivityEvent):
    """Sessions of `minutes` each."""

    union: UUID
    fitness_kind: str
    minutes: int
    sessions: tuple[FitnessSession, ...]


@released
class FitnessAttendanceRecorded(ActivityEvent):
    """One session took place, with so many attendances."""

    fitness_kind: str
    minutes: int
    person_times: int


@released
class FitnessAttendanceCorrected(ActivityEvent):
    """The attendances of a session (of `held_on`) were told wrongly."""

    fitness_kind: str
    held_on: date
    old_person_times: int
    person_times: int
