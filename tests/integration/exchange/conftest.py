"""Exchange over a real PostgreSQL, without a broker: events are handed to it as its reader would."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import pytest

import services.exchange
from services.exchange.calendar import Calendar
from services.exchange.commands import use_cases
from services.exchange.commands.agreements import ApproveAgreement, EndAgreement, ProposeAgreement
from services.exchange.delivering import Delivering
from services.exchange.domain.agreements import Agreement
from services.exchange.outlets import Outlet, everyone, lay, rekeying_of
from shared.clock import business_date
from shared.contracts.membership import UnionEstablished
from shared.copies import apply_copies
from shared.database import Pool, open_pool
from shared.envelope import Place, Provenance, Recorded, decode, encode
from shared.log.sequencer import prepare, sequence
from shared.migrate import migrate, of_service
from shared.reading import progress
from shared.reading.incoming import Incoming
from shared.reading.take import Intake
from shared.units import UNIT, look
from shared.vault import Vault
from shared.work.desk import Desk
from shared.work.submission import Submission
from tests.support.streams import Ledger
from tests.unit.exchange.agreed import COUNTY, JOINED, PROVINCE, UNION

MIGRATIONS = of_service(Path(services.exchange.__file__).parent, "writing", "copying")
NOW = datetime(2026, 6, 1, 4, tzinfo=UTC)
SENT = "UPDATE stream_head SET relayed = sequence"
READ_BY = "UPDATE stream_progress SET end_reached = $1"
LOG = "SELECT value FROM event_log ORDER BY position"

SOURCES = "SELECT d.source FROM event_log AS l JOIN delivered AS d ON d.id = l.id ORDER BY l.position"


@dataclass
class Exchange:
    """The service, with a clock that tests set; `ledger` is membership's topic."""

    url: str
    pool: Pool
    desk: Desk
    vault: Vault
    now: datetime = NOW
    ledger: Ledger = field(default_factory=lambda: Ledger("union.membership"))

    async def conclude(self, **more: Any) -> Outlet:
        """An agreement in force, and its outlet made ready."""
        said: dict[str, Any] = {
            "union": str(PROVINCE),
            "name": "tax-2026",
            "agency": "tax",
            "reader": "agency:tax",
            "purpose": "statistics",
            "basis": "legal_duty",
            "assessment": "评估1号",
            "scope": str(COUNTY),
            "shares": ({"type": JOINED, "fields": ("person", "sex")},),
            "first_day": "2026-05-01",
            "last_day": "2026-07-15",
            "proposed_on": "2026-06-01",
        }
        proposal = ProposeAgreement.model_validate(said | more)
        id_ = (await self.desk.submit(Submission(proposal, "ada"))).id
        approval = ApproveAgreement(agreement=id_, approved_on=date(2026, 6, 1))
        await self.desk.submit(Submission(approval, "ben"))
        outlet = next(each for each in await everyone(self.pool) if each.id == id_)
        await lay(self.url, outlet)
        async with self.inside(outlet) as connection:
            await progress.prepare(connection, outlet.sources)
            await prepare(connection, outlet.topic)
        return outlet

    async def end(self, outlet: Outlet) -> None:
        """Before its last day."""
        command = EndAgreement(agreement=outlet.id, reason="withdrawn", ended_on=date(2026, 6, 1))
        await self.desk.submit(Submission(command, "ada"))

    async def state(self, outlet: Outlet) -> Agreement:
        """As it is now."""
        return next(each.agreement for each in await everyone(self.pool) if each.id == outlet.id)

    def add(self, values: Sequence[bytes]) -> list[Incoming]:
        """Events as they come off the topic."""
        return [self.ledger.add(n % 24, value) for n, value in enumerate(values)]

    async def deliver(self, outlet: Outlet, records: Sequence[Incoming]) -> None:
        """As the reader does."""
        apply = Delivering(outlet, await rekeying_of(self.pool, self.vault, outlet))
        async with self.inside(outlet) as connection:
            await Intake(6, apply).take(connection, records)

    async def send(self, outlet: Outlet, read_by: datetime) -> None:
        """As sequencer, relay and reader do: all is numbered and sent, and all topics read by a moment."""
        async with self.inside(outlet) as connection:
            await sequence(connection, self.now)
            await connection.execute(SENT)
            await connection.execute(READ_BY, read_by)

    async def log(self, outlet: Outlet) -> list[bytes]:
        """What the outlet holds, in order."""
        async with self.inside(outlet) as connection:
            return [row["value"] for row in await connection.fetch(LOG)]

    async def delivered(self, outlet: Outlet) -> list[int]:
        """The numbers under which a test made the events, in the order of the log."""
        async with self.inside(outlet) as connection:
            return [row["source"].int & 0xFFFF for row in await connection.fetch(SOURCES)]

    async def told(self) -> list[Recorded]:
        """What the service itself has logged."""
        return [decode(row["value"]) for row in await self.pool.fetch(LOG)]

    async def look(self) -> None:
        """What its calendar does, once."""
        await Calendar(self.pool, self.desk, 0.0, lambda: self.now).look()

    @contextlib.asynccontextmanager
    async def inside(self, outlet: Outlet) -> AsyncIterator[asyncpg.Connection[asyncpg.Record]]:
        """A session of the outlet's own, as its reader and relay have them."""
        connection = await asyncpg.connect(self.url, server_settings={"search_path": outlet.schema})
        try:
            yield connection
        finally:
            await connection.close()


@pytest.fixture
async def exchange(database: str) -> AsyncIterator[Exchange]:
    connection = await asyncpg.connect(database)
    await migrate(connection, MIGRATIONS)
    await connection.execute("SELECT prepare_partitions($1)", business_date(NOW))
    await _units(connection)
    await connection.close()
    pool, vault = await open_pool(database, largest=6), Vault(bytes(range(32)))
    made: list[Exchange] = []
    desk = Desk(pool, use_cases(vault), look, lambda: made[0].now)
    made.append(Exchange(database, pool, desk, vault))
    running = asyncio.create_task(desk.run())
    yield made[0]
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
    await pool.close()


async def _units(connection: asyncpg.Connection[asyncpg.Record]) -> None:
    """A province, a county and a union, as membership tells of them."""
    ledger, above = Ledger("union.membership"), list[UUID]()
    for unit, level in ((PROVINCE, 1), (COUNTY, 3), (UNION, 6)):
        event = UnionEstablished(
            occurredon=date(2000, 1, 1),
            name="示例工会",
            level=level,
            kind="general",
            form="single",
            parent=above[-1] if above else None,
        )
        above.append(unit)
        why = Provenance("ada", unit, unit)
        value = encode(Recorded(unit, unit, 1, NOW, Place(unit, tuple(above), (), unit), why, event))
        async with connection.transaction():
            await apply_copies([UNIT])(connection, [ledger.add(0, value)])
