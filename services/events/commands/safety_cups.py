"""The safety competition: enter a round, report accidents, assess."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.events.domain import safety_cups as rules
from services.events.domain.safety_cups import SafetyCup
from shared.catalogues import catalogue
from shared.contracts.events import AnkangAccidentsReported, AnkangCupAssessed, AnkangCupEntered
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work

CUP: Kind[SafetyCup] = Kind("ankang-cup", SafetyCup, rules.evolve, lambda state: state.union)
Some = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]


class EnterAnkangCup(Command):
    """A union takes part in a round."""

    union: UnionText
    round: CatalogueId
    plants: Some = 0
    subsidiaries: Some = 0
    production_teams: Some = 0
    participants: Some = 0
    entered_on: BusinessDate


class ReportAnkangAccidents(Command):
    """Accidents of one severity in a year, as the authority has them; zero is told."""

    cup: UUID
    year: Annotated[int, Field(strict=True, ge=1949, le=2100)]
    severity: CatalogueId
    accidents: Some
    document: DocumentNumber
    reported_on: BusinessDate


class AssessAnkangCup(Command):
    """What was commended."""

    cup: UUID
    advanced_units: Some = 0
    advanced_teams: Some = 0
    organisers: Some = 0
    people: Some = 0
    document: DocumentNumber
    assessed_on: BusinessDate


def enter_ankang_cup(work: Work, command: EnterAnkangCup) -> Answer:
    """The id answered is that of the union's part in the round."""
    work.want(need_of_union(command.union))
    rules.rounds().checked(command.round, "round")
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.entered_on, "entered_on")
    id_ = rules.cup_id(union, command.round)
    said = command.model_dump(exclude={"union", "entered_on"})
    entered = AnkangCupEntered(occurredon=command.entered_on, union=union, **said)
    return work.record(CUP, id_, rules.decide_enter(work.get(CUP, id_), entered), union)


def report_ankang_accidents(work: Work, command: ReportAnkangAccidents) -> Answer:
    """A later report takes the place of an earlier one."""
    work.want(Own(command.cup))
    catalogue("accident_severities").checked(command.severity, "severity")
    refuse_future(command.reported_on, work.today, "reported_on")
    state = find(work, CUP, command.cup, "cup")
    said = command.model_dump(exclude={"cup", "reported_on"})
    report = AnkangAccidentsReported(occurredon=command.reported_on, old_accidents=None, **said)
    return work.record(CUP, command.cup, rules.decide_report(state, report), state.union)


def assess_ankang_cup(work: Work, command: AssessAnkangCup) -> Answer:
    """When every severity of both years was told."""
    work.want(Own(command.cup))
    refuse_future(command.assessed_on, work.today, "assessed_on")
    state = find(work, CUP, command.cup, "cup")
    said = command.model_dump(exclude={"cup", "assessed_on"})
    assessed = AnkangCupAssessed(occurredon=command.assessed_on, round=state.round, **said)
    return work.record(CUP, command.cup, rules.decide_assess(state, assessed), state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    EnterAnkangCup: enter_ankang_cup,
    ReportAnkangAccidents: report_ankang_accidents,
    AssessAnkangCup: assess_ankang_cup,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/ankang-cups", EnterAnkangCup, "Take part in a round of the safety competition", creates=True
    ),
    CommandRoute("/ankang-cups/{cup}/accidents", ReportAnkangAccidents, "Report accidents, zero too"),
    BulkRoute("/ankang-cups/accidents/bulk", ReportAnkangAccidents, "Report accidents of a list"),
    CommandRoute("/ankang-cups/{cup}/assess", AssessAnkangCup, "Assess and commend"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/ankang-cups", CUP, "Safety competitions"),)
