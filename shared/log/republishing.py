"""The job `republish`: a topic that was lost, emptied or cut short is filled again from the event log.

Numbers, chains, bytes and headers are those of the log, so readers go on and drop what they have as repeats.
A topic that holds what the log does not is a fork, and refused before anything is sent.
"""

import argparse
import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from aiokafka.admin import AIOKafkaAdminClient

from shared.database import Pool, open_pool
from shared.errors import Refused
from shared.log.fork import LOCK, Fork, starting_marks
from shared.log.forked import clear_fork
from shared.log.leader import leading_instead
from shared.log.lost import save_lost
from shared.log.relay import Relay
from shared.log.route import Route
from shared.log.sequencer import prepare
from shared.log.together import together
from shared.log.topics import administering, make, partitions_of, remove
from shared.logs import log
from shared.metrics import FORKED
from shared.reporting import progress, report
from shared.settings import ServiceSettings
from shared.streams import STREAMS

LOOK_SECONDS = 0.2
GONE_SECONDS = 30.0

HEADS = "SELECT stream, sequence FROM stream_head"
FROM_THE_START = "UPDATE stream_head SET relayed = 0"

S = TypeVar("S", bound=ServiceSettings)
Job = Callable[[S, Sequence[str]], Awaitable[int]]


class OtherPartitions(Refused):
    """The topic has another number of partitions than the settings say."""

    code = "other-partitions"


@dataclass(frozen=True)
class Wish:
    """`everything`: from number 1, whatever the topic holds; `recreate`: into a topic made anew.

    `lost_to`: what the topic holds and the log does not is written to this file first, and no fork any more.
    """

    everything: bool = False
    recreate: bool = False
    lost_to: Path | None = None

    @classmethod
    def of(cls, arguments: Sequence[str]) -> "Wish":
        """From the command line of the job."""
        parser = argparse.ArgumentParser(prog="republish")
        parser.add_argument("--everything", action="store_true", help="send from number 1 on")
        parser.add_argument("--recreate", action="store_true", help="delete the topic and make it anew first")
        parser.add_argument(
            "--lost-to", type=Path, help="with --recreate: keep what only the topic has there"
        )
        return cls(**vars(parser.parse_args(arguments)))


def republishing(topic: str) -> Job[S]:
    """The job of the service whose topic this is."""

    async def job(settings: S, arguments: Sequence[str]) -> int:
        pool = await open_pool(
            settings.database_url.get_secret_value(), largest=settings.database_connections, schema="public"
        )
        try:
            await republish(pool, Route(topic, settings.kafka, settings.partitions), Wish.of(arguments))
        finally:
            pool.terminate()
        return 0

    return job


async def republish(pool: Pool, route: Route, wish: Wish) -> None:
    """Fill the topic up to the heads of the log; raises `Fork`, `OtherPartitions`, `BrokerTrouble`.

    No relay leads meanwhile: what it had under way for a topic that is gone would be first in the new one.
    """
    async with leading_instead(pool, route.topic):
        await _republish(pool, route, wish)


async def _republish(pool: Pool, route: Route, wish: Wish) -> None:
    async with pool.acquire() as connection:
        await prepare(connection, route.topic)
    await _topic_there(pool, route, wish)
    await _refuse_forks(pool, route)
    await clear_fork(pool, route.topic)  # what a relay had found before is mended; nobody need wait for one
    if wish.everything or wish.recreate:
        await _take_all_back(pool)
    heads: dict[int, int] = {row["stream"]: row["sequence"] for row in await pool.fetch(HEADS)}
    relays = [Relay(pool, route, partition, _no_gate) for partition in range(route.partitions)]
    log.info("republish_begins", topic=route.topic, events=sum(heads.values()))
    await together(_until_sent(relays, heads), *(relay.run() for relay in relays))
    log.info("republished", topic=route.topic, events=sum(heads.values()))
    report("done", topic=route.topic, events=sum(heads.values()))


async def _topic_there(pool: Pool, route: Route, wish: Wish) -> None:
    async with administering(route.kafka) as client:
        have = await partitions_of(client, route.topic)
        if have and wish.recreate:
            # Another number of partitions, perhaps; but nothing that only the topic knows is ever lost.
            before = replace(route, partitions=have)
            await (save_lost(pool, before, wish.lost_to) if wish.lost_to else _refuse_forks(pool, before))
            await remove(client, route.topic)
            await _until_gone(client, route.topic)
            have = 0
        if have == 0:
            log.warning("topic_made_anew", topic=route.topic, partitions=route.partitions)
            await make(client, route)
        elif have != route.partitions:
            raise OtherPartitions(
                f"{route.topic} has {have} partitions, the settings say {route.partitions}",
                field="partitions",
                value=str(have),
                remedy="stop everything that reads it, and republish with --recreate",
            )


async def _until_gone(client: AIOKafkaAdminClient, topic: str) -> None:
    async with asyncio.timeout(GONE_SECONDS):
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            if not await partitions_of(client, topic):
                return


async def _refuse_forks(pool: Pool, route: Route) -> None:
    try:
        for partition in range(route.partitions):
            await starting_marks(pool, route, partition)
    except Fork:
        FORKED.labels(route.topic).set(1)
        raise


async def _take_all_back(pool: Pool) -> None:
    async with pool.acquire() as connection, connection.transaction():
        await connection.execute(LOCK, list(range(STREAMS)))
        await connection.execute(FROM_THE_START)


async def _until_sent(relays: Sequence[Relay], heads: dict[int, int]) -> None:
    of = sum(heads.values())
    while True:
        sent = {stream: mark for relay in relays for stream, mark in relay.reached.items()}
        done = sum(min(sent.get(stream, 0), head) for stream, head in heads.items())
        progress("republish", done, of)
        if done == of:
            return
        await asyncio.sleep(LOOK_SECONDS)


async def _no_gate(_partition: int) -> None:
    """Every partition was checked before."""
