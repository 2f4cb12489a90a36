"""Hostile texts in every place that takes one: nothing breaks, nothing is split, nothing is run."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import quote
from uuid import UUID, uuid4

import httpx
import pytest

from tests.access.conftest import tree
from tests.integration.access.served import Served, served
from tests.integration.access.test_walk import AT_ONCE, Asked, Planted, operations
from tests.support.field import Field
from tests.support.servers import PostgresServer

HOSTILE = {
    "SQL": "x'); DROP TABLE event_log; --",
    "a header": 'x\r\nX-Injected: yes\r\n\r\n{"level":"error"}',
    "a zero byte": "x\x00y",
    "a path": "../../../../etc/passwd",
    "half a character": "x\ud800y",
    "marks of direction": "x\u202etxt.exe\u2028y",
}
TABLES = "SELECT count(*) FROM pg_class WHERE relkind IN ('r', 'p')"


def is_free(value: object) -> bool:
    """A text that is no id, date, number or code of a catalogue by its look."""
    if not isinstance(value, str):
        return False
    try:
        UUID(value)
    except ValueError:
        return any(letter.isalpha() for letter in value)
    return False


def spoilt(value: Any, text: str) -> Any:
    """The same with every free text replaced."""
    if isinstance(value, dict):
        return {name: spoilt(each, text) for name, each in value.items()}
    if isinstance(value, list):
        return [spoilt(each, text) for each in value]
    return text if is_free(value) else value


def variants(asked: Asked, text: str) -> Iterator[Asked]:
    """One with hostile texts in the body, one for each parameter, one in the path."""
    if asked.body is not None and (body := spoilt(asked.body, text)) != asked.body:
        yield replace(asked, body=body)
    for name in asked.query:
        yield replace(asked, query=asked.query | {name: text})
    last = asked.path.rpartition("/")
    if last[2] != asked.name.rpartition("/")[2]:
        yield replace(asked, path=f"{last[0]}/{quote(_sendable(text), safe='')}")


def _sendable(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


async def answered(http: httpx.AsyncClient, land: Field, asked: Asked) -> str:
    """What is wrong with the answer; '' if nothing is."""
    query = {name: _sendable(value) for name, value in asked.query.items()}
    content = None
    if asked.body is not None:
        content = json.dumps(asked.body).encode()  # half a character is written as an escape
    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}
    url = land.urls[asked.service] + asked.path
    answer = await http.request(asked.method, url, params=query, content=content, headers=headers)
    if answer.status_code >= 500 or "x-injected" in answer.headers:
        return f"{asked.service} {asked.method} {asked.name}: {answer.status_code} {answer.text[:300]}"
    answer.json()
    return ""


@pytest.mark.slow
@pytest.mark.timeout(600)
async def test_hostile_texts_are_texts_everywhere(postgres: PostgresServer, tmp_path: Path) -> None:
    async with served(postgres, tmp_path) as system:
        land = await tree(system.http, system.urls)
        await system.spread()
        before = await tables(system)
        asked = await operations(system, land, Planted(land.town))
        gate = asyncio.Semaphore(AT_ONCE)

        async def one(what: str, each: Asked) -> str:
            async with gate:
                told = await answered(system.http, land, each)
            return f"{what}: {told}" if told else ""

        hostile = [
            (what, each) for what, text in HOSTILE.items() for op in asked for each in variants(op, text)
        ]
        assert len(hostile) > 2000
        faults = [told for told in await asyncio.gather(*(one(*each) for each in hostile)) if told]
        assert not faults, f"{len(faults)} of {len(hostile)}:\n" + "\n".join(faults[:40])
        assert await tables(system) == before


async def tables(system: Served) -> dict[str, int]:
    return {name: await pool.fetchval(TABLES) for name, pool in system.pools.items()}
