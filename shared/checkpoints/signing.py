"""Signs the heads that the broker has confirmed, keeps them in the service's database, publishes them."""

import asyncio
from collections.abc import Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from shared.brokers import begin, reaching
from shared.checkpoints.notes import Signer, checkpoint
from shared.clock import day_begun
from shared.database import Pool
from shared.log.producing import BrokerTrouble, asking_broker
from shared.log.route import Route
from shared.logs import log
from shared.metrics import CHECKPOINT_ERRORS, CHECKPOINT_FAULTS, CHECKPOINTS
from shared.streams import partition_of

TOPIC = "union.checkpoints"
EVERY_SECONDS = 10.0
ANSWER_SECONDS = 15.0
AT_ONCE = 500

# A head is signed as far as the broker has confirmed it: what is signed is on the topic.
GROWN = """
SELECT h.stream, n.sequence, n.chain FROM stream_head AS h
JOIN event_number AS n ON n.stream = h.stream AND n.sequence = h.relayed
WHERE NOT EXISTS (SELECT FROM checkpoint AS c WHERE c.stream = h.stream AND c.sequence = h.relayed)"""
# The newest of each stream, beside what the log has at that number.
SIGNED = """
SELECT c.stream, c.sequence, c.note, n.chain FROM stream_head AS h
CROSS JOIN LATERAL (SELECT stream, sequence, note FROM checkpoint WHERE stream = h.stream
                    ORDER BY sequence DESC LIMIT 1) AS c
LEFT JOIN event_number AS n ON n.stream = c.stream AND n.sequence = c.sequence"""
KEEP = """
INSERT INTO checkpoint (stream, sequence, note)
SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::text[]) ON CONFLICT DO NOTHING"""
UNPUBLISHED = """
SELECT stream, sequence, note FROM checkpoint WHERE published IS NULL ORDER BY signed, stream LIMIT $1"""
PUBLISHED = """
UPDATE checkpoint AS c SET published = now() FROM unnest($1::smallint[], $2::bigint[]) AS n(stream, sequence)
WHERE c.stream = n.stream AND c.sequence = n.sequence AND c.published IS NULL"""


class Checkpoints:
    """The checkpoints of one topic, made by whoever leads its relay."""

    def __init__(self, pool: Pool, route: Route, signer: Signer, into: str = TOPIC) -> None:
        """`route` leads to the topic whose heads are signed; they are published on the topic `into`."""
        self._pool = pool
        self._route = route
        self._signer = signer
        self._into = into

    async def run(self) -> None:
        """Every ten seconds until cancelled; a broker that is away is waited for."""
        log.info("checkpoints_signed_by", topic=self._route.topic, key=self._signer.verifier)
        while True:
            await self.sign()
            await self.verify()
            try:
                await self.publish()
            except BrokerTrouble as trouble:
                CHECKPOINT_ERRORS.labels(self._route.topic).inc()
                log.warning("checkpoints_wait", topic=self._route.topic, detail=str(trouble))
            await asyncio.sleep(EVERY_SECONDS)

    async def sign(self) -> None:
        """Sign and keep the heads that have grown since."""
        heads = await self._pool.fetch(GROWN)
        if not heads:
            return
        notes = [self._signer.sign(checkpoint(self._route.topic, *head)) for head in heads]
        await self._pool.execute(KEEP, [h["stream"] for h in heads], [h["sequence"] for h in heads], notes)
        CHECKPOINTS.labels(self._route.topic).inc(len(heads))
        log.info("checkpoints_signed", topic=self._route.topic, heads=len(heads))

    async def verify(self) -> int:
        """How many streams have another log than was signed of them last: somebody has changed it."""
        wrong = [row for row in await self._pool.fetch(SIGNED) if not self._holds(row)]
        CHECKPOINT_FAULTS.labels(self._route.topic).set(len(wrong))
        for row in wrong:
            log.error(
                "checkpoint_disagrees",
                topic=self._route.topic,
                stream=row["stream"],
                sequence=row["sequence"],
            )
        return len(wrong)

    def _holds(self, row: Any) -> bool:
        text = checkpoint(self._route.topic, row["stream"], row["sequence"], row["chain"] or b"")
        return bool(row["note"].startswith(f"{text}\n"))

    async def publish(self) -> None:
        """Send what is kept and not published; sent twice it is the same. Raises `BrokerTrouble`."""
        while waiting := await self._pool.fetch(UNPUBLISHED, AT_ONCE):
            await self._send(waiting)
            await self._pool.execute(
                PUBLISHED, [row["stream"] for row in waiting], [row["sequence"] for row in waiting]
            )

    async def _send(self, rows: Sequence[Any]) -> None:
        producer = AIOKafkaProducer(
            **reaching(self._route.kafka), acks="all", request_timeout_ms=int(ANSWER_SECONDS * 1000)
        )
        try:
            async with asking_broker(ANSWER_SECONDS):
                await begin(producer)
                sent = [await self._queue(producer, row) for row in rows]
                await asyncio.gather(*sent)
        finally:
            stopping = asyncio.create_task(producer.stop())
            await asyncio.wait({stopping}, timeout=2)  # it waits for brokers that are away
            stopping.cancel()

    async def _queue(self, producer: AIOKafkaProducer, row: Any) -> Any:
        origin = f"{self._route.topic}/{row['stream']}"
        place = partition_of(row["stream"], self._route.partitions)
        at = int(day_begun().timestamp() * 1000) if self._route.by_days else None
        return await producer.send(
            self._into, row["note"].encode(), key=origin.encode(), partition=place, timestamp_ms=at
        )
