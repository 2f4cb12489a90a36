"""Training: set targets, plan, hold, complete."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import trainings as rules
from services.events.domain.trainings import Training, TrainingTarget
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.events import TraineeGroup, TrainingPlanned, TrainingTargetSet
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

TRAINING: Kind[Training] = Kind("training", Training, rules.evolve, lambda state: state.union)
TARGET: Kind[TrainingTarget] = Kind(
    "training-target", TrainingTarget, rules.evolve_target, lambda state: state.union
)
Some = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]


class SetTrainingTarget(Command):
    """So many are to complete a programme in a year; a later one takes the place of an earlier one."""

    union: UnionText
    programme: CatalogueId
    year: Annotated[int, Field(strict=True, ge=1949, le=2100)]
    people: Count
    document: DocumentNumber
    set_on: BusinessDate


class PlanTraining(Command):
    """A class, or several, for so many."""

    union: UnionText
    programme: CatalogueId
    planned: Count
    planned_on: BusinessDate


class HoldTraining(Command):
    """So many classes with so many trainees."""

    training: UUID
    classes: Count = 1
    trainees: Count
    held_on: BusinessDate


class TraineesOf(Command):
    """Those who have an attribute."""

    attribute: CatalogueId
    people: Some


class CompleteTraining(Command):
    """So many completed it; groups overlap."""

    training: UUID
    people: Some
    groups: Annotated[tuple[TraineesOf, ...], Field(max_length=20)] = ()
    completed_on: BusinessDate


def set_training_target(work: Work, command: SetTrainingTarget) -> Answer:
    """The id answered is the target's."""
    work.want(need_of_union(command.union))
    catalogue("training_programmes").checked(command.programme, "programme")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.set_on, "set_on")
    id_ = rules.target_id(union, command.programme, command.year)
    said = command.model_dump(exclude={"union", "set_on"})
    target = TrainingTargetSet(occurredon=command.set_on, union=union, old_people=None, **said)
    return work.record(TARGET, id_, rules.decide_target(work.get(TARGET, id_), target), union)


def plan_training(work: Work, command: PlanTraining) -> Answer:
    """The id answered is the class's."""
    work.want(need_of_union(command.union))
    catalogue("training_programmes").checked(command.programme, "programme")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    planned = TrainingPlanned(
        occurredon=command.planned_on, union=union, programme=command.programme, planned=command.planned
    )
    return work.record(TRAINING, work.new_id(), [planned], union)


def hold_training(work: Work, command: HoldTraining) -> Answer:
    """Once."""
    state = _found(work, command.training, command.held_on)
    events = rules.decide_hold(state, command.classes, command.trainees, command.held_on)
    return _answer(work, command.training, state, events)


def complete_training(work: Work, command: CompleteTraining) -> Answer:
    """After it was held."""
    for group in command.groups:
        catalogue("trainee_attributes").checked(group.attribute, "attribute")
    state = _found(work, command.training, command.completed_on)
    groups = [TraineeGroup(**group.model_dump()) for group in command.groups]
    events = rules.decide_complete(state, command.people, groups, command.completed_on)
    return _answer(work, command.training, state, events)


def _found(work: Work, training: UUID, on: date) -> Training:
    work.want(Own(training))
    refuse_future(on, work.today, "on")
    return find(work, TRAINING, training)


def _answer(work: Work, id_: UUID, state: Training, events: tuple[Event, ...]) -> Answer:
    return work.record(TRAINING, id_, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SetTrainingTarget: set_training_target,
    PlanTraining: plan_training,
    HoldTraining: hold_training,
    CompleteTraining: complete_training,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/training-targets", SetTrainingTarget, "Set the target of a year", creates=True),
    CommandRoute("/trainings", PlanTraining, "Plan a training", creates=True),
    BulkRoute("/trainings/bulk", PlanTraining, "Plan trainings of a list"),
    CommandRoute("/trainings/{training}/hold", HoldTraining, "A training was held"),
    CommandRoute("/trainings/{training}/complete", CompleteTraining, "Trainees completed it"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/trainings", TRAINING, "Trainings"),
    Listing("/training-targets", TARGET, "Training targets"),
)
