"""The rows a worker wrote, put into tables of the same make by nothing but COPY: the limit of the tables."""

from __future__ import annotations

import io
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import asyncpg

from services.projection.writing.batch import FACT, TRAIL
from shared.database import Connection

TABLES = {"fact": FACT, "trail": TRAIL}
BLOCKS = "SELECT pg_relation_size($1::regclass) / current_setting('block_size')::int"
PIECE = "SELECT {columns} FROM {table} WHERE ctid >= '({first},0)' AND ctid < '({last},0)'"
EVENTS_AT_ONCE = 4000  # as many as a worker takes into one transaction


@dataclass(frozen=True)
class Rows:
    """What lies in a projection: the pieces of its tables in the order in which they were written."""

    url: str
    counts: dict[str, int]
    pieces: Sequence[dict[str, str]]

    @property
    def total(self) -> int:
        """Rows of both tables."""
        return sum(self.counts.values())


async def rows_of(url: str) -> Rows:
    """Cut the rows of this projection into about one piece per batch."""
    connection = await asyncpg.connect(url)
    try:
        counts = {table: await connection.fetchval(f"SELECT count(*) FROM {table}") for table in TABLES}
        pieces = max(1, counts["trail"] // EVENTS_AT_ONCE)
        cut = {table: _pieces(table, await connection.fetchval(BLOCKS, table), pieces) for table in TABLES}
    finally:
        await connection.close()
    return Rows(url, counts, [{table: cut[table][n] for table in TABLES} for n in range(pieces)])


def _pieces(table: str, blocks: int, pieces: int) -> list[str]:
    edges = [blocks * n // pieces for n in range(pieces)] + [blocks + 1]
    columns = ", ".join(TABLES[table])
    return [
        PIECE.format(columns=columns, table=table, first=first, last=last) for first, last in pairwise(edges)
    ]


Put = Callable[[Connection, str, object], Awaitable[object]]
Get = Callable[[Connection, str], Awaitable[object]]


async def copied(rows: Rows, url: str) -> float:
    """Rows per second into the empty tables at `url`, the bytes of COPY lying ready."""
    return await _filled(rows, url, _bytes, _copy_bytes)


async def copied_from_python(rows: Rows, url: str) -> float:
    """The same from tuples of Python, which asyncpg turns into bytes on the way."""
    return await _filled(rows, url, lambda source, query: source.fetch(query), _copy_tuples)


async def _filled(rows: Rows, url: str, get: Get, put: Put) -> float:
    source, target = await asyncpg.connect(rows.url), await asyncpg.connect(url)
    spent = 0.0
    try:
        for piece in rows.pieces:
            ready = {table: await get(source, query) for table, query in piece.items()}
            began = time.perf_counter()
            async with target.transaction():
                for table, content in ready.items():
                    await put(target, table, content)
            spent += time.perf_counter() - began
    finally:
        await source.close()
        await target.close()
    return rows.total / spent


async def _bytes(source: Connection, query: str) -> object:
    out = io.BytesIO()
    await source.copy_from_query(query, output=out, format="binary")
    return out.getvalue()


async def _copy_bytes(target: Connection, table: str, content: object) -> object:
    assert isinstance(content, bytes)
    columns = TABLES[table]
    return await target.copy_to_table(table, source=io.BytesIO(content), columns=columns, format="binary")


async def _copy_tuples(target: Connection, table: str, content: object) -> object:
    assert isinstance(content, list)
    return await target.copy_records_to_table(table, records=content, columns=TABLES[table])
