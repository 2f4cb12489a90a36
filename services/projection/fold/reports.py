"""What events say of reports: periods closed, what was reported, figures declared, restatements.

Not moves of metrics but rows that are kept as they were told, to be held against the figures.
"""

from collections.abc import Callable
from typing import Any, NamedTuple

from services.projection.fold.said import TERRITORIAL
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts import affairs as a
from shared.contracts import projection as p
from shared.envelope import Recorded

# The columns of each table after lane, sequence and unit.
TABLES: dict[str, tuple[str, ...]] = {
    "closing": ("report", "line", "first_day", "last_day", "cut", "figures", "closed_on"),
    "reported": ("report", "figure", "value"),
    "declared": (
        *("declaration", "line", "first_day", "last_day", "figure", "value", "qualifier", "source"),
        "declared_on",
    ),
    "restated": ("id", "report", "figure", "old_value", "new_value", "old_cut", "new_cut", "events"),
}


class Kept(NamedTuple):
    """One row of a table, in the order of its columns."""

    table: str
    values: tuple[Any, ...]


def kept_of(recorded: Recorded) -> tuple[Kept, ...]:
    """The rows that this event tells; none for nearly all events."""
    told = _TOLD.get(type(recorded.event))
    return told(recorded, recorded.event) if told else ()


def _closed(recorded: Recorded, event: a.PeriodClosed) -> tuple[Kept, ...]:
    days = _line(event), event.first_day, event.last_day
    return (Kept("closing", (recorded.subject, *days, event.cut, event.figures, event.occurredon)),)


def _reported(recorded: Recorded, event: a.PeriodFiguresReported) -> tuple[Kept, ...]:
    return tuple(Kept("reported", (recorded.subject, each.figure, each.value)) for each in event.figures)


def _declared(recorded: Recorded, event: a.FigureDeclared) -> tuple[Kept, ...]:
    said = event.figure, event.value, event.qualifier, event.source, event.occurredon
    return (Kept("declared", (recorded.subject, _line(event), event.first_day, event.last_day, *said)),)


def _withdrawn(recorded: Recorded, event: a.FigureDeclarationWithdrawn) -> tuple[Kept, ...]:
    said = event.figure, None, "exact", "", event.occurredon
    return (Kept("declared", (recorded.subject, _line(event), event.first_day, event.last_day, *said)),)


def _restated(recorded: Recorded, event: p.FigureRestated) -> tuple[Kept, ...]:
    values = event.old_value, event.new_value, event.old_cut, event.new_cut, event.events
    return (Kept("restated", (recorded.id, recorded.subject, event.figure, *values)),)


def _line(event: a.OfReport) -> int:
    return TERRITORIAL if event.line == "territorial" else catalogue("lines")[event.line].number or 0


_TOLD: dict[type[Event], Callable[[Recorded, Any], tuple[Kept, ...]]] = {
    a.PeriodClosed: _closed,
    a.PeriodFiguresReported: _reported,
    a.FigureDeclared: _declared,
    a.FigureDeclarationWithdrawn: _withdrawn,
    p.FigureRestated: _restated,
}
