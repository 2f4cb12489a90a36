"""Reports: periods closed with what was reported, summaries frozen, figures typed in from paper.

A report is of one union, one period (`first_day` to `last_day`) and one line; its id is the subject. Values
are exact numbers as text, in the unit of their figure (money in fen); no value means no data. No text of a
summary is here: it stays in the service.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


class ReportedFigure(BaseModel):
    """One figure as it was reported."""

    model_config = ConfigDict(frozen=True)

    figure: str
    value: str | None


class OfReport(AffairsEvent):
    """Whose report, for which days, on which line."""

    union: UUID
    first_day: date
    last_day: date
    line: str


@released
class PeriodClosed(OfReport):
    """Reported at this cut: so many `figures`, told by the events that follow, with the hash of them all."""

    cut: str
    figures: int
    sha256: str


@released
class PeriodFiguresReported(OfReport):
    """Some of the figures of a period that was closed; `part` counts from 1."""

    part: int
    figures: tuple[ReportedFigure, ...]


@released
class SummaryFrozen(OfReport):
    """A summary was kept as it is: its hash and size, the cut it was read at, its template."""

    cut: str
    template: str
    sha256: str
    size: int
    replaces: UUID | None = None


@released
class SummaryPublished(OfReport):
    """The frozen summary was handed out."""

    sha256: str


@released
class SummarySuperseded(OfReport):
    """Another summary of the same period took its place; this one stays readable."""

    sha256: str
    by: UUID


@released
class SummaryErased(OfReport):
    """The words of a frozen summary are no more; that it was, its hash and its figures stay."""

    sha256: str
    reason: str
    approver: str


@released
class FigureDeclared(OfReport):
    """A figure as a paper report prints it, in place of `old_value`.

    `qualifier`: exact, over (余), nearly (近) or about (左右); `source` is the number of the paper.
    """

    figure: str
    old_value: str | None
    value: str
    qualifier: str
    source: str


@released
class FigureDeclarationWithdrawn(OfReport):
    """It was typed in by mistake."""

    figure: str
    value: str
