"""A batch subscriber of FastStream with a raw decoder on the same topics, where FastStream is installed."""

from __future__ import annotations

import asyncio
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

from bench.rate import Rate
from bench.topics import Topics

BATCH = 4000


def available() -> bool:
    """It is no dependency of ours."""
    return find_spec("faststream") is not None


async def peer_rate(topics: Topics) -> float:
    """Events per second that reach the subscriber's function and are dropped there."""
    kafka: Any = import_module("faststream.kafka")
    rate, done = Rate(), asyncio.Event()
    broker = kafka.KafkaBroker(topics.kafka, logger=None)

    async def raw(message: Any) -> list[bytes]:
        return [each.value for each in message.raw_message]

    async def take(values: Any) -> None:
        rate.add(len(values))
        if rate.count >= topics.events:
            done.set()

    broker.subscriber(
        *topics.names,
        batch=True,
        max_records=BATCH,
        decoder=raw,
        group_id=f"peer-{uuid4().hex}",
        auto_offset_reset="earliest",
    )(take)
    async with broker:
        await broker.start()
        await done.wait()
    return rate.value
