"""Waiting until the figures have seen everything that was acknowledged."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

import httpx

WRITING = ("membership", "finance", "welfare", "events", "rights", "affairs")
SECONDS = 60.0


async def logged(http: httpx.AsyncClient, urls: Mapping[str, str]) -> int:
    """How many events the writing services have logged."""
    return sum([(await _streams(http, urls[service]))["logged"] for service in WRITING])


async def caught_up(http: httpx.AsyncClient, urls: Mapping[str, str]) -> str:
    """The cut that holds everything logged so far; fails at the deadline."""
    wanted = await logged(http, urls)
    async with asyncio.timeout(SECONDS):
        while True:
            answer = (await http.get(f"{urls['projection']}/v1/cut")).raise_for_status().json()
            if _read(answer["lanes"]) >= wanted:
                return str(answer["cut"])
            await asyncio.sleep(0.05)


def _read(lanes: Mapping[str, int]) -> int:
    """Of the writing services only: the projection tells restatements of its own, and reads them back."""
    topics = {f"union.{service}" for service in WRITING}
    return sum(reached for lane, reached in lanes.items() if lane.partition("/")[0] in topics)


async def _streams(http: httpx.AsyncClient, url: str) -> dict[str, int]:
    streams: dict[str, int] = (await http.get(f"{url}/v1/streams")).raise_for_status().json()
    return streams
