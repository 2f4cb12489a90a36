"""Closed periods in the small province: closed at the present cut with what the projection says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid5

import asyncpg

from services.projection.catalogue import load
from services.projection.colours.frame import active, of_colour
from services.projection.queries.figures import Reading
from services.projection.queries.question import Asked, understood
from services.projection.queries.snapshot import snapshot
from services.projection.restating import one_pass
from shared.contracts import affairs as a
from shared.envelope import Recorded, decode
from shared.streams import stream_of
from tests.support.streams import Ledger
from tests.support.world import PARTITIONS, World, day, named

NOW = datetime(2026, 11, 1, 4, tzinfo=UTC)
TOPIC = "union.projection"
LOGGED = "SELECT l.value FROM event_queue AS q JOIN event_log AS l USING (position) ORDER BY q.position"


@dataclass
class Closer:
    """Closes periods, runs the restater, hands what it told back to the projection as the relay would."""

    world: World

    async def values(self, unit: str, days: tuple[str, str], figures: Sequence[str], **more: Any) -> Any:
        """Exact values as text, with the cut they were read at."""
        async with snapshot(self.world.pool, lambda: NOW) as moment:
            asked = Asked(str(named(unit)), day(days[0]), day(days[1]), **more)
            reading = Reading(moment, load(), await understood(moment, asked))
            read = {name: (await reading.read(name)).value for name in figures}
            told = {name: None if value is None else str(value) for name, value in read.items()}
            return told, str(moment.cut)

    async def close(
        self,
        unit: str,
        days: tuple[str, str],
        *figures: str,
        line: str = "territorial",
        wrong: Mapping[str, str] | None = None,
    ) -> UUID:
        """Closed at the present cut; `wrong` are values reported otherwise than they are."""
        told, cut = await self.values(unit, days, figures, line=line)
        self.say(unit, days, told | dict(wrong or {}), cut, line)
        await self.world.settle()
        return report_of(unit, days, line)

    def say(
        self,
        unit: str,
        days: tuple[str, str],
        told: Mapping[str, str | None],
        cut: str,
        line: str = "territorial",
    ) -> None:
        """The events of a closing."""
        about: dict[str, Any] = {
            "occurredon": date(2026, 10, 1), "union": named(unit), "first_day": day(days[0]),
            "last_day": day(days[1]), "line": line,
        }  # fmt: skip
        figures = tuple(a.ReportedFigure(figure=name, value=value) for name, value in told.items())
        subject = report_name(unit, days, line)
        closed = a.PeriodClosed(**about, cut=cut, figures=len(figures), sha256="0" * 64)
        self.world.record(closed, unit, subject)
        self.world.record(a.PeriodFiguresReported(**about, part=1, figures=figures), unit, subject)

    async def passed(self, url: str) -> int:
        """How much one pass of the restater of a colour tells."""
        connection = await asyncpg.connect(url)
        try:
            return await one_pass(self.world.pool, lambda: NOW, connection)
        finally:
            await connection.close()

    async def compare(self) -> list[Recorded]:
        """One pass of the restater; what it told, which is read back like any other event."""
        connection = await asyncpg.connect(of_colour(self.world.url, await active(self.world.pool)))
        try:
            await one_pass(self.world.pool, lambda: NOW, connection)
            rows = await connection.fetch(LOGGED)
            await connection.execute("DELETE FROM event_queue")
        finally:
            await connection.close()
        told = [decode(row["value"]) for row in rows]
        ledger = self.world.ledgers.setdefault(TOPIC, Ledger(TOPIC, PARTITIONS))
        for row, each in zip(rows, told, strict=True):
            self.world.waiting.append(ledger.add(_stream(each), row["value"]))
        await self.world.settle()
        return told


def report_name(unit: str, days: tuple[str, str], line: str = "territorial") -> str:
    """The name under which a report has its id."""
    return f"closing of {unit} {days} {line}"


def report_of(unit: str, days: tuple[str, str], line: str = "territorial") -> UUID:
    """The id of the report."""
    return named(report_name(unit, days, line))


def restated_id(report: UUID, figure: str, cut: str) -> UUID:
    """The id that a restatement must have."""
    return uuid5(report, f"{figure}/{cut}")


def _stream(told: Recorded) -> int:

    return stream_of(str(told.place.key))
