"""The list of erasures: who was erased, kept where no backup of the database takes it back.

Every erasure goes to a small topic of its own, by person. Whoever starts to answer HTTP first reads the topic
and erases again whom the database still (or again) knows; until then no vault is opened. A broker that is
away keeps the vaults closed, not the commands waiting. The list holds random ids and dates.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date
from uuid import UUID

import asyncpg
from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition
from pydantic_core import from_json, to_json

from shared.brokers import begin, fetched, reaching
from shared.database import TRANSIENT, Pool
from shared.errors import Unavailable
from shared.log.producing import BrokerTrouble, asking_broker
from shared.log.route import Route
from shared.log.topics import administering, make, partitions_of
from shared.logs import log

TOPIC = "union.erasures"
EVERY_SECONDS = 2.0
ANSWER_SECONDS = 15.0
AT_ONCE = 500

# The key first, then the way to it; who is on the list is never sealed again.
ERASE = """
WITH gone AS (DELETE FROM person_vault WHERE person = $1 RETURNING identity),
     unfound AS (
        DELETE FROM claim AS c USING gone AS g
        WHERE c.kind = 'identity' AND c.value = g.identity AND c.owner = $1)
INSERT INTO erasure (person, erased_on) VALUES ($1, $2) ON CONFLICT DO NOTHING"""
UNPUBLISHED = "SELECT person, erased_on FROM erasure WHERE published IS NULL ORDER BY person LIMIT $1"
PUBLISHED = "UPDATE erasure SET published = now() WHERE person = ANY ($1)"
PASSING = (*TRANSIENT, asyncpg.PostgresError, BrokerTrouble)


class Publishing:
    """Puts erasures on the list, for the relay."""

    def __init__(self, pool: Pool, kafka: str, partitions: int) -> None:
        """The topic is made if it is not there."""
        self._pool = pool
        self._route = Route(TOPIC, kafka, partitions)

    async def run(self) -> None:
        """Until cancelled; whatever is away is waited for."""
        there = False
        while True:
            try:
                there = there or await self._made()
                await self.publish()
            except PASSING as error:
                log.warning("erasures_wait", error=type(error).__name__)
            await asyncio.sleep(EVERY_SECONDS)

    async def publish(self) -> None:
        """Everything that is not on the list; sent twice it is the same."""
        while rows := await self._pool.fetch(UNPUBLISHED, AT_ONCE):
            producer = AIOKafkaProducer(
                **reaching(self._route.kafka),
                acks="all",
                request_timeout_ms=int(ANSWER_SECONDS * 1000),
            )
            try:
                async with asking_broker(ANSWER_SECONDS):
                    await begin(producer)
                    sent = [await producer.send(TOPIC, _line(row), key=row["person"].bytes) for row in rows]
                    await asyncio.gather(*sent)
            finally:
                stopping = asyncio.create_task(producer.stop())
                await asyncio.wait({stopping}, timeout=2)  # it waits for brokers that are away
                stopping.cancel()
            await self._pool.execute(PUBLISHED, [row["person"] for row in rows])

    async def _made(self) -> bool:
        async with administering(self._route.kafka) as client:
            if await partitions_of(client, TOPIC) == 0:
                await make(client, self._route)
        return True


class Applying:
    """Erases again whoever is on the list, before a vault is opened."""

    def __init__(self, pool: Pool, kafka: str) -> None:
        """Nothing is read yet."""
        self._pool = pool
        self._kafka = kafka
        self._applied = self._tried = False

    async def run(self) -> None:
        """Once, however long it takes until topic and database can be reached; then nothing more."""
        while not self._applied:
            try:
                erased = await self._read()
                if erased:
                    async with self._pool.acquire() as connection, connection.transaction():
                        await connection.executemany(ERASE, erased)
                log.info("erasures_applied", people=len(erased))
                self._applied = True
            except PASSING as error:
                log.warning("erasures_wait", error=type(error).__name__)
                self._tried = True
                await asyncio.sleep(EVERY_SECONDS)
        await asyncio.Event().wait()

    @property
    def ready(self) -> Callable[[], Awaitable[str]]:
        """The question of readiness."""

        async def applied() -> str:
            return "" if self._applied or self._tried else "the list of erasures has not been read"

        return applied

    def check(self) -> None:
        """Raises Unavailable as long as somebody erased might still be found."""
        if not self._applied:
            raise Unavailable("the list of erasures has not been read", remedy="repeat it in a moment")

    async def _read(self) -> list[tuple[UUID, date]]:
        async with administering(self._kafka) as client:  # none where nobody was ever erased
            places = [TopicPartition(TOPIC, n) for n in range(await partitions_of(client, TOPIC))]
        consumer = AIOKafkaConsumer(**reaching(self._kafka), enable_auto_commit=False)
        try:
            async with asking_broker(ANSWER_SECONDS):
                await begin(consumer)
            return [each for place in places for each in await _of(consumer, place)]
        finally:
            stopping = asyncio.create_task(consumer.stop())
            await asyncio.wait({stopping}, timeout=2)
            stopping.cancel()


async def _of(consumer: AIOKafkaConsumer, place: TopicPartition) -> list[tuple[UUID, date]]:
    found: list[tuple[UUID, date]] = []
    consumer.assign([place])
    async with asking_broker(ANSWER_SECONDS):
        end = (await consumer.end_offsets([place]))[place]
        # By number: seek_to_beginning is carried out later, and until then the position is the end.
        consumer.seek(place, (await consumer.beginning_offsets([place]))[place])
    while await consumer.position(place) < end:
        async with asking_broker(ANSWER_SECONDS):
            got = await fetched(consumer, place, timeout_ms=500)
        for record in got.get(place, ()):
            said = from_json(record.value)
            found.append((UUID(said["person"]), date.fromisoformat(said["erased_on"])))
    return found


def _line(row: asyncpg.Record) -> bytes:
    return to_json({"person": row["person"], "erased_on": row["erased_on"]})
