"""More than a process can hold is told to come back, and costs nothing."""

from __future__ import annotations

import asyncio

import httpx
from fastapi import FastAPI
from prometheus_client import REGISTRY

from shared.http.bounding import EACH_BYTES, Bounded


def slow(opened: asyncio.Event, begun: asyncio.Event | None = None) -> FastAPI:
    app, started = FastAPI(), begun or asyncio.Event()

    @app.post("/work")
    async def work() -> str:
        started.set()
        await opened.wait()
        return "done"

    return app


def client(app: Bounded) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here")


async def test_those_beyond_the_bound_are_refused_and_the_others_answered() -> None:
    opened = asyncio.Event()
    before = REGISTRY.get_sample_value("unionstream_http_overloaded_total") or 0
    async with client(Bounded(slow(opened), requests=5)) as http:
        asked = [asyncio.create_task(http.post("/work")) for _ in range(12)]
        done, waiting = await asyncio.wait(asked, timeout=60, return_when=asyncio.FIRST_COMPLETED)
        while len(waiting) > 5:
            done, waiting = await asyncio.wait(asked, timeout=60, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.sleep(0)
        refused = [each.result() for each in done]
        assert [(each.status_code, each.headers["Retry-After"]) for each in refused] == [(503, "1")] * 7
        assert {each.json()["code"] for each in refused} == {"overloaded"}
        opened.set()
        assert {each.status_code for each in await asyncio.gather(*waiting)} == {200}
        assert (await http.post("/work")).status_code == 200
    assert REGISTRY.get_sample_value("unionstream_http_overloaded_total") == before + 7


async def test_long_bodies_count_by_their_length() -> None:
    opened, begun = asyncio.Event(), asyncio.Event()
    async with client(Bounded(slow(opened, begun), size=EACH_BYTES + 2000)) as http:
        first = asyncio.create_task(http.post("/work", content=b"." * 1500))
        await begun.wait()
        assert (await http.post("/work", content=b"." * 1000)).status_code == 503
        opened.set()
        assert (await first).status_code == 200
        assert (await http.post("/work", content=b"." * 1000)).status_code == 200
