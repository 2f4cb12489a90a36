"""What the tests of this folder do alike: conclude an agreement, read a feed, read a topic."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.clock import business_date, utc_now
from tests.support.field import Body, Field
from tests.support.signing import asking_as

JOINED = "union.membership.MemberJoined.v1"
MEMBERS = {"type": JOINED, "fields": ["person", "sex", "worker_kind"]}
SECONDS = 60.0
READER = "agency:tax"


def terms(field: Field, **more: Any) -> Body:
    """A proposal about members who joined, under a fresh name."""
    today = business_date(utc_now())
    name = f"tax-{uuid4().hex[:12]}"
    return {
        "union": field.province,
        "name": name,
        "agency": name,
        "reader": READER,
        "purpose": "statistics",
        "basis": "legal_duty",
        "assessment": "评估〔2026〕1号",
        "shares": [MEMBERS],
        "first_day": "2010-01-01",
        "last_day": str(today + timedelta(days=30)),
        "proposed_on": str(today),
    } | more


async def concluded(field: Field, **more: Any) -> tuple[UUID, str]:
    """An agreement in force: its id and name."""
    body = terms(field, **more)
    id_ = await field.tell("exchange", "agreements", body, actor="ada")
    await field.tell(
        "exchange", f"agreements/{id_}/approve", {"approved_on": body["proposed_on"]}, actor="ben"
    )
    return id_, body["name"]


async def feed(field: Field, name: str, what: str = "records", **query: Any) -> list[Body]:
    """The lines that its reader gets."""
    answer = await field.http.get(
        f"{field.urls['exchange']}/v1/feeds/{name}/{what}", params=query, extensions=asking_as(READER)
    )
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


async def records(field: Field, name: str, count: int, what: str = "records") -> list[Body]:
    """As soon as there are so many."""
    async with asyncio.timeout(SECONDS):
        while True:
            found = await feed(field, name, what, limit=1000)
            if len(found) >= count:
                return found
            await asyncio.sleep(0.1)


async def sent(field: Field, name: str, last: int) -> AsyncIterator[dict[str, str]]:
    """Server-sent events, as they come."""
    headers = {"Last-Event-ID": str(last)}
    url = f"{field.urls['exchange']}/v1/feeds/{name}/events"
    asking = asking_as(READER)
    async with (
        asyncio.timeout(60),
        field.http.stream("GET", url, headers=headers, extensions=asking) as answer,
    ):
        event: dict[str, str] = {}
        async for line in answer.aiter_lines():
            if line:
                key, _, value = line.partition(": ")
                event[key] = value
            elif event:
                yield event
                event = {}


async def on_topic(kafka: str, topic: str, count: int) -> list[Any]:
    """The first so many records of a topic of one partition."""
    found: list[Any] = []
    async for record in _read(kafka, [TopicPartition(topic, 0)]):
        found.append(record)
        if len(found) == count:
            break
    return found


async def event_at(
    kafka: str, topic: str, what: tuple[str, UUID], subject: UUID | None = None, partitions: int = 6
) -> str:
    """The id of the first event of a type at a unit on one of our topics."""
    async for record in _read(kafka, [TopicPartition(topic, n) for n in range(partitions)]):
        raw = json.loads(record.value)
        if (raw["type"], raw["unit"]) == (what[0], str(what[1])) and str(subject or raw["subject"]) == raw[
            "subject"
        ]:
            return str(raw["id"])
    raise AssertionError


async def _read(kafka: str, places: list[TopicPartition]) -> AsyncIterator[Any]:
    """From the first record on, for a minute at most."""
    consumer = AIOKafkaConsumer(
        bootstrap_servers=kafka, auto_offset_reset="earliest", enable_auto_commit=False
    )
    await consumer.start()
    try:
        consumer.assign(places)
        async with asyncio.timeout(SECONDS):
            while True:
                for got in (await consumer.getmany(timeout_ms=200)).values():
                    for record in got:
                        yield record
    finally:
        await consumer.stop()
