"""Plan, hold and complete trainings of cadres."""

from functools import partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.commands.fields import BusinessDate, CatalogueId, Command, Level, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.people import find_person
from services.membership.commands.references import find_union, need_of
from services.membership.domain import trainings
from services.membership.domain.members import membership_of
from services.membership.domain.trainings import Course, Training
from shared.contracts.membership import CadreTrainingPlanned, Trainee
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import Count
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

LARGEST_CLASS = 400
"""So many trainees fit into one event."""


class PlanCadreTraining(Command):
    """A training for so many people, on a topic of the catalogue."""

    union: UnionReference
    topic: CatalogueId
    places: Count
    planned_on: BusinessDate


class TraineeNamed(Command):
    """Who took part: a person of the register, in which role, at which level of union."""

    person: UUID
    role: CatalogueId
    level: Level


class HoldCadreTraining(Command):
    """As it was held: hours, attendances over all sessions, and everybody who took part."""

    training: UUID
    held_on: BusinessDate
    hours: Count
    person_times: Count
    trainees: Annotated[tuple[TraineeNamed, ...], Field(min_length=1, max_length=LARGEST_CLASS)]


class CompleteCadreTraining(Command):
    """Those who passed."""

    training: UUID
    passed: Annotated[tuple[UUID, ...], Field(max_length=LARGEST_CLASS)]
    completed_on: BusinessDate


def _evolve(unit: UUID, state: Training | None, event: Any) -> Training:
    if isinstance(event, CadreTrainingPlanned):
        return trainings.planned(unit, event)
    return trainings.evolve(state, event)


def training_at(unit: UUID) -> Kind[Training]:
    """Trainings, for recording events at this union."""
    return Kind(
        name="training",
        state=Training,
        evolve=partial(_evolve, unit),
        unit=lambda training: training.union,
    )


TRAINING = training_at(UUID(int=0))
"""For reading only: events are recorded with `training_at`."""


def plan_cadre_training(work: Work, command: PlanCadreTraining) -> Answer:
    """The answer names the training."""
    work.want(need_of(command.union))
    unit, union = find_union(work, command.union, "union")
    events = trainings.decide_plan(union, command.topic, command.places, command.planned_on, work.today)
    hold_living(work, unit, union)
    return work.record(training_at(unit), work.new_id(), events, unit)


def hold_cadre_training(work: Work, command: HoldCadreTraining) -> Answer:
    """Everybody is in the register of people."""
    people = [each.person for each in command.trainees]
    work.want(Own(command.training), *(Own(each) for each in people))
    work.want(*(Own(membership_of(each)) for each in people))
    state = find(work, TRAINING, command.training)
    for each in people:
        find_person(work, each, "trainees")
    those = tuple(Trainee(person=each.person, role=each.role, level=each.level) for each in command.trainees)
    course = Course(command.hours, command.person_times, those)
    events = trainings.decide_hold(state, course, command.held_on, work.today)
    return work.record(training_at(state.union), command.training, events, state.union)


def complete_cadre_training(work: Work, command: CompleteCadreTraining) -> Answer:
    """Once."""
    work.want(Own(command.training))
    state = find(work, TRAINING, command.training)
    events = trainings.decide_complete(state, command.passed, command.completed_on, work.today)
    return work.record(training_at(state.union), command.training, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanCadreTraining: plan_cadre_training,
    HoldCadreTraining: hold_cadre_training,
    CompleteCadreTraining: complete_cadre_training,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/trainings", PlanCadreTraining, "Plan a training of cadres", creates=True),
    CommandRoute("/trainings/{training}/hold", HoldCadreTraining, "Record a training as held"),
    CommandRoute("/trainings/{training}/complete", CompleteCadreTraining, "Record who passed"),
)
LISTINGS = (Listing("/trainings", TRAINING, "Trainings of cadres"),)
