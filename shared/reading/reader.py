"""The worker loop of a service: its topics into its database, every record once and in order."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from aiokafka.errors import KafkaError

from shared.database import Pool
from shared.logs import log
from shared.metrics import BROKER_REACHABLE, CHAIN_CHECKS, READ_FOREIGN
from shared.reading import progress as rows
from shared.reading.consuming import Group, consumer_of, started
from shared.reading.ends import Ends
from shared.reading.incoming import Apply, KnownChain
from shared.reading.patience import patiently
from shared.reading.searches import Searches
from shared.reading.session import Reads, Session
from shared.reading.take import Intake
from shared.turned_away import turned_away

BATCH = 4000
PATIENCE_SECONDS = 10.0
POLL_MS = 100
AGAIN_SECONDS = 1.0


@dataclass(kw_only=True)
class Reader:
    """Reads `topics` for the owner of `apply`; several processes of one `group` share the partitions.

    `instance` names this process and stays the same over restarts, so that nobody waits for a dead one.
    Whatever the processes believe to own, each record has its effect once: the rows in the database decide.
    `known` lets repeats of any age be compared. `patience` seconds at the end of a partition pass before a
    gap is an alarm.
    """

    pool: Pool
    name: str
    kafka: str
    topics: Sequence[str]
    partitions: int
    apply: Apply
    group: str
    instance: str
    batch: int = BATCH
    known: KnownChain | None = None
    patience: float = PATIENCE_SECONDS
    _started: datetime | None = field(default=None, init=False)
    _ready: bool = field(default=False, init=False)

    async def run(self) -> None:
        """Until cancelled. Waits for a broker or a database that is away, for ever; nothing is lost
        meanwhile.

        Raises what `apply` raises, but for failures of the database, and `WrongPartitions`.
        """
        for topic in self.topics:  # a count that begins at its first fault would show no increase
            CHAIN_CHECKS.labels(self.name, topic, "wrong")
            READ_FOREIGN.labels(self.name, topic)
        await patiently(self.pool, lambda c: rows.prepare(c, self.topics), self.name)
        await patiently(self.pool, lambda c: rows.lay_out(c, self.topics, self.partitions), self.name)
        self._started = await patiently(self.pool, lambda c: c.fetchval(rows.NOW), self.name)
        while True:
            try:
                await self._read()
            except (KafkaError, OSError) as error:
                BROKER_REACHABLE.labels("reader").set(0)
                why = await turned_away(self.kafka)
                log.warning(
                    "reader_makes_a_new_consumer", reader=self.name, error=type(error).__name__, why=why
                )
            await asyncio.sleep(AGAIN_SECONDS)

    async def ready(self) -> str:
        """Empty once every partition, by whichever worker, has been read to an end seen after our start.

        Halted streams are alarmed, not waited for.
        """
        if self._ready:
            return ""
        if self._started is None:
            return f"{self.name} has not reached its database"
        late = await self.pool.fetchval(rows.NOT_AT_END, list(self.topics), self._started)
        self._ready = late == 0
        return "" if self._ready else f"{self.name} has {late} streams to read to their end"

    async def _read(self) -> None:
        intake = Intake(self.partitions, self.apply, self.known)
        reads = Reads(self.name, self.pool, self.topics, intake, self.batch)
        # A member that comes back under its name gets what it had; with more partitions that is not all.
        member = f"{self.instance}-{self.partitions}"
        consumer = consumer_of(Group(self.kafka, self.group, member, self.topics))
        session = Session(reads, consumer, Searches(self.patience))
        ends = Ends(session)
        async with started(consumer, self.topics, session.assigned), ends.measuring():
            BROKER_REACHABLE.labels("reader").set(1)
            while True:
                await session.read(POLL_MS)
                await ends.look()
