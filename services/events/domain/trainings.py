"""Training with a target; attributes of trainees overlap."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.contracts import events as e
from shared.contracts.events import TraineeGroup
from shared.errors import Refused
from shared.stages import refuse_step

TrainingEvent = e.TrainingPlanned | e.TrainingHeld | e.TrainingCompleted
_TARGETS = UUID("6b1f2f0e-8d0b-5a5e-9b58-3d0a1f6c7e21")


class CompletedBeyondTrainees(Refused):
    """More would have completed it than took part."""

    code = "completed-beyond-trainees"


class GroupBeyondCompleted(Refused):
    """A part is larger than the whole."""

    code = "group-beyond-completed"


class GroupTwice(Refused):
    """An attribute is counted twice."""

    code = "group-twice"


class TrainingTarget(BaseModel):
    """What is to be reached in a year."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    programme: str
    year: int
    people: int


class Training(BaseModel):
    """A class, or a series of them."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    programme: str
    planned: int
    stage: str
    since: date
    trainees: int = 0
    completed: int = 0


def target_id(union: UUID, programme: str, year: int) -> UUID:
    """One for each union, programme and year."""
    return uuid5(_TARGETS, f"{union}/{programme}/{year}")


def evolve_target(_state: TrainingTarget | None, event: e.TrainingTargetSet) -> TrainingTarget:
    """The latest word."""
    return TrainingTarget.model_validate(event.model_dump(include=set(TrainingTarget.model_fields)))


def decide_target(
    state: TrainingTarget | None, target: e.TrainingTargetSet
) -> tuple[e.TrainingTargetSet, ...]:
    """In place of the earlier one, which the event names."""
    old = state.people if state else None
    return () if old == target.people else (target.model_copy(update={"old_people": old}),)


def evolve(state: Training | None, event: TrainingEvent) -> Training:
    """The class after the event."""
    if isinstance(event, e.TrainingPlanned):
        said = event.model_dump(include={"union", "programme", "planned"})
        return Training.model_validate(said | {"stage": "planned", "since": event.occurredon})
    assert state is not None, "a class is planned first"
    if isinstance(event, e.TrainingHeld):
        done: dict[str, object] = {"stage": "held", "trainees": event.trainees}
    else:
        done = {"stage": "completed", "completed": event.people}
    return state.model_copy(update=done | {"since": event.occurredon})


def decide_hold(state: Training, classes: int, trainees: int, on: date) -> tuple[e.TrainingHeld]:
    """Once."""
    refuse_step(state, ("planned",), on, "on")
    return (e.TrainingHeld(occurredon=on, programme=state.programme, classes=classes, trainees=trainees),)


def decide_complete(
    state: Training, people: int, groups: Sequence[TraineeGroup], on: date
) -> tuple[e.TrainingCompleted]:
    """No more than took part; no group larger than that, though together they may be."""
    refuse_step(state, ("held",), on, "on")
    if people > state.trainees:
        raise CompletedBeyondTrainees(
            f"{state.trainees} took part",
            field="people",
            value=str(people),
            remedy="count those who completed it",
        )
    for group in groups:
        if group.people > people:
            raise GroupBeyondCompleted(
                f"{people} completed it",
                field="groups",
                value=f"{group.attribute}: {group.people}",
                remedy="count those of them who completed it",
            )
    if len({group.attribute for group in groups}) < len(groups):
        raise GroupTwice("a group is named twice", field="groups", remedy="name each attribute once")
    return (
        e.TrainingCompleted(occurredon=on, programme=state.programme, people=people, groups=tuple(groups)),
    )
