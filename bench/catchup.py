"""How fast an empty projection catches up with its topics, beside what broker and tables can do at best.

The yardsticks, in the same run: a bare consumer that throws away what it reads, and a bare COPY of the very
rows the worker wrote into tables of the same make.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import chain

import asyncpg
from aiokafka import AIOKafkaConsumer

from bench import peer, processes
from bench.databases import projection_database
from bench.history import History
from bench.rate import Rate
from bench.room import Room
from bench.rows import Rows, copied, copied_from_python, rows_of
from bench.table import Line, Result
from bench.topics import Topics
from services.projection import catalogue
from services.projection.handlers import reader_of
from services.projection.roller import Roller
from services.projection.settings import ProjectionSettings
from shared.database import Connection, open_pool
from shared.reading.incoming import Apply, Incoming
from shared.reading.reader import BATCH
from unionstream.embedded.topics import make_topics

APPLIED = "SELECT coalesce(sum(sequence), 0)::bigint FROM stream_progress"
ROLLED = "SELECT coalesce(sum(sequence), 0)::bigint FROM roller_position"
LOOK_SECONDS = 0.02
END_SECONDS = 10.0
AIM = 0.40


@dataclass
class Measured:
    """Every round's events per second; rows per second for the two COPYs."""

    bare: list[float] = field(default_factory=list)
    peer: list[float] = field(default_factory=list)
    bare_processor: list[float] = field(default_factory=list)
    worker: list[float] = field(default_factory=list)
    processor: list[float] = field(default_factory=list)
    rolled: list[float] = field(default_factory=list)
    two: list[float] = field(default_factory=list)
    copy: list[float] = field(default_factory=list)
    python_copy: list[float] = field(default_factory=list)


async def run(room: Room) -> Result:
    """Fill the topics once, then measure every contestant, round after round."""
    topics = await _filled(room)
    measured, rows = Measured(), {"fact": 0, "trail": 0}
    for round_ in range(room.of(3, 1)):
        bare = await _bare(topics)
        measured.bare.append(bare.value)
        measured.bare_processor.append(bare.processor)
        if peer.available():
            measured.peer.append(await peer.peer_rate(topics))
        async with projection_database(room, f"bench_worker_{round_}") as url:
            rate, pace = await _worker(url, topics)
            measured.worker.append(pace)
            measured.processor.append(rate.processor)
            room.say(f"round {round_ + 1}: the worker took {measured.worker[-1]:,.0f} events/s")
            written = await rows_of(url)
            rows = written.counts
            await _copies(room, written, measured)
    for round_ in range(room.of(2, 1)):
        async with projection_database(room, f"bench_rolled_{round_}") as url:
            measured.rolled.append((await _worker(url, topics, until=ROLLED))[1])
        async with projection_database(room, f"bench_two_{round_}") as url:
            measured.two.append(await processes.side_by_side(url, topics))
        alone, two = measured.rolled[-1], measured.two[-1]
        room.say(f"until the figures stood: {alone:,.0f} events/s, with two worker processes {two:,.0f}")
    return _told(topics, measured, rows)


async def _filled(room: Room) -> Topics:
    history, names = History(), tuple(catalogue.load().topics)
    topics = Topics(room.stack.broker.bootstrap, room.stack.partitions, names)
    await make_topics(topics.kafka, names, room.stack.broker.replication, topics.partitions)
    began = time.perf_counter()
    await topics.fill(chain(history.founding(), history.years(room.of(300_000, 40_000))))
    room.say(
        f"{topics.events:,} events of {topics.bytes / topics.events:,.0f} bytes about {len(history.units):,}"
        f" units on {len(names)} topics after {time.perf_counter() - began:.0f} s"
    )
    return topics


