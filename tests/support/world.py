"""A projection under test: events in, through the real writer and roller, figures out. No broker."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

import asyncpg

from services.projection.catalogue import load
from services.projection.catalogue.stored import store
from services.projection.colours.frame import lay
from services.projection.handlers import with_roles
from services.projection.roller import prepare, turn
from services.projection.writer import Kind, Writer
from shared.contracts import Event
from shared.database import Pool, open_pool
from shared.envelope import Place, Provenance, Recorded, encode
from shared.reading import progress
from shared.reading.incoming import Incoming
from shared.reading.take import Intake
from shared.streams import stream_of
from tests.support.streams import Ledger

SPACE = UUID("6f3a1f6e-0000-4000-8000-000000000000")
NOON = datetime(2026, 3, 1, 4, tzinfo=UTC)
PARTITIONS = 6


def named(name: str) -> UUID:
    """The same id for the same name, in every test."""
    return uuid5(SPACE, name)


@dataclass
class World:
    """Events of two services, numbered as their relays would; what is not yet taken waits."""

    pool: Pool
    url: str
    ledgers: dict[str, Ledger] = field(default_factory=dict)
    waiting: list[Incoming] = field(default_factory=list)
    versions: dict[UUID, int] = field(default_factory=dict)
    paths: dict[UUID, tuple[UUID, ...]] = field(default_factory=dict)
    events: int = 0

    def record(self, event: Event, unit: str, subject: str = "", stream: int | None = None) -> Recorded:
        """Number one event of a unit (its subject: the unit itself, or another name)."""
        where, about = named(unit), named(subject or unit)
        self.versions[about] = self.versions.get(about, 0) + 1
        self.events += 1
        recorded = Recorded(
            id=named(f"event {self.events}"),
            subject=about,
            version=self.versions[about],
            time=NOON + timedelta(seconds=self.events),
            place=Place(unit=where, lineage=self.paths.get(where, (where,)), lines=(), key=where),
            provenance=Provenance("tester", named("why"), named("why")),
            event=event,
        )
        topic = f"union.{event.service}"
        ledger = self.ledger(topic)
        lane = stream_of(str(where)) if stream is None else stream
        self.waiting.append(ledger.add(lane, encode(recorded)))
        return recorded

    def ledger(self, topic: str) -> Ledger:
        """The streams of a topic."""
        return self.ledgers.setdefault(topic, Ledger(topic, PARTITIONS))

    async def take(self, records: Sequence[Incoming] | None = None, admitted: Collection[Kind] = ()) -> None:
        """Apply what waits (or these), without rolling; `admitted` kinds of dead letters are no burst."""
        taken = self.waiting if records is None else list(records)
        intake = Intake(PARTITIONS, with_roles(Writer(self.pool, load(), admitted)))
        async with self.pool.acquire() as connection:
            await intake.take(connection, taken)
        self.waiting = [each for each in self.waiting if each not in taken]

    async def roll(self, most: int = 50_000) -> None:
        """Bring roll-ups and tree up to what was taken."""
        connection = await asyncpg.connect(self.url)
        try:
            await prepare(connection)
            while (await turn(connection, most)).events:
                pass
        finally:
            await connection.close()

    async def settle(self) -> None:
        """Take and roll everything."""
        await self.take()
        await self.roll()


async def build(url: str) -> None:
    """The projection's schema and the numbers of the catalogue."""
    book = load()
    connection = await asyncpg.connect(url)
    try:
        await lay(connection)
        await store(connection, book)
        await progress.prepare(connection, book.topics)
    finally:
        await connection.close()


@asynccontextmanager
async def world(url: str) -> AsyncIterator[World]:
    """An empty projection in an empty database."""
    await build(url)
    pool = await open_pool(url, largest=4)
    try:
        yield World(pool, url)
    finally:
        await pool.close()


def day(text: str) -> date:
    """A date, written short."""
    return date.fromisoformat(text)
