"""Daily exercise and opening hours: schedule sessions, record attendances, correct them."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import fitness as rules
from services.events.domain.fitness import FitnessProgramme, evolve
from shared.catalogues import catalogue
from shared.contracts.events import FitnessScheduled, FitnessSession
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, CountOrZero, PlannedDate, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

PROGRAMME: Kind[FitnessProgramme] = Kind(
    "fitness-programme", FitnessProgramme, evolve, lambda state: state.union
)
Weekday = Annotated[int, Field(strict=True, ge=1, le=7, description="1 Monday to 7 Sunday.")]


class ScheduleFitness(Command):
    """A session on each of these weekdays from the first to the last day, but for some."""

    union: UnionText
    fitness_kind: CatalogueId
    minutes: int = Field(strict=True, ge=1, le=1440, description="Minutes of a session.")
    first_on: PlannedDate
    last_on: PlannedDate
    weekdays: list[Weekday] = Field(default=[1, 2, 3, 4, 5], min_length=1, max_length=7)
    without: list[PlannedDate] = Field(default_factory=list, max_length=366)
    scheduled_on: BusinessDate


class RecordFitnessAttendance(Command):
    """The session of a day took place."""

    fitness_programme: UUID
    person_times: CountOrZero
    held_on: BusinessDate


class CorrectFitnessAttendance(Command):
    """The number of a day was wrong."""

    fitness_programme: UUID
    held_on: BusinessDate
    person_times: CountOrZero
    corrected_on: BusinessDate


def schedule(work: Work, command: ScheduleFitness) -> Answer:
    """The id answered is the programme's; its days are fixed."""
    work.want(need_of_union(command.union))
    catalogue("fitness_kinds").checked(command.fitness_kind, "fitness_kind")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.scheduled_on, "scheduled_on")
    days = rules.days_of(command.first_on, command.last_on, set(command.weekdays), set(command.without))
    scheduled = FitnessScheduled(
        occurredon=command.scheduled_on,
        union=union,
        fitness_kind=command.fitness_kind,
        minutes=command.minutes,
        sessions=tuple(FitnessSession(on=day) for day in days),
    )
    return work.record(PROGRAMME, work.new_id(), (scheduled,), union)


def record(work: Work, command: RecordFitnessAttendance) -> Answer:
    """Once a day."""
    refuse_future(command.held_on, work.today, "held_on")
    state = find(work, PROGRAMME, command.fitness_programme)
    events = rules.decide_record(state, command.person_times, command.held_on)
    return work.record(PROGRAMME, command.fitness_programme, events, state.union)


def correct(work: Work, command: CorrectFitnessAttendance) -> Answer:
    """Old and new number stand in the event."""
    refuse_future(command.corrected_on, work.today, "corrected_on")
    state = find(work, PROGRAMME, command.fitness_programme)
    events = rules.decide_correct(state, command.held_on, command.person_times, command.corrected_on)
    return work.record(PROGRAMME, command.fitness_programme, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    ScheduleFitness: schedule,
    RecordFitnessAttendance: record,
    CorrectFitnessAttendance: correct,
}
_ONE = "/fitness-programmes/{fitness_programme}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/fitness-programmes", ScheduleFitness, "Schedule daily exercise", creates=True),
    CommandRoute(f"{_ONE}/record", RecordFitnessAttendance, "Record a session"),
    BulkRoute("/fitness-programmes/sessions/bulk", RecordFitnessAttendance, "Record many sessions"),
    CommandRoute(f"{_ONE}/correct", CorrectFitnessAttendance, "Correct a session"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/fitness-programmes", PROGRAMME, "Daily exercise and opening hours"),
)
