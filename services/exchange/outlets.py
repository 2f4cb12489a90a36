"""Where an agreement delivers to: a topic `agency.<name>`, and a schema with its log, numbers, position.

A schema each, so that what was read and what was written for an agency is one transaction, so that agreements
neither wait for each other nor share a table, and so that sequencer and relay are those of every service.
All records run in one stream, 0, in one partition: an agency has one number to keep.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import asyncpg

from services.exchange.commands.agreements import AGREEMENT, NAME
from services.exchange.domain.agreements import Agreement
from services.exchange.domain.reducing import Rekeying
from shared.clock import business_date, utc_now
from shared.contracts import RELEASED
from shared.database import Connection, Pool
from shared.migrate import SHARED, Migration, migrate, of_folder
from shared.vault import Sealed, Vault

STREAM = 0
PARTITIONS = 1
PROGRESS = {"copying/0002_progress.sql", "copying/0004_partitions.sql"}

ALL = "SELECT id, state FROM aggregate WHERE kind = $1 ORDER BY id"
# As its index has it.
LIVE = """
SELECT id, state FROM aggregate
WHERE kind = 'agency-agreement' AND state ->> 'stage' = 'in_force' ORDER BY id"""
NAMED = """
SELECT a.id, a.state FROM claim AS c JOIN aggregate AS a ON a.id = c.owner
WHERE c.kind = $1 AND c.value = $2"""
KEY = "SELECT wrapped_key, record FROM agreement_key WHERE agreement = $1"
INTO = "SELECT set_config('search_path', $1, true)"
LAID = "SELECT to_regclass($1 || '.open_month') IS NOT NULL"
OPEN = "INSERT INTO open_month (month) VALUES ($1) ON CONFLICT DO NOTHING"


@dataclass(frozen=True)
class Outlet:
    """An agreement that has been approved, and where it delivers to."""

    id: UUID
    agreement: Agreement

    @property
    def topic(self) -> str:
        """Its topic."""
        return f"agency.{self.agreement.name}"

    @property
    def schema(self) -> str:
        """Its schema; no two names have the same, for a name has no underscore."""
        return f"agency_{self.agreement.name.replace('-', '_')}"

    @property
    def sources(self) -> list[str]:
        """The topics that are read for it."""
        return sorted({f"union.{RELEASED[each].service}" for each in self.agreement.types})


async def in_force(pool: Pool) -> list[Outlet]:
    """Those that deliver."""
    return [_outlet(row) for row in await pool.fetch(LIVE)]


async def everyone(pool: Pool) -> list[Outlet]:
    """Those of all agreements, whatever their stage."""
    return [_outlet(row) for row in await pool.fetch(ALL, AGREEMENT.name)]


async def named(pool: Pool, name: str) -> Outlet | None:
    """That of the agreement with this name."""
    row = await pool.fetchrow(NAMED, NAME, name)
    return _outlet(row) if row else None


async def rekeying_of(pool: Pool, vault: Vault, outlet: Outlet) -> Rekeying:
    """The ids that this agency gets; raises SealBroken."""
    row = await pool.fetchrow(KEY, outlet.id)
    assert row is not None
    return Rekeying(bytes.fromhex(vault.open_text(outlet.id, Sealed(row["wrapped_key"], row["record"]))))


def migrations() -> list[Migration]:
    """The schema of an outlet: a log with its numbers, how far it has read, and what it has delivered."""
    progress = [each for each in of_folder(SHARED / "copying") if each.name in PROGRESS]
    return [*of_folder(SHARED / "writing"), *progress, *of_folder(Path(__file__).parent / "outlet")]


async def lay(url: str, outlet: Outlet) -> None:
    """Make the schema, or bring it up to date."""
    connection = await asyncpg.connect(url, timeout=10, server_settings={"search_path": outlet.schema})
    try:
        async with connection.transaction():  # worker and relay come at the same time
            await connection.execute("SELECT pg_advisory_xact_lock(hashtext('outlets'))")
            await connection.execute(f'CREATE SCHEMA IF NOT EXISTS "{outlet.schema}"')
        await migrate(connection, migrations())
        await connection.execute("SELECT prepare_partitions($1)", business_date(utc_now()))
        await connection.execute(OPEN, outlet.agreement.first_day.replace(day=1))
    finally:
        await connection.close(timeout=5)


async def is_laid(pool: Pool, outlet: Outlet) -> bool:
    """Whether its schema is there already."""
    return bool(await pool.fetchval(LAID, outlet.schema))


@asynccontextmanager
async def inside(pool: Pool, outlet: Outlet) -> AsyncIterator[Connection]:
    """A transaction that stands in the schema of the outlet."""
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(INTO, outlet.schema)
        yield connection


def _outlet(row: asyncpg.Record) -> Outlet:
    return Outlet(row["id"], AGREEMENT.state.model_validate_json(row["state"]))