async def _bare(topics: Topics) -> Rate:
    rate = Rate()
    consumer = AIOKafkaConsumer(
        *topics.names, bootstrap_servers=topics.kafka, auto_offset_reset="earliest", fetch_max_wait_ms=250
    )
    await consumer.start()
    try:
        while rate.count < topics.events:
            found = await consumer.getmany(timeout_ms=100, max_records=BATCH)
            if found:
                rate.add(sum(len(records) for records in found.values()))
    finally:
        await consumer.stop()
    return rate


async def _worker(url: str, topics: Topics, until: str = APPLIED) -> tuple[Rate, float]:
    """The worker of the release on an empty database; with the roller beside it if figures have to stand.

    The second value is events per second until all of them had been done.
    """
    rate, pool = Rate(), await open_pool(url)
    reader = reader_of(pool, _settings(url, topics))
    reader.apply = _counted(reader.apply, rate)
    running = [asyncio.create_task(reader.run())]
    if until == ROLLED:
        running.append(asyncio.create_task(Roller(url).run()))
    watching = await asyncpg.connect(url)
    try:
        while await watching.fetchval(until) < topics.events:
            await asyncio.wait(running, timeout=LOOK_SECONDS, return_when=asyncio.FIRST_COMPLETED)
            for died in (each for each in running if each.done()):
                died.result()
        return rate, rate.until(time.perf_counter())
    finally:
        for each in running:
            each.cancel()
        await asyncio.wait(running, timeout=END_SECONDS)
        await watching.close()
        await pool.close()


def _counted(apply: Apply, rate: Rate) -> Apply:
    async def counting(connection: Connection, records: Sequence[Incoming]) -> None:
        await apply(connection, records)
        rate.add(len(records))

    return counting


def _settings(url: str, topics: Topics) -> ProjectionSettings:
    return ProjectionSettings.model_validate(
        {
            "database_url": url,
            "kafka": topics.kafka,
            "partitions": topics.partitions,
            "http_host": "127.0.0.1",
            "http_port": 0,
        }
    )


async def _copies(room: Room, rows: Rows, measured: Measured) -> None:
    async with projection_database(room, "bench_copy") as url:
        measured.copy.append(await copied(rows, url))
    async with projection_database(room, "bench_python_copy") as url:
        measured.python_copy.append(await copied_from_python(rows, url))
    room.say(f"bare COPY: {measured.copy[-1]:,.0f} rows/s, from tuples {measured.python_copy[-1]:,.0f}")


def _told(topics: Topics, measured: Measured, rows: dict[str, int]) -> Result:
    per_event = sum(rows.values()) / topics.events
    bare = Line("bare aiokafka getmany", "events/s", measured.bare)
    copy = Line("bare COPY, bytes ready", "events/s", [each / per_event for each in measured.copy])
    python_copy = Line(
        "bare COPY, from tuples", "events/s", [each / per_event for each in measured.python_copy]
    )
    beside = [("COPY", copy.typical), ("COPY from tuples", python_copy.typical), ("getmany", bare.typical)]
    lines = [
        bare,
        Line("bare COPY, bytes ready", "rows/s", measured.copy),
        copy,
        python_copy,
        Line("worker into facts and trail", "events/s", measured.worker, beside, f">= {AIM:.0%} of COPY"),
        Line("worker and roller, until figures stand", "events/s", measured.rolled, beside[:1]),
        Line("two worker processes, until figures stand", "events/s", measured.two, beside[:1]),
        Line("processor time of the consumer, bare", "µs/event", measured.bare_processor),
        Line("processor time of the worker, without PostgreSQL", "µs/event", measured.processor),
    ]
    if measured.peer:
        lines.insert(1, Line("FastStream, batch, raw decoder", "events/s", measured.peer, beside[2:]))
    size = topics.bytes / topics.events
    notes = [
        f"{topics.events:,} events of {size:,.0f} bytes; {rows['fact']:,} facts, {rows['trail']:,} of trail."
    ]
    if not measured.peer:
        notes.append("FastStream is not installed here and was left out.")
    return Result("Catching up: an empty projection", lines, notes)
