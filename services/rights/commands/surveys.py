"""Survey the situation of workers."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.steps import Step, said, take
from services.rights.domain import surveys as rules
from services.rights.domain.surveys import Survey
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    EmployerText,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_employer, find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

SURVEY: Kind[Survey] = Kind("survey", Survey, rules.evolve, lambda survey: survey.union)


class OpenSurvey(Command):
    """A survey on a topic begins."""

    union: UnionText
    topic: CatalogueId
    opened_on: BusinessDate


class VisitEnterprise(Command):
    """A named enterprise, or so many that are not named."""

    survey: UUID
    employer: EmployerText | None = None
    enterprises: Count = 1
    person_times: CountOrZero
    visited_on: BusinessDate


class CloseSurvey(Command):
    """No more visits."""

    survey: UUID
    closed_on: BusinessDate


class ReportSurvey(Command):
    """Its report is written."""

    survey: UUID
    document: DocumentNumber
    reported_on: BusinessDate


def open_survey(work: Work, command: OpenSurvey) -> Answer:
    """The id answered is the survey's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.opened_on, "opened_on")
    return said(work, SURVEY, id_, rules.decide_open(union, command.topic, command.opened_on), union)


def visit(work: Work, command: VisitEnterprise) -> Answer:
    """A named enterprise counts once."""
    employer = find_employer(work, command.employer) if command.employer else None
    step = Step(command.survey, command.visited_on, "visited_on")
    return take(
        work,
        SURVEY,
        step,
        lambda survey: rules.decide_visit(
            survey, employer, command.enterprises, command.person_times, step.on
        ),
    )


def close(work: Work, command: CloseSurvey) -> Answer:
    """Once."""
    step = Step(command.survey, command.closed_on, "closed_on")
    return take(work, SURVEY, step, lambda survey: rules.decide_close(survey, step.on))


def report(work: Work, command: ReportSurvey) -> Answer:
    """After closing."""
    step = Step(command.survey, command.reported_on, "reported_on")
    return take(work, SURVEY, step, lambda survey: rules.decide_report(survey, command.document, step.on))


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenSurvey: open_survey,
    VisitEnterprise: visit,
    CloseSurvey: close,
    ReportSurvey: report,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/surveys", OpenSurvey, "Open a survey", creates=True),
    CommandRoute("/surveys/{survey}/visit", VisitEnterprise, "Tell of a visit"),
    BulkRoute("/surveys/visit/bulk", VisitEnterprise, "Tell of visits"),
    CommandRoute("/surveys/{survey}/close", CloseSurvey, "Close a survey"),
    CommandRoute("/surveys/{survey}/report", ReportSurvey, "Tell of a survey's report"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/surveys", SURVEY, "Surveys"),)
