"""Restatements: a figure of a closed period has another value than was last known.

The subject is the report; the id follows from report, figure and `new_cut`, so nothing is told twice.
"""

from datetime import date
from typing import ClassVar
from uuid import UUID

from shared.contracts.base import Event, released


class ProjectionEvent(Event):
    """An event of the topic `union.projection`."""

    service: ClassVar[str] = "projection"


@released
class FigureRestated(ProjectionEvent):
    """Known at `old_cut` with one value, at `new_cut` with another; so many `events` between may be why.

    Values are exact numbers as text, in the unit of the figure (money in fen); no value means no data.
    """

    union: UUID
    first_day: date
    last_day: date
    line: str
    figure: str
    old_value: str | None
    new_value: str | None
    old_cut: str
    new_cut: str
    events: int
