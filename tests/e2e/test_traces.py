"""A command that came with a sampled context is one trace, from its request to every reader of its event."""

from __future__ import annotations

import json
import re
import secrets
from pathlib import Path
from uuid import UUID, uuid4

import asyncpg
import httpx

from tests.support.collecting import Collector
from tests.support.ledgers import until
from unionstream.embedded.stack import Stack

FOLLOWERS = {
    f"apply in {name}" for name in ("finance", "welfare", "events", "rights", "affairs", "projection")
}
LOGGED = "SELECT value FROM event_log WHERE subject = $1"
REQUEST = "POST /v1/unions"


async def _established(http: httpx.AsyncClient, urls: dict[str, str], headers: dict[str, str]) -> str:
    body = {
        "name": "示例省总工会",
        "level": 1,
        "kind": "general",
        "parent": None,
        "approved_on": "2000-01-01",
    } | {"taken_over": True}
    answer = await http.post(
        f"{urls['membership']}/v1/unions", json=body, headers={"Idempotency-Key": str(uuid4()), **headers}
    )
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


async def test_a_command_and_all_that_follows_are_one_trace(
    http: httpx.AsyncClient, urls: dict[str, str], collector: Collector
) -> None:
    trace, asked = secrets.token_hex(16), secrets.token_hex(8)
    await _established(http, urls, {"traceparent": f"00-{trace}-{asked}-01"})

    async def complete() -> bool:
        return {REQUEST, "send union.membership"} | FOLLOWERS <= {each.name for each in collector.of(trace)}

    await until(complete, seconds=60, every=0.5)
    spans = {each.name: each for each in collector.of(trace)}
    assert spans[REQUEST].parent == asked
    assert spans[REQUEST].service == "membership"
    assert spans["apply in projection"].service == "projection"
    for name in {"send union.membership"} | FOLLOWERS:
        assert spans[name].parent == spans[REQUEST].id


async def test_the_event_carries_the_context_of_its_request(
    http: httpx.AsyncClient, urls: dict[str, str], stack: Stack
) -> None:
    trace = secrets.token_hex(16)
    union = await _established(http, urls, {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-01"})
    connection = await asyncpg.connect(stack.database_url("membership"))
    try:
        value = await connection.fetchval(LOGGED, UUID(union))
    finally:
        await connection.close()
    event = json.loads(value)
    assert re.fullmatch(rf"00-{trace}-[0-9a-f]{{16}}-01", event["traceparent"])


async def test_a_command_that_nobody_traces_leaves_no_trace(
    http: httpx.AsyncClient, urls: dict[str, str], collector: Collector
) -> None:
    trace = secrets.token_hex(16)
    await _established(http, urls, {"traceparent": f"00-{trace}-{secrets.token_hex(8)}-00"})
    seen = secrets.token_hex(16)
    await _established(http, urls, {"traceparent": f"00-{seen}-{secrets.token_hex(8)}-01"})

    async def complete() -> bool:
        return bool(collector.of(seen))

    await until(complete, seconds=60, every=0.5)
    assert collector.of(trace) == []


def test_lines_of_the_log_are_json(stack: Stack) -> None:
    lines = Path(stack.data, "logs", "membership.log").read_text("utf-8").splitlines()
    assert {json.loads(line)["service"] for line in lines if line.startswith("{")} == {"membership"}
