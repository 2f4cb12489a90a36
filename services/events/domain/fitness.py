"""Daily exercise and opening hours: sessions held against the schedule."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.events import (
    FitnessAttendanceCorrected,
    FitnessAttendanceRecorded,
    FitnessScheduled,
)
from shared.errors import Refused

FitnessEvent = FitnessScheduled | FitnessAttendanceRecorded | FitnessAttendanceCorrected
LONGEST_DAYS = 366


class ScheduleEmpty(Refused):
    """No day of the period is a day of the schedule."""

    code = "schedule-empty"


class ScheduleTooLong(Refused):
    """A schedule runs for a year at most."""

    code = "schedule-too-long"


class SessionNotScheduled(Refused):
    """The schedule has no session on this day."""

    code = "session-not-scheduled"


class SessionRecordedTwice(Refused):
    """The session of this day was told."""

    code = "session-recorded-twice"


class SessionNotRecorded(Refused):
    """The session of this day was not told."""

    code = "session-not-recorded"


class AttendanceUnchanged(Refused):
    """Old and new number are the same."""

    code = "attendance-unchanged"


class FitnessProgramme(BaseModel):
    """`days` of the schedule; `held` ones with their attendances."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    fitness_kind: str
    minutes: int
    days: tuple[date, ...]
    held: Mapping[date, int] = {}


def evolve(programme: FitnessProgramme | None, event: FitnessEvent) -> FitnessProgramme:
    """The programme after the event."""
    if isinstance(event, FitnessScheduled):
        return FitnessProgramme(
            union=event.union,
            fitness_kind=event.fitness_kind,
            minutes=event.minutes,
            days=tuple(session.on for session in event.sessions),
        )
    assert programme is not None, "a programme is scheduled first"
    day = event.held_on if isinstance(event, FitnessAttendanceCorrected) else event.occurredon
    return programme.model_copy(update={"held": {**programme.held, day: event.person_times}})


def days_of(
    first: date, last: date, weekdays: Collection[int], without: Collection[date]
) -> tuple[date, ...]:
    """Days from `first` to `last` on these weekdays (1 Monday to 7 Sunday), leaving some out.

    Raises ScheduleTooLong, ScheduleEmpty.
    """
    length = (last - first).days + 1
    if length > LONGEST_DAYS:
        raise ScheduleTooLong(
            f"a schedule has at most {LONGEST_DAYS} days",
            field="last_on",
            value=str(last),
            remedy="make a schedule for each year",
        )
    every = (first + timedelta(n) for n in range(length))
    days = tuple(day for day in every if day.isoweekday() in weekdays and day not in without)
    if not days:
        raise ScheduleEmpty(
            "no day is left", field="weekdays", value=f"{first} {last}", remedy="check days and weekdays"
        )
    return days


def decide_record(
    programme: FitnessProgramme, person_times: int, on: date
) -> tuple[FitnessAttendanceRecorded]:
    """Once for a day of the schedule."""
    if on not in programme.days:
        raise SessionNotScheduled(
            "no session is scheduled", field="held_on", value=str(on), remedy="make a schedule for that day"
        )
    if on in programme.held:
        raise SessionRecordedTwice(
            "the session was told", field="held_on", value=str(on), remedy="correct it if it was wrong"
        )
    return (
        FitnessAttendanceRecorded(
            occurredon=on,
            fitness_kind=programme.fitness_kind,
            minutes=programme.minutes,
            person_times=person_times,
        ),
    )


def decide_correct(
    programme: FitnessProgramme, held_on: date, person_times: int, on: date
) -> tuple[FitnessAttendanceCorrected]:
    """Old and new number."""
    old = programme.held.get(held_on)
    if old is None:
        raise SessionNotRecorded(
            "the session was not told", field="held_on", value=str(held_on), remedy="record it"
        )
    if old == person_times:
        raise AttendanceUnchanged(
            "this is the number", field="person_times", value=str(old), remedy="give the right number"
        )
    return (
        FitnessAttendanceCorrected(
            occurredon=on,
            fitness_kind=programme.fitness_kind,
            held_on=held_on,
            old_person_times=old,
            person_times=person_times,
        ),
    )
