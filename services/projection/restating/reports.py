"""Closed periods as the streams told them, and the exact values of their figures at a cut."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.projection.catalogue import Catalogue, Figure, load
from services.projection.queries import lines
from services.projection.queries.figures import Reading
from services.projection.queries.question import Asked, understood
from services.projection.queries.refusals import NotYetEstablished
from services.projection.queries.snapshot import Snapshot
from shared.database import Connection

Values = Mapping[str, str | None]

COMPLETE = """
SELECT c.report, n.id AS unit, c.unit AS key, c.line, c.first_day, c.last_day, c.cut
FROM closing AS c JOIN node AS n ON n.key = c.unit
WHERE c.figures = (SELECT count(*) FROM reported AS r WHERE r.report = c.report)
"""
ONE = COMPLETE + " AND c.report = $1"
UNCHECKED = (
    COMPLETE + " AND NOT EXISTS (SELECT FROM checked_report AS k WHERE k.report = c.report)"
    " ORDER BY c.closed_on, c.report LIMIT $1"
)
REPORTED = "SELECT figure, value FROM reported WHERE report = $1 ORDER BY figure"


@dataclass(frozen=True, slots=True)
class ClosedPeriod:
    """Whose period, for which days, on which line (its number), closed at which cut."""

    report: UUID
    unit: UUID
    key: int
    line: int
    first_day: date
    last_day: date
    cut: str

    @property
    def line_id(self) -> str:
        """The line by its id."""
        return lines.named(self.line)

    def asked(self, cut: str) -> Asked:
        """The question whose answers were reported, at any cut ('': now)."""
        return Asked(str(self.unit), self.first_day, self.last_day, self.line_id, cut=cut)


async def unchecked(connection: Connection, most: int) -> list[ClosedPeriod]:
    """Closed periods of which all was told and nothing has been compared yet."""
    return [closed_of(row) for row in await connection.fetch(UNCHECKED, most)]


async def closed(connection: Connection, report: UUID) -> ClosedPeriod:
    """One that is known to be there."""
    return closed_of(await connection.fetchrow(ONE, report))


async def reported(connection: Connection, report: UUID) -> Values:
    """What was reported."""
    return {row["figure"]: row["value"] for row in await connection.fetch(REPORTED, report)}


async def values(snapshot: Snapshot, period: ClosedPeriod, figures: Iterable[str], cut: str = "") -> Values:
    """Exact values as text; figures that this release does not know are left out.

    Raises what a question may be refused with, such as `CutAhead`.
    """
    reading = Reading(snapshot, load(), await understood(snapshot, period.asked(cut)))
    known = [name for name in figures if name in reading.book.figures]
    return {name: text((await reading.read(name)).value) for name in known}


async def values_now(snapshot: Snapshot, period: ClosedPeriod, figures: Iterable[str]) -> Values:
    """What is known now; no data of a union that turned out to be established after the period."""
    wanted = list(figures)
    try:
        return await values(snapshot, period, wanted) if wanted else {}
    except NotYetEstablished:
        return dict.fromkeys(name for name in wanted if name in load().figures)


def text(value: Any) -> str | None:
    """An exact value as reports have it."""
    return None if value is None else str(value)


def metrics_of(book: Catalogue, figure: Figure) -> frozenset[int]:
    """The numbers of the metrics that a figure rests on, through all its parts."""
    own = [book.metric(name).number for name in (figure.metric, figure.minus) if name]
    parts = (metrics_of(book, book.figure(part)) for part in figure.parts)
    return frozenset(own).union(*parts)


def closed_of(row: Any) -> ClosedPeriod:
    """From a row of COMPLETE."""
    return ClosedPeriod(**{name: row[name] for name in ClosedPeriod.__dataclass_fields__})
