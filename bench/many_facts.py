"""A province of ten million facts straight into the tables, by SQL: what is measured here is reading."""

from __future__ import annotations

import json
import time
from dataclasses import asdict, dataclass

import asyncpg

from bench import many_rows
from bench.room import Room
from services.projection import catalogue
from services.projection.roller import prepare, turn
from shared.database import Connection
from shared.reading import progress

MOVES = 200
SLICES = 20
LARGEST_TURN = 200_000

INDEXES = """
SELECT i.indexrelid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
FROM pg_index AS i WHERE i.indrelid IN ('fact'::regclass, 'trail'::regclass) AND NOT i.indisprimary
"""
# Made when everything is in: a run that was cut short is not taken for one that can be used again.
MARK = """
CREATE SCHEMA bench;
CREATE TABLE bench.filled (
    size json NOT NULL, facts bigint NOT NULL, events bigint NOT NULL, seconds float8 NOT NULL)
"""


@dataclass(frozen=True)
class Size:
    """How many units each level has, and how many events of each sort."""

    prefectures: int
    counties: int
    towns: int
    unions: int
    members: int
    dues: int
    relief: int

    @property
    def last(self) -> tuple[int, int, int, int, int]:
        """The last key of province, prefectures, counties, towns, unions."""
        prefecture = 1 + self.prefectures
        county = prefecture + self.counties
        town = county + self.towns
        return 1, prefecture, county, town, town + self.unions

    @property
    def levels(self) -> dict[str, tuple[int, int]]:
        """First and last key of each level."""
        names = ("province", "prefecture", "county", "town", "union")
        firsts = (1, *(last + 1 for last in self.last[:-1]))
        return dict(zip(names, zip(firsts, self.last, strict=True), strict=True))


FULL = Size(11, 100, 1400, 60_000, members=3_000_000, dues=2_200_000, relief=600_000)
SMALL = Size(11, 100, 1400, 20_000, members=120_000, dues=90_000, relief=24_000)


@dataclass(frozen=True)
class Filled:
    """What came of it; seconds are those of rolling up."""

    size: Size
    facts: int
    events: int
    seconds: float


async def fill(url: str, room: Room) -> Filled:
    """All rows, rolled up."""
    size = room.of(FULL, SMALL)
    connection = await asyncpg.connect(url, command_timeout=1800)
    try:
        await connection.execute("SET maintenance_work_mem = '1GB'; SET work_mem = '256MB'")
        await progress.prepare(connection, catalogue.load().topics)
        indexes = await connection.fetch(INDEXES)
        for index in indexes:
            await connection.execute(f"DROP INDEX {index['name']}")
        await _rows(connection, size, room)
        for index in indexes:
            await connection.execute(index["definition"])
        await connection.execute("ANALYZE")
        filled = await _rolled(connection, size, room)
        await connection.execute(MARK)
        await connection.execute(
            "INSERT INTO bench.filled VALUES ($1, $2, $3, $4)",
            json.dumps(asdict(size)), filled.facts, filled.events, filled.seconds,
        )  # fmt: skip
        return filled
    finally:
        await connection.close()


async def _rows(connection: Connection, size: Size, room: Room) -> None:
    last, units = size.last, size.last[-1]
    await connection.execute(many_rows.DRAWN)
    await connection.execute(many_rows.NODES, *last)
    await connection.execute(many_rows.TREE, *last)
    await connection.execute(many_rows.MOVES, *last, MOVES)
    await connection.execute(many_rows.TRAIL_OF_TREE, units, units + MOVES - 1)
    await connection.execute(many_rows.COMBOS)
    await connection.execute("ANALYZE combo, metric")
    first, behind = last[-2] + 1, units + MOVES
    sorts = (
        (many_rows.JOINED, size.members, 0, behind),
        (many_rows.LEFT, size.members, 0, behind),
        (many_rows.DUES, size.dues, 24, 0),
        (many_rows.RELIEF, size.relief, 48, 0),
    )
    for piece in range(SLICES):
        for statement, count, lane, others in sorts:
            edges = count * piece // SLICES, count * (piece + 1) // SLICES
            await connection.execute(statement, *edges, count, first, units, lane, others)
    await connection.execute(many_rows.REACHED)
    room.say("the facts are in")


async def _rolled(connection: Connection, size: Size, room: Room) -> Filled:
    facts: int = await connection.fetchval("SELECT count(*) FROM fact")
    room.say(f"{facts:,} facts; rolling them up")
    await prepare(connection)
    began, events = time.perf_counter(), 0
    while did := (await turn(connection, LARGEST_TURN)).events:
        events += did
    seconds = time.perf_counter() - began
    room.say(f"{events:,} events rolled up in {seconds:.0f} s")
    await connection.execute("VACUUM ANALYZE")
    return Filled(size, facts, events, seconds)


async def kept(url: str) -> Filled | None:
    """What an earlier run left in this database, if it was kept."""
    connection = await asyncpg.connect(url)
    try:
        if not await connection.fetchval("SELECT to_regclass('bench.filled') IS NOT NULL"):
            return None
        row = await connection.fetchrow("SELECT size, facts, events, seconds FROM bench.filled")
        assert row is not None
    finally:
        await connection.close()
    return Filled(Size(**json.loads(row["size"])), row["facts"], row["events"], row["seconds"])
