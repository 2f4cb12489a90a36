"""A period closed: what was reported for it, at a cut, for good. Closing never blocks a correction.

What happens later for the period is recorded as ever; the projection tells the difference as a restatement.
"""

from collections.abc import Sequence
from datetime import date
from hashlib import sha256

from services.affairs.domain.reports import Report, refuse_unreported
from shared.contracts.affairs import PeriodClosed, PeriodFiguresReported, ReportedFigure
from shared.errors import Malformed, Refused

# An id and a number of at most 19 digits: 300 of them stay well below the 64 KB of an event.
FIGURES_IN_ONE_EVENT = 300
ClosingEvent = PeriodClosed | PeriodFiguresReported


class PeriodClosedAlready(Refused):
    """The period was closed at this cut."""

    code = "period-closed-already"


class PeriodClosedAtAnotherCut(Refused):
    """The period was closed at another cut: what was reported stays as it is."""

    code = "period-closed-at-another-cut"


class FigureReportedTwice(Malformed):
    """Every figure has one value."""

    code = "figure-reported-twice"


class Closing(Report):
    """A closed period: at which cut, on which day, how many figures, and the hash over them."""

    cut: str
    closed_on: date
    figures: int
    sha256: str


def decide_close(
    closing: Closing | None, report: Report, cut: str, figures: Sequence[ReportedFigure], on: date
) -> tuple[ClosingEvent, ...]:
    """Once per period, when it is over; the figures in as many events as they need."""
    refuse_unreported(report, on)
    if closing is not None:
        raise _closed(closing, cut)
    names = [each.figure for each in figures]
    if twice := sorted({name for name in names if names.count(name) > 1}):
        raise FigureReportedTwice("it is given twice", "figures", twice[0], "give each figure once")
    about = {"occurredon": on, **report.about}
    closed = PeriodClosed(**about, cut=cut, figures=len(figures), sha256=hash_of(figures))
    parts = _batches(figures)
    told = [PeriodFiguresReported(**about, part=number, figures=part) for number, part in enumerate(parts, 1)]
    return (closed, *told)


def evolve(closing: Closing | None, event: ClosingEvent) -> Closing:
    """The closing after the event; the figures themselves are in the events alone."""
    if isinstance(event, PeriodFiguresReported):
        assert closing is not None, "a period is closed before its figures are told"
        return closing
    said = event.model_dump(exclude={"occurredon"})
    return Closing(**said, closed_on=event.occurredon)


def hash_of(figures: Sequence[ReportedFigure]) -> str:
    """SHA-256 over lines `figure=value`, in order of the figures; a figure without data has no value."""
    lines = sorted(f"{each.figure}={each.value or ''}" for each in figures)
    return sha256("\n".join(lines).encode()).hexdigest()


def _batches(figures: Sequence[ReportedFigure]) -> list[tuple[ReportedFigure, ...]]:
    return [
        tuple(figures[start : start + FIGURES_IN_ONE_EVENT])
        for start in range(0, len(figures), FIGURES_IN_ONE_EVENT)
    ]


def _closed(closing: Closing, cut: str) -> Refused:
    remedy = "correct the facts: the projection tells what changes in closed periods as restatements"
    if closing.cut == cut:
        return PeriodClosedAlready(
            f"it was closed on {closing.closed_on}", "union", str(closing.union), remedy
        )
    return PeriodClosedAtAnotherCut(
        f"it was closed on {closing.closed_on} at another cut", "cut", closing.cut[:60], remedy
    )
