"""The shortest course that brings each break to light; to a build without one, none of them does any harm."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer

from tests.faults.harness.injecting import NO_SLOW_COMMITS, SLOW_COMMITS, slow_commits
from tests.faults.log.test_lost_topic import recreate
from tests.faults.path.verdicts import places_of
from tests.support.checker import marks_hold, settled
from tests.support.codes import person_number
from tests.support.ledgers import until
from tests.support.load import Client, Land
from tests.support.roles import Roles
from tests.support.servers import KafkaServer
from unionstream.embedded.kafka import Kafka, KafkaNode

TOPIC, PARTITIONS = "union.membership", 6
RELAY, WORKER = "membership-relay", "projection-worker"
AT_ONCE, MANY = 8, 40
PATIENCE = 3.0
"""How long a broken build is given to do its harm, in seconds; a sound one never does it."""

HEADS = "SELECT stream, sequence, relayed FROM stream_head ORDER BY stream"
UNSENT = """
SELECT n.stream, n.sequence, n.sequenced, n.chain, l.value FROM event_number n
JOIN event_log l USING (position) JOIN stream_head h ON h.stream = n.stream
WHERE n.sequence = h.relayed + 2 LIMIT 1"""
PROGRESS = "SELECT sum(sequence) FROM stream_progress"


@dataclass
class Scene:
    """A little country on a running system."""

    roles: Roles
    client: Client
    land: Land
    _people: int = 1_000_000

    async def join(self, count: int, union: str = "") -> None:
        """So many people join, several at a time."""
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(body: dict[str, Any]) -> None:
            async with gate:
                told = await self.client.command("membership", "/v1/members", body)
                assert told.acknowledged, told

        await asyncio.gather(*(one(self._person(union)) for _ in range(count)))

    def _person(self, union: str) -> dict[str, Any]:
        self._people += 1
        return {
            "union": union or self.land.unions[self._people % len(self.land.unions)],
            "document_number": person_number(self._people),
            "name": "示例会员",
            "joined_on": "2006-03-01",
        }

    @property
    def node(self) -> KafkaNode:
        broker = self.roles.stack.broker
        assert isinstance(broker, Kafka)
        return broker.nodes[0]

    async def fetch(self, service: str, query: str) -> list[asyncpg.Record]:
        """Rows of a service's database."""
        connection = await asyncpg.connect(self.roles.database(service))
        try:
            rows: list[asyncpg.Record] = await connection.fetch(query)
            return rows
        finally:
            await connection.close()

    async def restart(self, name: str) -> None:
        """A process that was killed, ready again."""
        self.roles.services[name].start()
        await asyncio.to_thread(self.roles.services[name].wait_ready)

    async def broker_back(self) -> None:
        self.node.start()
        await asyncio.to_thread(self.node.wait_ready)

    async def numbered(self) -> None:
        """Everything in the log has its number."""

        async def all_have() -> bool:
            return not await self.fetch("membership", "SELECT FROM event_queue LIMIT 1")

        await until(all_have, 30)


async def slow_transactions(scene: Scene) -> None:
    """Events get their places in the log, and commit after others that got theirs later."""
    url = scene.roles.stack.postgres.url("membership")
    await slow_commits(url, SLOW_COMMITS)
    await scene.join(MANY)
    await slow_commits(url, NO_SLOW_COMMITS)


async def relay_dies_with_the_broker(scene: Scene) -> None:
    """The broker dies, the relay tries to send, and dies as well before anybody answers."""
    before = await scene.fetch("membership", HEADS)
    scene.node.kill()
    await scene.join(4)
    await scene.numbered()
    await _within_patience(lambda: _moved(scene, before))
    scene.roles.services[RELAY].kill()
    await scene.broker_back()
    await marks_hold(places_of(scene.roles))
    await scene.restart(RELAY)


async def broker_is_away(scene: Scene) -> None:
    """The broker dies for a while, and the relay lives."""
    before = await scene.fetch("membership", HEADS)
    scene.node.kill()
    await scene.join(4)
    await scene.numbered()
    await _within_patience(lambda: _moved(scene, before))
    await scene.broker_back()
    await scene.join(4)


async def worker_dies_as_it_moves(scene: Scene) -> None:
    """The worker is killed at the moment its progress is seen to have moved."""
    await settled(places_of(scene.roles))
    before = (await scene.fetch("projection", PROGRESS))[0][0]
    await scene.join(1)

    async def moved() -> bool:
        return bool((await scene.fetch("projection", PROGRESS))[0][0] != before)

    await until(moved, 30, every=0.01)
    scene.roles.services[WORKER].kill()
    await scene.restart(WORKER)
    await scene.join(4)


async def a_number_comes_too_early(scene: Scene) -> None:
    """The topic holds a number before the one that precedes it, as after a batch that was lost on its way."""
    await settled(places_of(scene.roles))
    scene.node.kill()
    await scene.join(3, scene.land.unions[0])
    await scene.numbered()
    scene.roles.services[RELAY].kill()
    await scene.broker_back()
    early = (await scene.fetch("membership", UNSENT))[0]
    await _send(scene.roles.kafka, early)
    stream, number = early["stream"], early["sequence"]

    async def taken() -> bool:
        query = f"SELECT sequence FROM stream_progress WHERE topic = '{TOPIC}' AND stream = {stream}"
        return bool((await scene.fetch("projection", query))[0][0] >= number)

    await _within_patience(taken)
    await scene.restart(RELAY)


async def topic_is_lost(scene: Scene) -> None:
    """The topic is deleted and made anew, empty, while no relay runs."""
    await settled(places_of(scene.roles))
    scene.roles.services[RELAY].kill()
    await recreate(KafkaServer("kafka", scene.roles.kafka, 1, 0, 0.0), TOPIC)
    await scene.restart(RELAY)
    await scene.join(4)


async def _moved(scene: Scene, before: list[asyncpg.Record]) -> bool:
    marks = {row["stream"]: row["relayed"] for row in before}
    now = await scene.fetch("membership", HEADS)
    return any(row["relayed"] > marks.get(row["stream"], 0) for row in now)


async def _within_patience(happened: Callable[[], Awaitable[bool]]) -> None:
    """Return when it has happened, or when it has had its time."""
    with contextlib.suppress(TimeoutError):
        await until(happened, PATIENCE)


async def _send(kafka: str, row: asyncpg.Record) -> None:
    when = row["sequenced"].astimezone(UTC)
    texts = {
        "stream": str(row["stream"]),
        "sequence": str(row["sequence"]),
        "sequenced": f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond:06d}Z",
        "chain": row["chain"].hex(),
    }
    headers = [(name, text.encode()) for name, text in texts.items()]
    async with AIOKafkaProducer(bootstrap_servers=kafka, acks="all") as producer:
        partition = row["stream"] % PARTITIONS
        await producer.send_and_wait(
            TOPIC,
            row["value"],
            key=json.loads(row["value"])["unionkey"].encode(),
            headers=headers,
            partition=partition,
        )
