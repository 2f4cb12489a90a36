"""Monthly scoring: open the year's scoreboard, give points, close months, correct."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from services.events.domain import scoreboards as rules
from services.events.domain.month_closing import AtUnion, decide_close, decide_publish
from services.events.domain.scoreboards import Scoreboard, evolve
from shared.catalogues import catalogue
from shared.contracts.events import MonthlyScoreCorrected, MonthlyScoreRecorded, ScoreboardOpened
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, UnionText, fault
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Copied, Own
from shared.work.work import Work

SCOREBOARD: Kind[Scoreboard] = Kind("scoreboard", Scoreboard, evolve, lambda state: state.union)


def _first_day(day: date) -> date:
    if day.day != 1:
        raise fault("month-not-first-day", "name a month by its first day, such as 2013-05-01")
    return day


MonthDay = Annotated[BusinessDate, AfterValidator(_first_day)]
Points = Annotated[int, Field(strict=True, ge=0, le=10_000, description="Points, a whole number.")]


class OpenScoreboard(Command):
    """Who competes by the points of which departments throughout a year; entrants are unions, by id."""

    union: UnionText
    year: Annotated[int, Field(strict=True, ge=1949, le=2100)]
    entrants: Annotated[tuple[UUID, ...], Field(min_length=2, max_length=60)]
    departments: Annotated[tuple[CatalogueId, ...], Field(min_length=1, max_length=10)]
    criteria: Annotated[int, Field(strict=True, ge=0, le=1000)] = 0
    rank_rule: Literal["dense", "gapped"] = "dense"
    document: DocumentNumber
    opened_on: BusinessDate


class RecordMonthlyScore(Command):
    """Points out of a hundred of one department for one entrant and month."""

    scoreboard: UUID
    entrant: UUID
    department: CatalogueId
    month: MonthDay
    points: Points
    recorded_on: BusinessDate


class CloseScoringMonth(Command):
    """The month's order is published."""

    scoreboard: UUID
    month: MonthDay
    closed_on: BusinessDate


class CorrectMonthlyScore(Command):
    """Points of a closed month were wrong."""

    scoreboard: UUID
    entrant: UUID
    department: CatalogueId
    month: MonthDay
    points: Points
    document: DocumentNumber
    corrected_on: BusinessDate


def open_scoreboard(work: Work, command: OpenScoreboard) -> Answer:
    """The id answered is the scoreboard's."""
    work.want(need_of_union(command.union), *(Copied(UNIT.name, each) for each in command.entrants))
    for department in command.departments:
        catalogue("scoring_departments").checked(department, "departments")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    for entrant in command.entrants:
        work.copied(UNIT, entrant)
    said = command.model_dump(exclude={"union", "opened_on"})
    opened = ScoreboardOpened(occurredon=command.opened_on, union=union, **said)
    return work.record(SCOREBOARD, work.new_id(), rules.decide_open(opened), union)


def record_monthly_score(work: Work, command: RecordMonthlyScore) -> Answer:
    """Once for each department, entrant and month."""
    state = _found(work, command.scoreboard, command.month, command.recorded_on)
    said = command.model_dump(exclude={"scoreboard", "recorded_on"})
    score = MonthlyScoreRecorded(occurredon=command.recorded_on, **said)
    return work.record(SCOREBOARD, command.scoreboard, rules.decide_score(state, score), command.entrant)


def close_scoring_month(work: Work, command: CloseScoringMonth) -> Answer:
    """Ranking, flags, and what goes into the year."""
    state = _found(work, command.scoreboard, command.month, command.closed_on)
    return _recorded(work, command.scoreboard, decide_close(state, command.month, command.closed_on))


def correct_monthly_score(work: Work, command: CorrectMonthlyScore) -> Answer:
    """Old and new points show, and the ranking is published anew."""
    state = _found(work, command.scoreboard, command.month, command.corrected_on)
    said = command.model_dump(exclude={"scoreboard", "corrected_on"})
    corrected = MonthlyScoreCorrected(occurredon=command.corrected_on, old_points=0, **said)
    events = rules.decide_correct(state, corrected)
    answer = work.record(SCOREBOARD, command.scoreboard, events, command.entrant)
    if not events:
        return answer
    after = find(work, SCOREBOARD, command.scoreboard)
    return _recorded(work, command.scoreboard, decide_publish(after, command.month, command.corrected_on))


def _found(work: Work, scoreboard: UUID, month: date, on: date) -> Scoreboard:
    work.want(Own(scoreboard))
    refuse_future(on, work.today, "on")
    refuse_future(month, on, "month")
    return find(work, SCOREBOARD, scoreboard)


def _recorded(work: Work, scoreboard: UUID, told: Iterable[AtUnion]) -> Answer:
    for union, event in told:
        work.record(SCOREBOARD, scoreboard, [event], union)
    return Answer(scoreboard, work.version(SCOREBOARD, scoreboard))


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenScoreboard: open_scoreboard,
    RecordMonthlyScore: record_monthly_score,
    CloseScoringMonth: close_scoring_month,
    CorrectMonthlyScore: correct_monthly_score,
}
_ONE = "/scoreboards/{scoreboard}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/scoreboards", OpenScoreboard, "Open the scoreboard of a year", creates=True),
    CommandRoute(f"{_ONE}/scores", RecordMonthlyScore, "Points of a department"),
    BulkRoute("/scoreboards/scores/bulk", RecordMonthlyScore, "Points of departments as a list"),
    CommandRoute(f"{_ONE}/close-month", CloseScoringMonth, "Close a month and publish its order"),
    CommandRoute(f"{_ONE}/correct", CorrectMonthlyScore, "Correct points of a closed month"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/scoreboards", SCOREBOARD, "Scoreboards"),)
