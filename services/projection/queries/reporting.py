"""The shapes of answers about reports: exact values as text, and as they are printed."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.projection.catalogue import load
from services.projection.queries import display
from services.projection.queries.answers import EventAnswer, UnitAnswer, unit_answer
from services.projection.queries.reports import Closing, Reported, Restated
from services.projection.queries.trail import Entry
from services.projection.queries.units import Unit

EXACT = "The exact number as text, in the unit of the figure; null: no data."


class ClosingAnswer(BaseModel):
    """A closed period.

    `checked`: its figures were computed at its cut; `differing` of them were reported otherwise. `trouble` is
    the code of why they cannot be computed, such as a cut that is none.
    """

    report: UUID
    line: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    cut: str
    closed_on: date
    figures: int
    checked: bool
    differing: int
    trouble: str | None
    restatements: int


class ClosingsAnswer(BaseModel):
    """The periods that a union has closed, the latest first."""

    unit: UnitAnswer
    closings: list[ClosingAnswer]


class ReportedFigureAnswer(BaseModel):
    """A figure as reported, as the projection has it at the cut of the closing, and as it stands now.

    `own` and `standing` are null as well until the closing is `checked`.
    """

    figure: str
    label: str
    reported: str | None = Field(description=EXACT)
    own: str | None = Field(description=EXACT)
    standing: str | None = Field(description=EXACT)
    display: str = Field(description="What was reported, as it is printed.")
    checked: bool
    differs: bool
    restated: bool


class ReportedAnswer(BaseModel):
    """Every figure of one closed period."""

    report: UUID
    figures: list[ReportedFigureAnswer]


class RestatementAnswer(BaseModel):
    """A figure of a closed period that has another value now; its event has the same id.

    The events between both cuts are answered by /v1/between.
    """

    id: UUID
    report: UUID
    figure: str
    label: str
    line: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    old_value: str | None = Field(description=EXACT)
    new_value: str | None = Field(description=EXACT)
    old_display: str
    new_display: str
    old_cut: str
    new_cut: str
    events: int = Field(description="How many events between the cuts may be why.")
    recorded: datetime


class RestatementsAnswer(BaseModel):
    """A page of restatements, newest first."""

    unit: UnitAnswer
    restatements: list[RestatementAnswer]
    next: str


class BetweenAnswer(BaseModel):
    """Events that one cut knows and an earlier does not; `more` when there are more than are shown."""

    unit: UnitAnswer
    events: list[EventAnswer]
    more: bool


def closings(unit: Unit, found: Sequence[Closing]) -> ClosingsAnswer:
    """The answer of /v1/closings."""
    shown = [ClosingAnswer.model_validate(_days(asdict(each))) for each in found]
    return ClosingsAnswer(unit=unit_answer(unit), closings=shown)


def reported(report: UUID, found: Sequence[Reported]) -> ReportedAnswer:
    """The answer of /v1/closings/{report}."""
    shown = [
        ReportedFigureAnswer(
            **asdict(each),
            label=_label(each.figure),
            display=printed(each.figure, each.reported),
            differs=each.checked and each.reported != each.own,
            restated=each.checked and each.standing != each.own,
        )
        for each in found
    ]
    return ReportedAnswer(report=report, figures=shown)


def restatements(unit: Unit, found: Sequence[Restated], following: str) -> RestatementsAnswer:
    """The answer of /v1/restatements."""
    shown = [
        RestatementAnswer.model_validate(
            _days(asdict(each))
            | {
                "label": _label(each.figure),
                "old_display": printed(each.figure, each.old_value),
                "new_display": printed(each.figure, each.new_value),
            }
        )
        for each in found
    ]
    return RestatementsAnswer(unit=unit_answer(unit), restatements=shown, next=following)


def between(unit: Unit, events: Sequence[Entry], more: bool) -> BetweenAnswer:  # noqa: FBT001  one answer
    """The answer of /v1/between."""
    shown = [EventAnswer.model_validate(each, from_attributes=True) for each in events]
    return BetweenAnswer(unit=unit_answer(unit), events=shown, more=more)


def printed(figure: str, value: str | None) -> str:
    """An exact value as its figure is printed; as it is where this release does not know the figure."""
    known = load().figures.get(figure)
    if known is None:
        return value or display.NO_DATA
    exact = None if value is None else Decimal(value) if "." in value else int(value)
    return display.printed(known, exact)


def _label(figure: str) -> str:
    known = load().figures.get(figure)
    return known.zh if known else figure


def _days(fields: dict[str, Any]) -> dict[str, Any]:
    return fields | {"from": fields["first_day"], "to": fields["last_day"]}
