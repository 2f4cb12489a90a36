"""A projection's database for tests: deliver records, roll, read what came of it; empty again in a moment."""

from __future__ import annotations

import asyncio
import json
from collections import Counter
from collections.abc import Callable, Coroutine, Iterable, Sequence
from datetime import date
from typing import Any, TypeVar

import asyncpg

from services.projection import catalogue
from services.projection.catalogue.stored import store
from services.projection.colours.frame import lay
from services.projection.roller import prepare, turn
from services.projection.writer import Writer
from shared.reading import progress
from shared.reading.incoming import Incoming
from shared.reading.take import Intake
from tests.support.oracle import Figure, without_zeros

T = TypeVar("T")

REPORTS = "closing, reported, declared, restated"
READ = f"stream_progress, node, combo, fact, trail, dead_letter, tree_change, {REPORTS}"
SUBJECTS = "counted_subject, repeated"
COMPARED = "standing, checked_report, restater_position, look, standing_difference"
ROLLED = f"tier, edge, span, rollup, roller_position, {COMPARED}, {SUBJECTS}"
APPEND_ONLY = ("fact", "trail", "tree_change", "closing", "reported", "declared", "restated")
PARTITIONS = 6

ROLLUP = """
SELECT n.id, r.line, m.id AS metric, m.stock, r.grain, r.start, c.dims, r.amount
FROM rollup AS r JOIN node AS n ON n.key = r.ancestor JOIN metric AS m ON m.number = r.metric
JOIN combo AS c ON c.key = r.combo"""

SPANS = """
SELECT u.id, s.line, a.id, s.level, s.valid_from, s.valid_to
FROM span AS s JOIN node AS u ON u.key = s.unit JOIN node AS a ON a.key = s.ancestor"""


class Stage:
    """One database, one connection, one writer; synchronous, so that hypothesis can drive it."""

    def __init__(self, url: str) -> None:
        """Migrates the empty database at `url`."""
        self.url = url
        self._runner = asyncio.Runner()
        self.run(self._open(url))

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Wait for a coroutine."""
        return self._runner.run(work)

    def close(self) -> None:
        """Give the connections back."""
        self.run(self._close())
        self._runner.close()

    def reset(self) -> None:
        """Empty, with a writer that remembers nothing."""
        self.run(self._reset())

    def deliver(self, records: Sequence[Incoming]) -> None:
        """One batch, as the reader takes it."""
        self.run(self.take(records))

    async def take(self, records: Sequence[Incoming]) -> None:
        """The same inside a coroutine."""
        await Intake(PARTITIONS, self.writer, self.writer.known).take(self.connection, records)

    def roll(self, most: int = 30_000) -> int:
        """Roll until nothing is left; answers how many turns had work."""
        turns = 0
        while self.run(turn(self.connection, most)).events:
            turns += 1
        return turns

    def fetch(self, query: str, *arguments: object) -> list[Any]:
        """Rows of a query."""
        return self.run(self.connection.fetch(query, *arguments))

    def rollup(self) -> set[tuple[Any, ...]]:
        """All roll-ups, by ids instead of keys."""
        return {tuple(row) for row in self.fetch(ROLLUP)}

    def spans(self) -> set[tuple[Any, ...]]:
        """The whole tree, by ids instead of keys."""
        return {tuple(row) for row in self.fetch(SPANS)}

    async def _open(self, url: str) -> None:
        self.connection = await asyncpg.connect(url)
        await lay(self.connection)
        self.pool = await asyncpg.create_pool(url, min_size=1, max_size=2)
        await store(self.connection, catalogue.load())
        await prepare(self.connection)
        for table in APPEND_ONLY:
            await self.connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        await self._reset()

    async def _reset(self) -> None:
        await self.connection.execute(f"TRUNCATE {READ}, {ROLLED} RESTART IDENTITY")
        await progress.prepare(self.connection, catalogue.load().topics)
        self.writer = Writer(self.pool, catalogue.load())

    async def _close(self) -> None:
        await self.connection.close()
        await self.pool.close()


def added_up(
    rollup: Iterable[tuple[Any, ...]],
    lines: Iterable[int],
    grain: int,
    keep: Callable[[bool, date], date | None],
) -> dict[Figure, int]:
    """What roll-ups of one grain say; `keep(stock, start)` names the day to sum a row under, or None.

    A row on the line of one's own counts on every line.
    """
    sums: Counter[Figure] = Counter()
    every = list(lines)
    for unit, line, metric, stock, its_grain, start, dims, amount in rollup:
        day = keep(stock, start) if its_grain == grain else None
        if day is not None:
            for each in every if line == -1 else [line]:
                sums[unit, each, metric, day, frozenset(json.loads(dims).items())] += amount
    return without_zeros(sums)
