"""Trainings of cadres: planned, held, completed. People, attendances and hours are three numbers."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.officers import roles
from services.membership.domain.unions import Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import (
    CadreTrainingCompleted,
    CadreTrainingHeld,
    CadreTrainingPlanned,
    Trainee,
)
from shared.errors import Malformed, Refused


class TrainingNotAtThisStage(Refused):
    """Planned, held, completed: in this order."""

    code = "training-not-at-this-stage"


class TraineeTwice(Malformed):
    """Everybody is counted once."""

    code = "trainee-twice"


class FewerAttendancesThanPeople(Malformed):
    """Whoever took part was there at least once."""

    code = "fewer-attendances-than-people"


class NotATrainee(Malformed):
    """Only those who took part can pass."""

    code = "not-a-trainee"


class Course(NamedTuple):
    """A training as held."""

    hours: int
    person_times: int
    trainees: tuple[Trainee, ...]


class Training(BaseModel):
    """State of a training, held by `union`."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    topic: str
    planned_on: date
    held_on: date | None = None
    trainees: tuple[Trainee, ...] = ()
    completed_on: date | None = None


def decide_plan(
    union: Union, topic: str, places: int, on: date, today: date
) -> tuple[CadreTrainingPlanned, ...]:
    """For so many people."""
    catalogue("training_topics").checked(topic, "topic")
    check_happened(on, today)
    check_living(union, on)
    return (CadreTrainingPlanned(occurredon=on, topic=topic, places=places),)


def decide_hold(training: Training, course: Course, on: date, today: date) -> tuple[CadreTrainingHeld, ...]:
    """Everybody who took part, once, each in a role of the catalogue."""
    _check_stage(held=training.held_on is None, stage="held already")
    check_happened(on, today)
    check_not_before(training.planned_on, on)
    for each in course.trainees:
        roles().checked(each.role, "trainees")
    if len({each.person for each in course.trainees}) < len(course.trainees):
        raise TraineeTwice("somebody is named twice", "trainees", "", "name everybody once")
    if course.person_times < len(course.trainees):
        raise FewerAttendancesThanPeople(
            f"{len(course.trainees)} people, {course.person_times} attendances",
            "person_times",
            str(course.person_times),
            "count everybody at every session",
        )
    return (CadreTrainingHeld(occurredon=on, topic=training.topic, **course._asdict()),)


def decide_complete(
    training: Training, passed: tuple[UUID, ...], on: date, today: date
) -> tuple[CadreTrainingCompleted, ...]:
    """Those who passed, of those who took part."""
    _check_stage(held=training.held_on is not None, stage="not held yet")
    _check_stage(held=training.completed_on is None, stage="completed already")
    check_happened(on, today)
    check_not_before(training.held_on, on)
    if strangers := set(passed) - {each.person for each in training.trainees}:
        raise NotATrainee(
            f"{len(strangers)} of them did not take part",
            "passed",
            str(min(strangers)),
            "name those who took part",
        )
    those = tuple(each for each in training.trainees if each.person in set(passed))
    return (CadreTrainingCompleted(occurredon=on, topic=training.topic, passed=those),)


def planned(union: UUID, event: CadreTrainingPlanned) -> Training:
    """The first state."""
    return Training(union=union, topic=event.topic, planned_on=event.occurredon)


def evolve(training: Training | None, event: Any) -> Training:
    """The next state; the plan is followed by `planned`, for the envelope tells the union."""
    if training is None:
        raise TypeError(f"{type(event).__name__} before the training was planned")
    match event:
        case CadreTrainingHeld():
            change: dict[str, Any] = {"held_on": event.occurredon, "trainees": event.trainees}
        case CadreTrainingCompleted():
            change = {"completed_on": event.occurredon}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a training")
    return training.model_copy(update=change)


def _check_stage(*, held: bool, stage: str) -> None:
    if not held:
        raise TrainingNotAtThisStage(
            f"the training is {stage}", "training", stage, "plan, hold, complete: in this order"
        )
