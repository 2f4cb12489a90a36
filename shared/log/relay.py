"""One partition of the topic: its streams in order, independent of the other partitions."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable, Sequence

from shared import tracing
from shared.database import Pool
from shared.log.fork import Marks, starting_marks
from shared.log.producing import BrokerTrouble, Numbered, Producing, producing
from shared.log.route import Route
from shared.logs import log
from shared.metrics import BROKER_REACHABLE, RELAY_ERRORS, RELAYED, TAILS_LOST

LARGEST_CHUNK = 500
POLL_SECONDS = 1.0
LONGEST_PAUSE_SECONDS = 5.0

# In order within every stream; among streams by age, so that none starves. LATERAL keeps to primary keys.
READ = """
SELECT n.stream, n.sequence, n.sequenced, n.chain, l.value
FROM (SELECT m.* FROM unnest($1::smallint[], $2::bigint[]) AS w(stream, after)
      CROSS JOIN LATERAL (
          SELECT e.stream, e.sequence, e.position, e.sequenced, e.chain FROM event_number AS e
          WHERE e.stream = w.stream AND e.sequence > w.after ORDER BY e.sequence LIMIT $3) AS m
      ORDER BY m.sequenced, m.stream, m.sequence LIMIT $3) AS n
CROSS JOIN LATERAL (SELECT value FROM event_log WHERE position = n.position OFFSET 0) AS l
ORDER BY n.sequenced, n.stream, n.sequence"""

MOVE = """
WITH head AS (SELECT stream FROM stream_head WHERE stream = ANY ($1::smallint[]) ORDER BY stream FOR UPDATE)
UPDATE stream_head AS h SET relayed = greatest(h.relayed, w.relayed)
FROM head JOIN unnest($1::smallint[], $2::bigint[]) AS w(stream, relayed) USING (stream)
WHERE h.stream = head.stream"""

Gate = Callable[[int], Awaitable[None]]


class TailLost(BrokerTrouble):
    """The broker has given an offset out for the second time: records that it had confirmed are gone."""

    def __init__(self, offset: int) -> None:
        """`offset` is where the topic went on after its loss."""
        super().__init__(f"confirmed records from offset {offset} on are gone")
        self.offset = offset


class Relay:
    """Brings one partition up to the log and keeps it there, for as long as it is let."""

    def __init__(self, pool: Pool, route: Route, partition: int, gate: Gate) -> None:
        """`gate` is awaited with the partition when it has been checked, before anything is sent."""
        self._pool = pool
        self._route = route
        self._partition = partition
        self._gate = gate
        self._grown = asyncio.Event()
        self._failures = 0
        self._chunk = LARGEST_CHUNK
        self._end: int | None = None  # the offset that the next batch gets if nobody else writes
        self._lost_from: int | None = None
        self._cut_at: int | None = None
        self.reached: Marks = {}
        """What this relay knows to be on the topic, by stream; empty until it has looked."""

    @property
    def end(self) -> int:
        """The offset after what it has sent and the broker has confirmed; 0 if it has sent nothing yet."""
        return self._end or 0

    def lose_tail(self, end: int) -> None:
        """Confirmed records from this offset on are gone: it looks again, and sends what is missing."""
        self._cut_at = end
        self._grown.set()

    def wake(self) -> None:
        """There may be more to send."""
        self._grown.set()

    async def run(self) -> None:
        """Until cancelled. Broker trouble is met with a fresh producer and a fresh look; raises `Fork`."""
        while True:
            try:
                await self._once()
            except BrokerTrouble as trouble:
                self._note(trouble)
                await asyncio.sleep(_pause(self._failures))

    async def _once(self) -> None:
        marks = await starting_marks(self._pool, self._route, self._partition, before=self._lost_from)
        await self._gate(self._partition)
        self._end, self.reached = None, marks
        async with producing(self._route, self._partition) as producer:
            BROKER_REACHABLE.labels("relay").set(1)
            while True:
                self._grown.clear()
                self._mind_the_cut()
                if records := await self._read(marks):
                    await self._send(producer, records, marks)
                else:
                    await self._wait()

    def _mind_the_cut(self) -> None:
        cut, self._cut_at = self._cut_at, None
        if cut is not None:
            raise TailLost(cut)

    async def _read(self, marks: Marks) -> list[Numbered]:
        rows = await self._pool.fetch(READ, list(marks), list(marks.values()), self._chunk)
        return [Numbered(*row) for row in rows]

    async def _send(self, producer: Producing, records: Sequence[Numbered], marks: Marks) -> None:
        began = time.time_ns()
        count, offset = await producer.send(records)
        if self._end is not None and 0 <= offset < self._end:
            raise TailLost(offset)
        self._end = max(offset, 0) + count
        moved = {record.stream: record.sequence for record in records[:count]}
        await self._pool.execute(MOVE, list(moved), list(moved.values()))
        marks.update(moved)
        RELAYED.labels(self._route.topic).inc(count)
        tracing.passed(f"send {self._route.topic}", (record.value for record in records[:count]), began)
        self._failures, self._lost_from = 0, None
        self._chunk = min(LARGEST_CHUNK, self._chunk * 2)

    async def _wait(self) -> None:
        try:
            async with asyncio.timeout(POLL_SECONDS):
                await self._grown.wait()
        except TimeoutError:
            pass  # somebody else may have numbered events

    def _note(self, trouble: BrokerTrouble) -> None:
        self._failures += 1
        self._chunk = max(1, self._chunk // 2)  # in case it was the size
        self._lost_from = None
        if isinstance(trouble, TailLost):
            self._lost_from = trouble.offset
            TAILS_LOST.labels(self._route.topic).inc()
            log.error(
                "topic_lost_its_tail", topic=self._route.topic, partition=self._partition, end=trouble.offset
            )
        RELAY_ERRORS.labels(self._route.topic).inc()
        BROKER_REACHABLE.labels("relay").set(0)
        log.warning(
            "relay-error",
            topic=self._route.topic,
            partition=self._partition,
            failures=self._failures,
            detail=str(trouble),
        )


def _pause(failures: int) -> float:
    longest = min(LONGEST_PAUSE_SECONDS, 0.1 * 2 ** min(failures, 10))
    return random.uniform(longest / 2, longest)  # noqa: S311  jitter
