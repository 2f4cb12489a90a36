"""An auditor from outside: what was acknowledged, the logs, the topics, the trail and the figures.

It shares no code with the product: it reads PostgreSQL with asyncpg and Kafka with aiokafka, and recomputes
every hash chain with hashlib from what docs/streams.md promises.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

import asyncpg
from aiokafka import AIOKafkaConsumer, TopicPartition

STREAMS = 24
TRAIL_OF = {
    "union.membership": 0,
    "union.finance": 24,
    "union.welfare": 48,
    "union.events": 72,
    "union.rights": 96,
    "union.affairs": 120,
    "union.projection": 144,
    "union.exchange": 168,
}
"""The first lane of each topic in the projection."""


@dataclass(frozen=True)
class Entry:
    """One numbered event: its bytes, and its link in hex."""

    sequenced: str
    chain: str
    value: bytes


Ledger = dict[tuple[int, int], Entry]
"""Entries by stream and number."""


@dataclass(frozen=True)
class Places:
    """Where everything is: `logs` has a database per topic; `readers` what follows membership."""

    kafka: str
    logs: Mapping[str, str]
    projection: str
    readers: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Audit:
    """The logs as they were found to agree with topic and trail."""

    events: list[dict[str, Any]] = field(default_factory=list)
    repeats: int = 0
    early: int = 0
    """Records behind a hole, that came again at their place."""

    def by_actor(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for event in self.events:
            found[event["actor"]].append(event)
        return found


async def settled(places: Places, seconds: float = 180.0, stuck: float = 120.0) -> None:
    """Return when everything logged is numbered, sent, read by all and rolled.

    Fails at the deadline, or when nothing has moved for `stuck` seconds.
    """
    began = moved = time.monotonic()
    before: list[str] = []
    while behind := await _behind(places):
        now = time.monotonic()
        moved = moved if behind == before else now
        assert now < began + seconds, f"still behind after {seconds:.0f} s: {behind}"
        assert now < moved + stuck, f"nothing has moved for {stuck:.0f} s: {behind}"
        before = behind
        await asyncio.sleep(0.2)


async def audit(places: Places) -> Audit:
    """Compare log, topic and trail, number by number and byte by byte; asserts that they agree."""
    found = Audit()
    for topic, url in places.logs.items():
        log = await _log(url)
        _check_numbers_and_chains(topic, log)
        sent = await _topic(places.kafka, topic)
        assert sent.ledger == log, _difference(topic, "topic", sent.ledger, log)
        await _check_trail(topic, places.projection, log)
        found.repeats += sent.repeats
        found.early += len(sent.early)
        found.events += [json.loads(log[place].value) for place in sorted(log)]
    ids = Counter(event["id"] for event in found.events)
    assert not [id_ for id_, count in ids.items() if count > 1]
    return found


async def marks_hold(places: Places) -> None:
    """No mark stands beyond what the topic holds; ask while the relays are dead, who would mend it."""
    for topic, url in places.logs.items():
        marks = await _fetch(url, "SELECT stream, relayed FROM stream_head WHERE relayed > 0")
        sent = (await _topic(places.kafka, topic)).ledger
        for row in marks:
            held = max((number for stream, number in sent if stream == row["stream"]), default=0)
            assert row["relayed"] <= held, (
                f"{topic}/{row['stream']}: marked as sent up to {row['relayed']}, the topic ends at {held}"
            )


async def topic_length(kafka: str, topic: str) -> int:
    """How many records the topic holds, repeats included."""
    return sum([end - start for start, end in (await _ends(kafka, topic)).values()])


async def _behind(places: Places) -> list[str]:
    behind = []
    heads: dict[str, dict[int, int]] = {}
    for topic, url in places.logs.items():
        rows = await _fetch(url, "SELECT stream, sequence, relayed FROM stream_head")
        waiting = (await _fetch(url, "SELECT count(*) FROM event_queue"))[0][0]
        heads[topic] = {row["stream"]: row["sequence"] for row in rows}
        unsent = sum(row["sequence"] - row["relayed"] for row in rows)
        behind += [f"{topic}: {waiting} unnumbered, {unsent} unsent"] if waiting or unsent else []
    for name, url in {**places.readers, "projection": places.projection}.items():
        behind += await _unread(name, url, heads)
    rolled = await _fetch(places.projection, "SELECT lane, sequence FROM roller_position")
    reached = {row["lane"]: row["sequence"] for row in rolled}
    for topic, lane in TRAIL_OF.items():
        unrolled = sum(head - reached.get(lane + stream, 0) for stream, head in heads[topic].items())
        behind += [f"{topic}: {unrolled} unrolled"] if unrolled else []
    return behind


async def _unread(name: str, url: str, heads: Mapping[str, Mapping[int, int]]) -> list[str]:
    rows = await _fetch(url, "SELECT topic, stream, sequence, halted FROM stream_progress")
    lines = [
        f"{name} halted: {row['topic']}/{row['stream']} {row['halted']}" for row in rows if row["halted"]
    ]
    unread = sum(heads[row["topic"]].get(row["stream"], 0) - row["sequence"] for row in rows)
    return lines + ([f"{name}: {unread} unread"] if unread else [])


async def _log(url: str) -> Ledger:
    rows = await _fetch(
        url,
        "SELECT n.stream, n.sequence, n.sequenced, n.chain, l.value, l.position"
        " FROM event_log l LEFT JOIN event_number n USING (position)",
    )
    assert all(row["sequence"] is not None for row in rows), "an event of the log has no number"
    return {(row["stream"], row["sequence"]): _entry(row) for row in rows}


def _entry(row: asyncpg.Record) -> Entry:
    when = row["sequenced"]
    text = f"{when:%Y-%m-%dT%H:%M:%S}.{when.microsecond:06d}Z"
    return Entry(text, row["chain"].hex(), bytes(row["value"]))


def _check_numbers_and_chains(topic: str, ledger: Ledger) -> None:
    for stream in range(STREAMS):
        numbers = sorted(number for at, number in ledger if at == stream)
        assert numbers == list(range(1, len(numbers) + 1)), f"{topic}/{stream} has holes"
        link = sha256(f"{topic}/{stream}".encode()).hexdigest()
        for number in numbers:
            entry = ledger[stream, number]
            parts = (link.encode(), str(number).encode(), entry.sequenced.encode(), entry.value)
            link = sha256(b"\n".join(parts)).hexdigest()
            assert link == entry.chain, f"{topic}/{stream}#{number}: chain"


@dataclass
class Sent:
    """What a reader gets who drops repeats, and passes by what stands behind a hole until it comes again."""

    ledger: Ledger = field(default_factory=dict)
    early: list[tuple[tuple[int, int], Entry]] = field(default_factory=list)
    repeats: int = 0
    _last: Counter[int] = field(default_factory=Counter)

    def take(self, stream: int, number: int, entry: Entry) -> None:
        """One more record; a repeat must be the same to the byte."""
        if number > self._last[stream] + 1:
            self.early.append(((stream, number), entry))
        elif number <= self._last[stream]:
            self.repeats += 1
            assert self.ledger[stream, number] == entry, f"stream {stream}: {number} came twice, differently"
        else:
            self._last[stream] = number
            self.ledger[stream, number] = entry


async def _topic(kafka: str, topic: str) -> Sent:
    """Everything in it, each record in the partition of its key and its stream."""
    sent = Sent()
    for record in await _records(kafka, topic):
        headers = {name: value.decode("ascii") for name, value in record.headers}
        stream, number = int(headers["stream"]), int(headers["sequence"])
        assert record.partition == stream % 6
        assert stream == int.from_bytes(sha256(record.key).digest()[:8], "big") % STREAMS
        sent.take(stream, number, Entry(headers["sequenced"], headers["chain"], record.value))
    wrong = [place for place, entry in sent.early if sent.ledger.get(place, entry) != entry]
    assert not wrong, f"{topic}: {wrong} came too early and then again, differently"
    return sent


async def _records(kafka: str, topic: str) -> list[Any]:
    ends = await _ends(kafka, topic)
    left = {partition for partition, (start, end) in ends.items() if end > start}
    found: list[Any] = []
    async with AIOKafkaConsumer(bootstrap_servers=kafka, enable_auto_commit=False) as consumer:
        consumer.assign(list(ends))
        await consumer.seek_to_beginning(*ends)
        while left:
            for partition, records in (await consumer.getmany(timeout_ms=1000)).items():
                found += records
                if records[-1].offset + 1 >= ends[partition][1]:
                    left.discard(partition)
    return found


async def _ends(kafka: str, topic: str) -> dict[TopicPartition, tuple[int, int]]:
    async with AIOKafkaConsumer(topic, bootstrap_servers=kafka, enable_auto_commit=False) as consumer:
        numbers = consumer.partitions_for_topic(topic)
        partitions = [TopicPartition(topic, number) for number in numbers or ()]
        starts = await consumer.beginning_offsets(partitions)
        ends = await consumer.end_offsets(partitions)
        return {partition: (starts[partition], ends[partition]) for partition in partitions}


async def _check_trail(topic: str, url: str, log: Ledger) -> None:
    first = TRAIL_OF[topic]
    rows = await _fetch(
        url,
        "SELECT lane, sequence, id, type, version, day, actor, chain FROM trail"
        f" WHERE lane BETWEEN {first} AND {first + STREAMS - 1}",
    )
    trail = {(row["lane"] - first, row["sequence"]): row for row in rows}
    assert trail.keys() == log.keys(), _difference(topic, "trail", trail, log)
    for place, row in trail.items():
        event = json.loads(log[place].value)
        told = (str(row["id"]), row["type"], row["version"], row["day"].isoformat(), row["actor"])
        logged = (
            event["id"],
            event["type"],
            event["streamversion"],
            event["data"]["occurredon"],
            event["actor"],
        )
        assert told == logged, (topic, place)
        assert row["chain"].hex() == log[place].chain, (topic, place)
    dead = (await _fetch(url, "SELECT count(*) FROM dead_letter"))[0][0]
    assert dead == 0


def _difference(topic: str, what: str, found: Mapping[Any, Any], log: Ledger) -> str:
    missing, more = sorted(log.keys() - found.keys())[:5], sorted(found.keys() - log.keys())[:5]
    other = [place for place in sorted(log.keys() & found.keys()) if found[place] != log[place]][:5]
    return f"{topic}: the {what} lacks {missing}, has besides {more}, differs at {other}"


async def _fetch(url: str, query: str) -> list[asyncpg.Record]:
    connection = await asyncpg.connect(url)
    try:
        rows: list[asyncpg.Record] = await connection.fetch(query)
        return rows
    finally:
        await connection.close()
