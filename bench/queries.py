"""How long one answer takes on ten million facts, at every level: one question at a time, no HTTP."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from bench import many_facts
from bench.databases import projection_database
from bench.machine import busy
from bench.many_facts import Filled
from bench.questions import MONTHS, Cuts, Kind, kinds
from bench.room import Room
from bench.table import Line, Result
from services.projection.queries.snapshot import snapshot
from shared.database import Pool, open_pool

NOW = datetime(2026, 6, 1, tzinfo=UTC)

# What PostgreSQL itself takes for the least and for what needs no roll-up to be written.
PLAIN = {
    "one row": "SELECT * FROM node WHERE key = 1",
    "GROUP BY": "SELECT combo, sum(amount) {behind} GROUP BY combo",
    "count(DISTINCT)": "SELECT count(DISTINCT subject) {behind}",
}
BEHIND = "FROM fact WHERE metric = {joined} AND day BETWEEN $1 AND $2"
SIZES = """
SELECT relname, pg_relation_size(oid) AS rows, pg_indexes_size(oid) AS indexes FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace AND pg_total_relation_size(oid) > 1000000
ORDER BY pg_total_relation_size(oid) DESC
"""


async def run(room: Room) -> Result:
    """Fill one database, or take the one that was kept, then ask every kind of question at its levels."""
    async with projection_database(room, "bench_queries") as url:
        filled = await many_facts.kept(url) or await many_facts.fill(url, room)
        pool = await open_pool(url, largest=1, statement_seconds=120)
        try:
            watch = Watch(await pool.fetchval("SELECT pg_backend_pid()"))
            plain = await _plain(pool, watch, room)
            lines = await _measured(pool, watch, room, filled)
            notes = await _sizes(pool, filled)
        finally:
            await pool.close()
    return Result("Answers of the projection", [*plain.values(), *_beside(lines, plain)], notes)


@dataclass
class Watch:
    """Times rounds, and how long server and client had a core meanwhile."""

    server: int

    async def time(self, work: Awaitable[object]) -> tuple[float, float]:
        """Milliseconds that passed, and those in which work was done."""
        began, cores = time.perf_counter(), self._busy()
        await work
        return (time.perf_counter() - began) * 1000, self._busy() - cores

    def _busy(self) -> float:
        return busy(self.server) + time.process_time() * 1000


async def _plain(pool: Pool, watch: Watch, room: Room) -> dict[str, Line]:
    joined = await pool.fetchval("SELECT number FROM metric WHERE id = 'members_joined'")
    lines = {}
    for name, statement in PLAIN.items():
        sql = statement.format(behind=BEHIND.format(joined=joined))
        arguments = MONTHS if "$1" in sql else ()
        rounds = [await watch.time(pool.fetch(sql, *arguments)) for _ in range(room.of(5, 3))]
        lines[name] = _line(f"plain SQL: {name}", rounds)
    return lines


def _line(what: str, rounds: Sequence[tuple[float, float]], aim: str = "") -> Line:
    return Line(what, "ms", [each for each, _ in rounds], aim=aim, busy=[each for _, each in rounds])


async def _measured(pool: Pool, watch: Watch, room: Room, filled: Filled) -> list[tuple[Kind, Line]]:
    chance = random.Random(1)
    units = {row["key"]: str(row["id"]) for row in await pool.fetch("SELECT key, id FROM node")}
    lines = []
    for kind in kinds(await cuts(pool, filled)):
        for level in kind.levels:
            wanted = [units[chance.randint(*filled.size.levels[level])] for _ in range(room.of(25, 5))]
            asked = [await _prepared(pool, kind, unit) for unit in wanted]
            rounds = [await watch.time(_answer(pool, kind, unit)) for unit in asked]
            lines.append((kind, _line(f"{kind.what}, {level}", rounds, f"{kind.aim} ms" if kind.aim else "")))
        room.say(f"{kind.what}: done")
    return lines


async def _prepared(pool: Pool, kind: Kind, unit: str) -> str:
    if kind.before is None:
        return unit
    async with snapshot(pool, lambda: NOW) as moment:
        return await kind.before(moment, unit)


async def _answer(pool: Pool, kind: Kind, unit: str) -> None:
    async with snapshot(pool, lambda: NOW) as moment:
        await kind.ask(moment, unit)


def _beside(lines: Iterable[tuple[Kind, Line]], plain: Mapping[str, Line]) -> Iterator[Line]:
    for kind, line in lines:
        of_all = kind.beside and line.what.endswith("province")
        yield replace(line, beside=[(kind.beside, plain[kind.beside].typical)]) if of_all else line


async def cuts(pool: Pool, filled: Filled) -> Cuts:
    """One cut a few events back, one before half of the moves, and a moment in the middle of the years."""
    async with snapshot(pool, lambda: NOW) as moment:
        numbers = moment.cut.numbers
    near = type(moment.cut)(tuple(max(0, number - 10) for number in numbers))
    moves = (filled.size.last[-1] + many_facts.MOVES // 2) // 24
    before = type(moment.cut)(
        tuple(min(number, moves) if lane < 24 else number for lane, number in enumerate(numbers))
    )
    return Cuts(str(near), str(before), datetime(2020, 1, 1, tzinfo=UTC))


async def _sizes(pool: Pool, filled: Filled) -> list[str]:
    notes = [
        f"{filled.facts:,} facts of {filled.events:,} events, {filled.size.unions:,} grassroots unions",
        f"rolled up in {filled.seconds:.0f} s; 1 question at a time, without HTTP",
    ]
    for row in await pool.fetch(SIZES):
        each = ", ".join(f"{row[part] / filled.facts:.0f} of {part}" for part in ("rows", "indexes"))
        notes.append(f"{row['relname']}: bytes per fact: {each}")
    return notes
