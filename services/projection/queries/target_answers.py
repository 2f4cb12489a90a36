"""The shapes in which targets are answered."""

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.projection.catalogue import load
from services.projection.catalogue.targets import named
from services.projection.queries import display
from services.projection.queries.answers import CUT, TermAnswer, UnitAnswer, term_answer, unit_answer
from services.projection.queries.targets import Became, Report, Target, Targets
from shared.catalogues import catalogue


class TargetPartAnswer(BaseModel):
    """What was handed on to a union below; its own progress is asked for there."""

    target: UUID
    unit: UUID | None
    unit_name: str | None
    number: int


class TargetReportAnswer(BaseModel):
    """What the union reported last, beside what the figure says of the same day now.

    `done` and `figure_said` are whole numbers of what the measure counts; `agrees` is null without data.
    """

    cut_on: date
    done: int
    became: Became | None = Field(description="met or missed once it was closed.")
    figure_said: int | None
    agrees: bool | None


class TargetAnswer(BaseModel):
    """One target; `completion`, `over` (percent) and `remaining` are null while the figure has no data."""

    target: UUID
    measure: str
    label: str
    label_en: str
    population: str
    population_label: str
    calendar: str
    first_day: date
    last_day: date
    number: int
    display: str
    done: TermAnswer = Field(description="The figure of the measure from the first day of its year.")
    completion: str | None
    over: str | None
    remaining: int | str | None
    parts_number: int
    parts: list[TargetPartAnswer]
    report: TargetReportAnswer | None


class TargetsAnswer(BaseModel):
    """The targets of one union at one cut."""

    cut: str = Field(description=CUT)
    unit: UnitAnswer
    last: date = Field(alias="to")
    provisional: bool = Field(description="An event numbered before `known_at` may still arrive.")
    targets: list[TargetAnswer]


def targets_answer(found: Targets) -> TargetsAnswer:
    """With the printed number beside the exact one."""
    return TargetsAnswer.model_validate(
        {
            "cut": str(found.question.cut),
            "unit": unit_answer(found.question.unit),
            "to": found.question.last,
            "provisional": found.question.known.provisional,
            "targets": [_target(each) for each in found.targets],
        }
    )


def _target(each: Target) -> dict[str, Any]:
    number = load().figure(named(each.measure.id, each.population))
    return {
        "target": each.target,
        "measure": each.measure.id,
        "label": each.measure.zh,
        "label_en": each.measure.en,
        "population": each.population,
        "population_label": catalogue("target_populations")[each.population].zh,
        "calendar": each.calendar,
        "first_day": each.first_day,
        "last_day": each.last_day,
        "number": each.number,
        "display": display.printed(number, each.number),
        "done": term_answer(each.done),
        "completion": _exact(each.told("completion")),
        "over": _exact(each.told("over")),
        "remaining": _exact(each.told("remaining")),
        "parts_number": each.parts_number,
        "parts": [TargetPartAnswer.model_validate(part, from_attributes=True) for part in each.parts],
        "report": _report(each.report),
    }


def _report(report: Report | None) -> TargetReportAnswer | None:
    return TargetReportAnswer.model_validate(report, from_attributes=True) if report else None


def _exact(value: Decimal | int | None) -> str | int | None:
    return str(value) if isinstance(value, Decimal) else value
