"""Assess a union's finances and grade them."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.finance.commands.budgets import Year
from services.finance.commands.fields import BusinessDate, Command, UnionText
from services.finance.domain import grading
from services.finance.domain.grading import (
    FinanceAssessment,
    decide_apply,
    decide_assess,
    decide_grade,
    finance_assessment_id,
)
from shared.catalogues import catalogue
from shared.contracts.finance import FinanceAssessmentApplied
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.roles import APPROVER
from shared.work.work import Work

ASSESSMENT: Kind[FinanceAssessment] = Kind(
    "finance-assessment", FinanceAssessment, grading.evolve, lambda state: state.union
)


class ApplyForFinanceAssessment(Command):
    """A union asks for an assessment of a year, or begins one of its own."""

    union: UnionText
    kind: CatalogueId
    year: Year
    applied_on: BusinessDate


class AssessFinances(Command):
    """Points out of a hundred."""

    assessment: UUID
    score: Annotated[int, Field(strict=True, ge=0, le=100)]
    assessed_on: BusinessDate


class GradeFinances(Command):
    """The grade, by another than who gave the points."""

    assessment: UUID
    grade: CatalogueId
    document: DocumentNumber
    graded_on: BusinessDate


def apply_for_finance_assessment(work: Work, command: ApplyForFinanceAssessment) -> Answer:
    """The id answered is the assessment's."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.applied_on, "applied_on")
    kind = catalogue("finance_assessment_kinds").checked(command.kind, "kind").id
    id_ = finance_assessment_id(union, kind, command.year)
    applied = FinanceAssessmentApplied(
        occurredon=command.applied_on, union=union, kind=kind, year=command.year
    )
    return work.record(ASSESSMENT, id_, decide_apply(work.get(ASSESSMENT, id_), applied), union)


def assess_finances(work: Work, command: AssessFinances) -> Answer:
    """Once."""
    assessment = find(work, ASSESSMENT, command.assessment, "assessment")
    refuse_bad_date(work, assessment.union, command.assessed_on, "assessed_on")
    events = decide_assess(assessment, command.score, command.assessed_on, work.actor)
    return work.record(ASSESSMENT, command.assessment, events, assessment.union)


def grade_finances(work: Work, command: GradeFinances) -> Answer:
    """Once."""
    assessment = find(work, ASSESSMENT, command.assessment, "assessment")
    refuse_bad_date(work, assessment.union, command.graded_on, "graded_on")
    grade = catalogue("finance_grades").checked(command.grade, "grade").id
    events = decide_grade(assessment, grade, command.document, command.graded_on, work.actor)
    return work.record(ASSESSMENT, command.assessment, events, assessment.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    ApplyForFinanceAssessment: apply_for_finance_assessment,
    AssessFinances: assess_finances,
    GradeFinances: grade_finances,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/finance-assessments", ApplyForFinanceAssessment, "Apply for a finance assessment", creates=True
    ),
    CommandRoute("/finance-assessments/{assessment}/assess", AssessFinances, "Give points"),
    CommandRoute("/finance-assessments/{assessment}/grade", GradeFinances, "Give a grade", role=APPROVER),
)
LISTINGS: tuple[Listing, ...] = (Listing("/finance-assessments", ASSESSMENT, "Finance assessments"),)
