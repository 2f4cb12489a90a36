"""Whoever is cancelled while it connects to a broker leaves no connection behind."""

from __future__ import annotations

import asyncio
import gc
import random

from shared.log.ends import ends_of
from shared.log.route import Route
from tests.support.servers import KafkaServer


async def test_cut_off_at_any_moment_nothing_stays_open(topic: str, kafka: KafkaServer) -> None:
    route, dice = Route(topic, kafka.bootstrap, 6), random.Random(4)
    for _ in range(40):
        asking = asyncio.create_task(ends_of(route))
        await asyncio.sleep(dice.uniform(0, 0.01))
        asking.cancel()
        await asyncio.wait({asking})
    gc.collect()  # an open connection that nobody knows of is told here, and fails the test
    assert len(await ends_of(route)) == 6
