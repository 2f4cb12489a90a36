"""How long one answer takes on a million facts, at every level: one question at a time, no HTTP."""

from __future__ import annotations

import random
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bench import many_facts
from bench.databases import projection_database
from bench.many_facts import COUNTIES, PREFECTURES, PROVINCE, TOWNS, UNIONS
from bench.room import Room
from bench.table import Line, Result
from services.projection.queries import answering, trail
from services.projection.queries.question import Asked
from services.projection.queries.snapshot import Snapshot, snapshot
from shared.database import Pool, open_pool
from unionstream.cli.figures import HEADLINES

LEVELS = {
    "province": PROVINCE,
    "prefecture": PREFECTURES,
    "county": COUNTIES,
    "town": TOWNS,
    "union": UNIONS,
}
# Neither begins nor ends with a month, so that whole months and edge days are read.
FIRST, LAST = date(2019, 3, 10), date(2020, 9, 20)
NOW = datetime(2026, 6, 1, tzinfo=UTC)

Ask = Callable[[Snapshot, str], Awaitable[object]]


@dataclass(frozen=True)
class Kind:
    """A sort of question, and the levels at which it is asked."""

    what: str
    ask: Ask
    levels: tuple[str, ...] = ("province", "county", "town")


def _figures(*names: str, **more: str) -> Ask:
    async def ask(moment: Snapshot, unit: str) -> object:
        return await answering.figures(moment, Asked(unit, FIRST, LAST, **more), list(names), "")  # type: ignore[arg-type]

    return ask


async def _first_page(moment: Snapshot, unit: str) -> object:
    return await answering.trace(moment, Asked(unit, FIRST, LAST), ("members_joined", ""), ("", 100))


async def _later_page(moment: Snapshot, unit: str) -> object:
    asked = Asked(unit, FIRST, LAST)
    page = await answering.trace(moment, asked, ("members_joined", ""), ("", 100))
    return (
        await answering.trace(moment, asked, ("members_joined", ""), (page.next, 100)) if page.next else page
    )


async def _trail(moment: Snapshot, unit: str) -> object:
    return await trail.trail(moment, trail.Wanted(unit, 0), "", 100)


def _kinds(unmoved: str, moved: str) -> tuple[Kind, ...]:
    every = tuple(LEVELS)
    return (
        Kind("flow of 18 months", _figures("members_joined"), every),
        Kind("stock on a day", _figures("members_total"), every),
        Kind("flow, as-is", _figures("members_joined", basis="as-is")),
        Kind("11 headline figures", _figures(*HEADLINES)),
        Kind("people counted once", _figures("people_joined")),
        Kind("first page of a trace", _first_page),
        Kind("first and second page", _later_page),
        Kind("page of the trail", _trail),
        Kind("flow at an earlier cut", _figures("members_joined", cut=unmoved)),
        Kind("flow at a cut before 100 moves", _figures("members_joined", cut=moved)),
    )


async def run(room: Room) -> Result:
    """Fill one database, then ask every kind of question at its levels."""
    async with projection_database(room, "bench_queries") as url:
        facts = await many_facts.fill(url, room)
        pool = await open_pool(url, largest=2)
        try:
            lines = await _measured(pool, room)
        finally:
            await pool.close()
    return Result(
        "Answers of the projection",
        lines,
        [f"{facts:,} facts, 20,000 grassroots unions, 1 question at a time"],
    )


async def _measured(pool: Pool, room: Room) -> list[Line]:
    chance = random.Random(1)
    units = {row["key"]: str(row["id"]) for row in await pool.fetch("SELECT key, id FROM node")}
    lines = []
    for kind in _kinds(*await _cuts(pool)):
        for level in kind.levels:
            wanted = [units[chance.randint(*LEVELS[level])] for _ in range(room.of(15, 5))]
            lines.append(
                Line(f"{kind.what}, {level}", "ms", [await _timed(pool, kind.ask, unit) for unit in wanted])
            )
        room.say(f"{kind.what}: done")
    return lines


async def _timed(pool: Pool, ask: Ask, unit: str) -> float:
    began = time.perf_counter()
    async with snapshot(pool, lambda: NOW) as moment:
        await ask(moment, unit)
    return (time.perf_counter() - began) * 1000


async def _cuts(pool: Pool) -> tuple[str, str]:
    """One cut a few events back, and one before half of the moves."""
    async with snapshot(pool, lambda: NOW) as moment:
        numbers = moment.cut.numbers
    back = type(moment.cut)(tuple(number - 10 for number in numbers))
    moves = (many_facts.UNITS + many_facts.MOVES // 2) // 24
    return str(back), str(type(moment.cut)(tuple(min(number, moves) for number in numbers)))
