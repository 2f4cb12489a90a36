"""Projection databases for one measurement each: migrated, and gone afterwards unless the room is kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import asyncpg

from bench.room import Room
from services.projection import catalogue
from services.projection.catalogue.stored import store
from services.projection.colours.frame import lay
from unionstream.embedded.postgres import Postgres

PASSWORD = "bench"  # noqa: S105  of a database that lives for a minute on loopback  # pragma: allowlist secret


@asynccontextmanager
async def projection_database(room: Room, name: str) -> AsyncIterator[str]:
    """The address of a projection; a checkpoint before and after, so that none falls due meanwhile.

    Empty, unless the room is kept and an earlier run left one of this name.
    """
    postgres = room.stack.postgres
    postgres.make_databases({name: PASSWORD})
    url = postgres.url(name, name, PASSWORD)
    connection = await asyncpg.connect(url)
    try:
        await lay(connection)
        await store(connection, catalogue.load())
    finally:
        await connection.close()
    await _as_superuser(postgres, "CHECKPOINT")
    try:
        yield url
    finally:
        if not room.kept:
            await _as_superuser(postgres, f"DROP DATABASE {name} WITH (FORCE)")
        await _as_superuser(postgres, "CHECKPOINT")


async def _as_superuser(postgres: Postgres, statement: str) -> None:
    connection = await asyncpg.connect(postgres.url(), command_timeout=120)
    try:
        await connection.execute(statement)
    finally:
        await connection.close()
