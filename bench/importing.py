"""Rows of members through the bulk address: until they are stored, and until they stand in the figures.

A thousand rows a request, two requests under way, as the import command sends them.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from datetime import date

from bench.lean import Client, client
from bench.province import created, figure, make, until
from bench.room import Room
from bench.rosters import member_row
from bench.table import Line, Result

CHUNK = 1000
IN_FLIGHT = 2
JOINED = date(2025, 6, 30)


async def run(room: Room) -> Result:
    """Import once; afterwards nothing may be missing and nothing doubled."""
    stack, rows = room.stack, room.of(100_000, 10_000)
    async with (
        client(stack, "membership", IN_FLIGHT) as membership,
        client(stack, "projection", 1) as projection,
    ):
        made = await make(membership, towns=20, unions=500)
        await until(lambda: _known(projection, made.top))
        began = time.perf_counter()
        chunks = _chunks(rows, made.unions)
        await asyncio.gather(*(_lane(room, membership, chunks) for _ in range(IN_FLIGHT)))
        stored = time.perf_counter() - began
        await until(lambda: _counted(projection, made.top, rows))
        counted = time.perf_counter() - began
        again = await figure(projection, made.top, "members_total")
    assert again == rows, f"{again} members counted, {rows} imported"
    return _told(rows, stored, counted)


async def _known(projection: Client, unit: str) -> bool:
    path = f"/v1/units?code=&under={unit}&limit=1"
    return bool((await projection.get(path))["units"])


async def _counted(projection: Client, unit: str, rows: int) -> bool:
    return await figure(projection, unit, "members_total") >= rows


def _chunks(rows: int, unions: list[str]) -> Iterator[tuple[int, list[dict[str, str]]]]:
    for start in range(0, rows, CHUNK):
        yield (
            start,
            [member_row(n, unions[n % len(unions)], JOINED) for n in range(start, min(rows, start + CHUNK))],
        )


async def _lane(room: Room, membership: Client, chunks: Iterator[tuple[int, list[dict[str, str]]]]) -> None:
    for start, rows in chunks:  # both lanes draw from the same chunks
        created(await membership.post("/v1/members/bulk", {"source": "roster", "rows": rows}))
        if start % (20 * CHUNK) == 0:
            room.say(f"{start + len(rows):,} rows")


def _told(rows: int, stored: float, counted: float) -> Result:
    lines = [
        Line("rows stored, durable, with their events", "rows/s", [rows / stored]),
        Line("rows standing in the figures", "rows/s", [rows / counted]),
        Line("last row stored until it is in the figure", "s", [counted - stored]),
    ]
    notes = [f"{rows:,} members of 500 unions, {CHUNK} rows a request, {IN_FLIGHT} requests under way."]
    return Result("Importing a roster", lines, notes)
