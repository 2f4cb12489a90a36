"""Number and relay the events of one service: what its `relay` role runs."""

import asyncio
import contextlib
import random
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Self

import asyncpg

from shared.checkpoints.notes import Signer, read_signer
from shared.checkpoints.signing import TOPIC, Checkpoints
from shared.clock import Clock, day_begun, utc_now
from shared.database import TRANSIENT, Pool
from shared.log.adopting import adopt
from shared.log.ends import watch_ends
from shared.log.fork import Fork
from shared.log.forked import clear_fork, tell_fork
from shared.log.gauges import keep_measuring
from shared.log.leader import lead
from shared.log.producing import BrokerTrouble
from shared.log.relay import Relay
from shared.log.route import Route
from shared.log.sequencer import Sequencer, prepare
from shared.log.together import together
from shared.log.upkeep import keep_partitions
from shared.logs import log
from shared.metrics import CHECKPOINT_ERRORS, FORKED, RELAY_ERRORS, TAILS_LOST
from shared.streams import partition_of

CHECK_SECONDS = 10.0

PASSING = (
    *TRANSIENT,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
    asyncpg.QueryCanceledError,
    asyncpg.LockNotAvailableError,
)


class Publisher:
    """As many as you like may run; one leads, the others stand by."""

    def __init__(self, pool: Pool, *, topic: str, kafka: str, partitions: int, service: str) -> None:
        """`kafka` is `host:port,host:port`; the topic exists already, with that many partitions."""
        self._pool = pool
        self._route = Route(topic, kafka, partitions)
        self._service = service
        self._signer: Signer | None = None
        self._into = TOPIC
        self._clock: Clock = utc_now
        self._fork = ""
        self._adopts = False

    def adopting(self) -> Self:
        """What the topic holds beyond the log is no fork but taken over: this service keeps its log alone."""
        self._adopts = True
        return self

    def signing(self, key: Path | None, into: str = TOPIC) -> Self:
        """With a key in this file the heads of the topic are signed, and published on the topic `into`.

        Raises `SigningKeyUnusable`.
        """
        self._signer, self._into = read_signer(key) if key else None, into
        return self

    def by_days(self) -> Self:
        """Numbers are given as of the beginning of the day: two topics have no moment in common."""
        self._route, self._clock = replace(self._route, by_days=True), day_begun
        return self

    async def stand(self) -> None:
        """As `run`; but after a fork it stays, so that readiness and metrics can say why nothing is sent."""
        try:
            await self.run()
        except Fork as fork:
            self._fork = f"fork: {fork.detail}; {fork.remedy}"
            await self._tell(self._fork)
            await asyncio.Event().wait()

    async def ready(self) -> str:
        """Empty, or the fork for which nothing is sent."""
        return self._fork

    async def run(self) -> None:
        """Until cancelled: a database that goes away is waited for. Raises `Fork`, for a person to decide."""
        for faults in (RELAY_ERRORS, CHECKPOINT_ERRORS, TAILS_LOST):
            faults.labels(self._route.topic)  # a count that begins at its first fault would show no increase
        while True:
            try:
                await together(keep_partitions(self._pool), lead(self._pool, self._route.topic, self._lead))
            except (*PASSING, BrokerTrouble) as error:
                kind, why = type(error).__name__, str(error)[:300]
                log.warning("relay-stands-by", service=self._service, error=kind, why=why)
                await asyncio.sleep(random.uniform(0.5, 1.5))  # noqa: S311  jitter
            except Fork as fork:
                FORKED.labels(self._route.topic).set(1)
                log.error(
                    "fork", topic=self._route.topic, detail=fork.detail, where=fork.field, remedy=fork.remedy
                )
                raise

    async def _tell(self, reason: str) -> None:
        with contextlib.suppress(*PASSING):  # the other processes learn it the next time
            await tell_fork(self._pool, self._route.topic, reason)

    async def _lead(self) -> None:
        FORKED.labels(self._route.topic).set(0)
        async with self._pool.acquire() as connection:
            await prepare(connection, self._route.topic)
        if self._adopts:
            await adopt(self._pool, self._route)
        checked = _Checked(self._route.partitions, lambda: clear_fork(self._pool, self._route.topic))
        relays = [Relay(self._pool, self._route, n, checked.wait) for n in range(self._route.partitions)]

        def wake(streams: Iterable[int]) -> None:
            for partition in {partition_of(stream, self._route.partitions) for stream in streams}:
                relays[partition].wake()

        await together(
            Sequencer(self._pool, self._route.topic, wake, self._clock).run(),
            keep_measuring(self._pool, self._route.topic),
            watch_ends(self._route, relays),
            *(relay.run() for relay in relays),
            *([Checkpoints(self._pool, self._route, self._signer, self._into).run()] if self._signer else []),
        )


class _Checked:
    """Nothing is sent before every partition has been checked for a fork, unless one stays unreadable."""

    def __init__(self, partitions: int, agreed: Callable[[], Awaitable[None]]) -> None:
        self._agreed = agreed
        self._left = set(range(partitions))
        self._all = asyncio.Event()

    async def wait(self, partition: int) -> None:
        if self._left == {partition}:
            await self._agreed()
        self._left.discard(partition)
        if not self._left:
            self._all.set()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(CHECK_SECONDS):
                await self._all.wait()
        self._all.set()  # waited once, no more
