"""An assessment of a union's finances for a year: applied for, assessed by points, graded by another."""

from datetime import date
from typing import assert_never
from uuid import UUID, uuid5

from services.finance.domain.numbering import NAMESPACE
from shared.approval import refuse_own
from shared.contracts.finance import (
    FinanceAssessed,
    FinanceAssessmentApplied,
    FinanceAssessmentGraded,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

GradingEvent = FinanceAssessmentApplied | FinanceAssessed | FinanceAssessmentGraded


class AlreadyApplied(Refused):
    """There is one assessment of a kind for a union and year."""

    code = "finance-assessment-already-applied"


class FinanceAssessment(Frozen):
    """One assessment; score and grade once they are known."""

    union: UUID
    kind: str
    year: int
    score: int | None = None
    assessor: str = ""
    grade: str | None = None
    stage: str = "applied"
    since: date


def finance_assessment_id(union: UUID, kind: str, year: int) -> UUID:
    """The assessment of a union, a kind and a year."""
    return uuid5(NAMESPACE, f"finance-assessment/{union}/{kind}/{year}")


def decide_apply(
    present: FinanceAssessment | None, applied: FinanceAssessmentApplied
) -> tuple[FinanceAssessmentApplied]:
    """Once for a kind and year."""
    if present:
        raise AlreadyApplied(
            f"it is {present.stage}",
            field="year",
            value=str(applied.year),
            remedy="continue with that assessment",
        )
    return (applied,)


def decide_assess(
    assessment: FinanceAssessment, score: int, on: date, assessor: str
) -> tuple[FinanceAssessed]:
    """Points from 0 to 100."""
    refuse_step(assessment, ("applied",), on, "assessed_on")
    return (
        FinanceAssessed(
            occurredon=on, kind=assessment.kind, year=assessment.year, score=score, assessor=assessor
        ),
    )


def decide_grade(
    assessment: FinanceAssessment, grade: str, document: str, on: date, grader: str
) -> tuple[FinanceAssessmentGraded]:
    """By another than who gave the points."""
    refuse_step(assessment, ("assessed",), on, "graded_on")
    refuse_own(assessment.assessor, grader)
    assert assessment.score is not None
    return (
        FinanceAssessmentGraded(
            occurredon=on,
            kind=assessment.kind,
            year=assessment.year,
            score=assessment.score,
            grade=grade,
            grader=grader,
            document=document,
        ),
    )


def evolve(assessment: FinanceAssessment | None, event: GradingEvent) -> FinanceAssessment:
    """The assessment after the event."""
    if isinstance(event, FinanceAssessmentApplied):
        return FinanceAssessment(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert assessment is not None
    changes: dict[str, object]
    match event:
        case FinanceAssessed():
            changes = {"stage": "assessed", "score": event.score, "assessor": event.assessor}
        case FinanceAssessmentGraded():
            changes = {"stage": "graded", "grade": event.grade}
        case _:
            assert_never(event)
    return assessment.model_copy(update={**changes, "since": event.occurredon})
