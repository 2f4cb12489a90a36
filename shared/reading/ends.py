"""What is only known at the end of a partition: that a reader is up to date, or that a number never came."""

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field

from aiokafka import TopicPartition
from aiokafka.errors import IllegalStateError, KafkaError

from shared.logs import log
from shared.metrics import HALTED, LAG, LAG_SECONDS
from shared.reading import progress as rows
from shared.reading.consuming import commit
from shared.reading.judging import FORK, GAP
from shared.reading.progress import Key
from shared.reading.session import Session

LOOK_SECONDS = 1.0
COMMIT_SECONDS = 5.0
POSITION_SECONDS = 0.5
FAR_EVENTS = 10_000


class WrongPartitions(RuntimeError):
    """A topic has another number of partitions than the settings say: streams would not be where we look."""


@dataclass
class Ends:
    """Looks about once a second: ends reached, gaps, lag, and the group's offsets."""

    session: Session
    looked: float = 0.0
    committed: float = field(default_factory=lambda: asyncio.get_running_loop().time())
    behind: dict[str, int] = field(default_factory=dict)

    @contextlib.asynccontextmanager
    async def measuring(self) -> AsyncIterator[None]:
        """Inside the block the lag is told every second, also while a batch waits for the database."""
        telling = asyncio.create_task(self._keep_telling())
        try:
            yield
        finally:
            telling.cancel()

    async def _keep_telling(self) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            with contextlib.suppress(KafkaError):  # it is the reader that complains
                self._lags(await self._positions())

    async def look(self) -> None:
        """If it is time again; raises `WrongPartitions`."""
        now = asyncio.get_running_loop().time()
        if now - self.looked < LOOK_SECONDS:
            return
        self.looked = now
        self._check_partitions()
        positions = await self._positions()
        lags = self._lags(positions)
        ended = [tp for tp, lag in lags.items() if lag == 0 and self._begins_well(tp)]
        await self._give_up(ended, now)
        await self._mark(ended)
        await self._tell_halted()
        if now - self.committed >= COMMIT_SECONDS:
            self.committed = now
            await commit(self.session.consumer, positions)

    def _check_partitions(self) -> None:
        for topic in self.session.reads.topics:
            found = self.session.consumer.partitions_for_topic(topic)
            if found and len(found) != self.session.reads.partitions:
                msg = f"{topic} has {len(found)} partitions, not {self.session.reads.partitions}"
                raise WrongPartitions(msg)

    async def _positions(self) -> dict[TopicPartition, int]:
        """Next offsets, of partitions that have been placed and found their place."""
        consumer, positions = self.session.consumer, dict[TopicPartition, int]()
        for tp in consumer.assignment() - self.session.fresh:
            try:
                async with asyncio.timeout(POSITION_SECONDS):  # `wait_for` may lose a cancellation
                    positions[tp] = await consumer.position(tp)
            except (IllegalStateError, TimeoutError):
                continue
        still = consumer.assignment() - self.session.fresh
        return {tp: at for tp, at in positions.items() if tp in still}

    def _lags(self, positions: Mapping[TopicPartition, int]) -> dict[TopicPartition, int]:
        """How far from the end, where the broker has told its end."""
        ends = {tp: self.session.consumer.highwater(tp) for tp in positions}
        lags = {tp: max(0, end - positions[tp]) for tp, end in ends.items() if end is not None}
        for topic in self.session.reads.topics:
            behind = sum(lag for tp, lag in lags.items() if tp.topic == topic)
            LAG.labels(self.session.reads.name, topic).set(behind)
            self._tell_lag(topic, behind)
            newest = self.session.newest.get(topic)
            age = time.time() - newest.timestamp() if behind and newest else 0.0
            LAG_SECONDS.labels(self.session.reads.name, topic).set(max(0.0, age))
        return lags

    def _tell_lag(self, topic: str, behind: int) -> None:
        """In the log when it is far behind, every time that this has doubled, and when it has caught up."""
        told, name = self.behind.get(topic, 0), self.session.reads.name
        if behind >= max(FAR_EVENTS, 2 * told):
            self.behind[topic] = behind
            log.warning("reader_behind", reader=name, topic=topic, records=behind)
        elif told and not behind:
            del self.behind[topic]
            log.info("reader_caught_up", reader=name, topic=topic)

    def _begins_well(self, tp: TopicPartition) -> bool:
        """At the end without a first record: perhaps this is another topic under the same name."""
        return tp not in self.session.starts or self.session.recognised(tp, None)

    async def _give_up(self, ended: list[TopicPartition], now: float) -> None:
        tired = self.session.searches.given_up(self._streams(ended, searched=True), now)
        if not tired:
            return
        reads, missing = self.session.reads, [(*key, number) for key, number in tired]
        for topic, stream, number in await reads.patiently(lambda c: rows.halt_at_gaps(c, missing)):
            log.error("stream_halted_by_a_gap", reader=reads.name, topic=topic, stream=stream, missing=number)
        for tp in {reads.partition(*key) for key, _ in tired}:
            self.session.seek(tp, 0)

    async def _mark(self, ended: list[TopicPartition]) -> None:
        ages = {tp: self._age(tp) for tp in ended}
        keys = self._streams(ended, searched=False)
        whole = [(*key, ages[self.session.reads.partition(*key)]) for key in keys]
        if whole:
            await self.session.reads.patiently(lambda c: rows.mark_ends(c, whole))

    def _streams(self, ended: list[TopicPartition], *, searched: bool) -> list[Key]:
        keys = [key for tp in ended for key in self.session.reads.keys(tp)]
        return [key for key in keys if (key in self.session.searches) is searched]

    def _age(self, tp: TopicPartition) -> float:
        """Seconds since the broker told its end."""
        try:
            told: int = self.session.consumer.last_poll_timestamp(tp) or 0
        except (AssertionError, IllegalStateError):  # lost meanwhile
            told = 0
        return max(0.0, time.time() - told / 1000)

    async def _tell_halted(self) -> None:
        reads = self.session.reads
        found = await reads.patiently(lambda c: c.fetch(rows.HALTED_NOW, list(reads.topics)))
        by_reason = {GAP: 0, FORK: 0} | {row["halted"]: row["count"] for row in found if row["halted"]}
        for reason, count in by_reason.items():
            HALTED.labels(reads.name, reason).set(count)
