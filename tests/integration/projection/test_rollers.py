"""However many rollers there are, one works, and another takes over."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any

from services.projection.roller import Roller
from shared.reading.incoming import Incoming
from tests.support.histories import UNITS, history_of, interleaved
from tests.support.stage import Stage

HISTORY = history_of(
    [(kind, n * 7, n, n * 5) for n in range(12) for kind in ("member", "dues", "move", "covered")],
    [11] * len(UNITS),
)
BEHIND = """
SELECT (SELECT sum(sequence) FROM stream_progress)
     - (SELECT coalesce(sum(sequence), 0) FROM roller_position)"""
KILL = """
SELECT pg_terminate_backend(l.pid) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"""


async def rolled(stage: Stage) -> None:
    async with asyncio.timeout(60):
        while True:
            if not await stage.connection.fetchval(BEHIND):
                return
            await asyncio.sleep(0.01)


async def with_rollers(
    stage: Stage, number: int, work: Callable[[list[asyncio.Task[None]]], Coroutine[Any, Any, None]]
) -> None:
    rollers = [asyncio.create_task(Roller(stage.url).run()) for _ in range(number)]
    try:
        await work(rollers)
    finally:
        for each in rollers:
            each.cancel()
        await asyncio.gather(*rollers, return_exceptions=True)


def expected(stage: Stage, batches: list[list[Incoming]]) -> set[tuple[Any, ...]]:
    stage.reset()
    for batch in batches:
        stage.deliver(batch)
    stage.roll()
    found = stage.rollup()
    stage.reset()
    return found


def test_two_rollers_count_nothing_twice(stage: Stage) -> None:
    batches = interleaved(HISTORY, 5)
    once = expected(stage, batches)

    async def work(_: list[asyncio.Task[None]]) -> None:
        for batch in batches:
            await stage.take(batch)
        await rolled(stage)

    stage.run(with_rollers(stage, 2, work))
    assert stage.rollup() == once


def test_when_a_roller_dies_the_other_goes_on(stage: Stage) -> None:
    batches = interleaved(HISTORY, 6)
    once = expected(stage, batches)

    async def work(rollers: list[asyncio.Task[None]]) -> None:
        half = len(batches) // 2
        for batch in batches[:half]:
            await stage.take(batch)
        await rolled(stage)
        # Whoever works now loses its connection in the middle of whatever it does; both keep running.
        killed = await stage.connection.fetch(KILL)
        assert len(killed) == 1
        for batch in batches[half:]:
            await stage.take(batch)
        await rolled(stage)
        assert not any(each.done() for each in rollers)

    stage.run(with_rollers(stage, 2, work))
    assert stage.rollup() == once
