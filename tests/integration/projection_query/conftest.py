"""A small province in an empty projection, and questions to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest

from services.projection.catalogue import load
from services.projection.queries.figures import Reading
from services.projection.queries.measured import Measured
from services.projection.queries.question import Asked, understood
from services.projection.queries.snapshot import snapshot
from services.projection.queries.trace import Behind, Part, trace
from shared.database import Pool, open_pool
from tests.support.province import Province
from tests.support.servers import make_reader, postgres_server
from tests.support.world import World, day, named, world

NOW = datetime(2026, 11, 1, 4, tzinfo=UTC)


@dataclass
class Asking:
    """Questions in a few words: figure, union, from, to; the rest as in `Asked`."""

    world: World
    now: datetime = NOW

    async def measured(self, figure: str, unit: str, first: str, last: str, **more: Any) -> Measured:
        by = more.pop("by", "")
        async with snapshot(self.world.pool, lambda: self.now) as moment:
            asked = Asked(str(named(unit)), day(first), day(last), **more)
            question = await understood(moment, asked)
            return await Reading(moment, load(), question).read(figure, by)

    async def value(self, figure: str, unit: str, first: str, last: str, **more: Any) -> Any:
        return (await self.measured(figure, unit, first, last, **more)).value

    async def facts(self, figure: str, unit: str, first: str, last: str, **more: Any) -> list[Behind]:
        """All pages of a trace; the amounts add up to the value that every page states."""
        part: Part = more.pop("part", "")
        limit = more.pop("limit", 100)
        asked = Asked(str(named(unit)), day(first), day(last), **more)
        found: list[Behind] = []
        cursor = ""
        while True:
            async with snapshot(self.world.pool, lambda: self.now) as moment:
                page = await trace(moment, asked, (figure, part), (cursor, limit))
            assert len(page.facts) <= limit
            found += page.facts
            if not page.next:
                break
            cursor = page.next
        if page.traced.figure.kind not in {"distinct", "largest_each"}:
            assert sum(fact.amount for fact in found) == (page.value or 0)
        keys = [
            (fact.topic, fact.stream, fact.sequence, fact.dims.get("sex"), str(fact.dims)) for fact in found
        ]
        assert len(set(keys)) == len(keys)
        return found

    async def cut(self) -> str:
        async with snapshot(self.world.pool, lambda: self.now) as moment:
            return str(moment.cut)


@pytest.fixture
async def province(database: str) -> AsyncIterator[Province]:
    async with world(database) as made:
        story = Province(made)
        story.found()
        yield story


@pytest.fixture
async def walled(province: Province) -> AsyncIterator[Pool]:
    """Sessions as the query API has them: of a role that owns nothing."""
    url = await asyncio.to_thread(make_reader, postgres_server(), province.world.url)
    pool = await open_pool(url, largest=4, schema="public")
    yield pool
    await pool.close()


@pytest.fixture
def ask(province: Province) -> Asking:
    return Asking(province.world)


def today() -> date:
    return NOW.date()
