"""A small province made through the public interface, and the wait until every service knows of it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from bench.lean import Client

FOUNDED = "2005-01-01"
GRASSROOTS = 6
LOOK_SECONDS = 0.02
PATIENCE_SECONDS = 120.0


@dataclass(frozen=True)
class Made:
    """Ids: the body at the top, and the grassroots unions below it."""

    top: str
    unions: list[str]


async def make(membership: Client, *, towns: int, unions: int) -> Made:
    """Province, prefecture, county, `towns` towns, and `unions` grassroots unions spread over them."""
    top, above = "", ""
    for level in (1, 2, 3):
        (above,) = await _establish(membership, level, [above or None])
        top = top or above
    places = await _establish(membership, 4, [above] * towns)
    return Made(top, await _establish(membership, GRASSROOTS, [places[n % towns] for n in range(unions)]))


async def _establish(membership: Client, level: int, parents: list[str | None]) -> list[str]:
    rows = [
        {
            "reference": uuid4().hex,
            "name": f"union {n} of level {level}",
            "level": level,
            "kind": "enterprise" if level == GRASSROOTS else "general",
            "parent": parent,
            "approved_on": FOUNDED,
            "taken_over": True,
        }
        for n, parent in enumerate(parents)
    ]
    return created(await membership.post("/v1/unions/bulk", {"source": "bench", "rows": rows}))


def created(answer: Any) -> list[str]:
    """The ids of rows that all have to have been taken."""
    refused = [result["problem"] for result in answer["results"] if result["status"] != "created"]
    assert not refused, refused[0]
    return [result["id"] for result in answer["results"]]


async def figure(projection: Client, unit: str, name: str) -> int:
    """A figure of all time, 0 where there is no data yet; the unit must be known."""
    path = f"/v1/figures?unit={unit}&figure={name}&from=2000-01-01&to=2100-01-01"
    return (await projection.get(path))["figures"][0]["value"] or 0


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    """Ask again and again; raises TimeoutError after two minutes."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await true():  # noqa: ASYNC110  it is another process that gets there
            await asyncio.sleep(LOOK_SECONDS)
