"""The life of one consumer: place its partitions, read, take, go back where a number is missing."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import IllegalStateError

from shared import tracing
from shared.brokers import fetched
from shared.database import Connection, Pool
from shared.logs import log
from shared.metrics import CHAIN_CHECKS, READ, READ_FOREIGN, REPEATS
from shared.reading import progress as rows
from shared.reading.incoming import Incoming
from shared.reading.judging import DAWN, GAP, Progress
from shared.reading.patience import patiently
from shared.reading.placing import knows, start_of
from shared.reading.progress import Key
from shared.reading.records import incoming
from shared.reading.searches import Searches
from shared.reading.take import Intake, Taken
from shared.streams import STREAMS, partition_of

T = TypeVar("T")


@dataclass(frozen=True)
class Reads:
    """What stays the same while a reader lives; `batch`: most records in one transaction."""

    name: str
    pool: Pool
    topics: Sequence[str]
    intake: Intake
    batch: int

    @property
    def partitions(self) -> int:
        """Of every topic."""
        return self.intake.partitions

    def keys(self, tp: TopicPartition) -> list[Key]:
        """The streams of a partition."""
        return [(tp.topic, stream) for stream in range(tp.partition, STREAMS, self.partitions)]

    def partition(self, topic: str, stream: int) -> TopicPartition:
        """The partition of a stream."""
        return TopicPartition(topic, partition_of(stream, self.partitions))

    async def patiently(self, work: Callable[[Connection], Awaitable[T]]) -> T:
        """Do it as soon as the database lets it."""
        return await patiently(self.pool, work, self.name)


@dataclass
class Session:
    """One consumer of one reader. `fresh`: partitions not placed yet; `starts`: whose first record is due."""

    reads: Reads
    consumer: AIOKafkaConsumer
    searches: Searches
    fresh: set[TopicPartition] = field(default_factory=set)
    starts: dict[TopicPartition, tuple[int, Sequence[Progress]]] = field(default_factory=dict)
    newest: dict[str, datetime] = field(default_factory=dict)
    """When the last event was numbered that this consumer has taken, by topic."""

    def assigned(self, partitions: set[TopicPartition]) -> None:
        """After a rebalance every partition has to be placed again."""
        self.fresh = set(partitions)
        self.starts.clear()
        self.searches.clear()

    async def read(self, timeout_ms: int) -> None:
        """Take the next batch, if one comes within the time.

        Raises KafkaError when the consumer is of no use any more, and what `apply` raises.
        """
        while self.fresh:
            await self._place(self.fresh)
        found = await fetched(self.consumer, timeout_ms=timeout_ms, max_records=self.reads.batch)
        records = [each for tp, got in found.items() for each in self._readable(tp, got)]
        if records:
            await self._take(records)

    def recognised(self, tp: TopicPartition, first: Incoming | None) -> bool:
        """Whether the partition begins as it should; if not, it is read from the earliest record."""
        start, streams = self.starts.pop(tp)
        if knows(streams, first, start):
            return True
        log.warning(
            "reader_starts_over",
            reader=self.reads.name,
            topic=tp.topic,
            partition=tp.partition,
            offset=start,
        )
        self.seek(tp, 0)
        return False

    def seek(self, tp: TopicPartition, offset: int) -> bool:
        """Read on from there; false if the partition was lost meanwhile: who has it now will see to it."""
        try:
            self.consumer.seek(tp, offset)
        except IllegalStateError:
            return False
        return True

    async def _place(self, fresh: set[TopicPartition]) -> None:
        keys = [key for tp in fresh for key in self.reads.keys(tp)]
        known = await self.reads.patiently(lambda c: rows.read(c, keys))
        if self.fresh is not fresh:
            return
        self.fresh = set()
        for tp in fresh:
            streams = [known[key] for key in self.reads.keys(tp)]
            start = start_of(streams)
            if self.seek(tp, start):
                self.starts[tp] = start, streams

    def _readable(self, tp: TopicPartition, got: Sequence[Any]) -> list[Incoming]:
        if tp in self.fresh:
            return []
        records = [found for each in got if (found := incoming(each, self.reads.partitions)) is not None]
        if foreign := len(got) - len(records):
            READ_FOREIGN.labels(self.reads.name, tp.topic).inc(foreign)
            log.error("records_foreign", reader=self.reads.name, topic=tp.topic, partition=tp.partition)
        if tp in self.starts and not self.recognised(tp, records[0] if records else None):
            return []
        return records

    async def _take(self, records: Sequence[Incoming]) -> None:
        began = time.time_ns()
        try:
            taken = await self.reads.patiently(
                lambda c: self.reads.intake.take(c, records, self.searches.holding)
            )
        except TimeoutError:
            if len(records) == 1:
                raise
            middle = len(records) // 2
            await self._take(records[:middle])
            await self._take(records[middle:])
        else:
            self._count(taken)
            self._search(taken)
            tracing.passed(f"apply in {self.reads.name}", (record.value for record in records), began)

    def _search(self, taken: Taken) -> None:
        now = asyncio.get_running_loop().time()
        back: dict[TopicPartition, int] = {}
        for each, furthest in taken.seen:
            key = (each.topic, each.stream)
            if each.halted not in {"", GAP}:
                self.searches.end(key)
            elif self.searches.saw(key, each.sequence, furthest, now):
                tp = self.reads.partition(*key)
                back[tp] = min(back.get(tp, each.offset), each.offset)
                self._tell("stream_has_a_hole", each)
        for tp, offset in back.items():
            self.seek(tp, max(0, offset))

    def _count(self, taken: Taken) -> None:
        for topic, count in taken.accepted.items():
            READ.labels(self.reads.name, topic).inc(count)
            CHAIN_CHECKS.labels(self.reads.name, topic, "right").inc(count)
        for progress, _ in taken.seen:
            self.newest[progress.topic] = max(progress.sequenced, self.newest.get(progress.topic, DAWN))
        for topic, count in taken.repeats.items():
            REPEATS.labels(self.reads.name, topic).inc(count)
        for each in taken.forked:
            CHAIN_CHECKS.labels(self.reads.name, each.topic, "wrong").inc()
            self._tell("stream_forked", each)

    def _tell(self, event: str, at: Progress) -> None:
        say = log.error if at.halted else log.info
        say(event, reader=self.reads.name, topic=at.topic, stream=at.stream, after=at.sequence)
