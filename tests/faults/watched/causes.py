"""Faults as they happen, done to a running stack and undone."""

from __future__ import annotations

import asyncio
import json
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
from aiokafka import AIOKafkaProducer

from shared.clock import rfc3339, utc_now
from shared.database import Connection
from shared.http.body import LARGEST_BULK
from shared.http.bounding import MOST_BYTES
from shared.ids import new_id
from tests.support.ledgers import APPEND
from tests.support.servers import ROOT
from unionstream.embedded.service import Service
from unionstream.embedded.stack import Stack

PAUSE = 0.5  # much less than Retry-After asks for
CODE = ("services", "shared", "unionstream")
BLOCKERS = "SELECT pg_terminate_backend(pid) FROM unnest(pg_blocking_pids($1)) AS pid"
SLOW = """
CREATE FUNCTION public.slow_disk() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_sleep(3);
    RETURN NULL;
END $$;
CREATE TRIGGER slow_disk AFTER INSERT ON trail FOR EACH STATEMENT EXECUTE FUNCTION public.slow_disk()"""
FAST = "DROP TRIGGER slow_disk ON trail; DROP FUNCTION public.slow_disk()"
AS_OWNER_OF_ALL = "SET session_replication_role = replica"
SIGNED = """
SELECT n.stream, n.sequence, n.chain FROM event_number AS n JOIN (
    SELECT stream, max(sequence) AS sequence FROM checkpoint GROUP BY stream LIMIT 1
) AS c USING (stream, sequence)"""
CHAIN = "UPDATE event_number SET chain = $3 WHERE stream = $1 AND sequence = $2"
MORE = """
UPDATE rollup SET amount = amount + 1
WHERE ancestor = (SELECT key FROM node WHERE id = $1) AND start >= date_trunc('year', now())"""


@asynccontextmanager
async def database(stack: Stack, name: str) -> AsyncIterator[Connection]:
    """A session of an administrator, for whom no rule holds."""
    connection = await asyncpg.connect(stack.postgres.url(name))
    try:
        yield connection
    finally:
        await connection.close()


@asynccontextmanager
async def lock_left_over(stack: Stack, name: str, key: str) -> AsyncIterator[None]:
    """A session that nobody uses holds this advisory lock; whoever had it has lost it."""
    async with database(stack, name) as holding, database(stack, name) as other:
        waiting = asyncio.create_task(holding.execute(f"SELECT pg_advisory_lock({key})"))
        while not waiting.done():
            await other.execute(BLOCKERS, holding.get_server_pid())
            await asyncio.sleep(0.05)
        await waiting
        yield


@asynccontextmanager
async def forgotten_transaction(stack: Stack, name: str) -> AsyncIterator[None]:
    """Somebody has locked the event log and gone home."""
    async with database(stack, name) as holding, holding.transaction():
        await holding.execute("LOCK TABLE event_log IN ACCESS EXCLUSIVE MODE")
        yield


@asynccontextmanager
async def slow_disk(stack: Stack) -> AsyncIterator[None]:
    """Whatever the projection writes takes seconds."""
    async with database(stack, "projection") as connection:
        await connection.execute(SLOW)
        try:
            yield
        finally:
            await connection.execute(FAST)


@asynccontextmanager
async def changed_log(stack: Stack, name: str) -> AsyncIterator[None]:
    """Somebody changes a log behind what was signed of it."""
    async with database(stack, name) as connection:
        await connection.execute(AS_OWNER_OF_ALL)
        [(stream, sequence, chain)] = await connection.fetch(SIGNED)
        await connection.execute(CHAIN, stream, sequence, bytes(32))
        yield
        await connection.execute(CHAIN, stream, sequence, chain)


async def change_sums(stack: Stack, unit: str) -> None:
    """Somebody changes the sums of this year under a unit."""
    async with database(stack, "projection") as connection:
        assert await connection.execute(MORE, UUID(unit)) != "UPDATE 0"


async def put(stack: Stack, topic: str, headers: dict[str, str], value: bytes) -> None:
    """Somebody else writes to the first partition of a topic."""
    async with AIOKafkaProducer(bootstrap_servers=stack.broker.bootstrap) as producer:
        told = [(name, text.encode()) for name, text in headers.items()]
        await producer.send_and_wait(topic, value, partition=0, headers=told)


def forged_headers() -> dict[str, str]:
    """Those of the first record of a stream, with a link that continues nothing."""
    return {"stream": "0", "sequence": "1", "sequenced": rfc3339(utc_now()), "chain": "ab" * 32}


async def of_a_newer_release(stack: Stack, count: int) -> None:
    """So many events of a type that this release does not know, as the next one would log them."""
    async with database(stack, "finance") as connection:
        [(stream, value)] = await connection.fetch("SELECT stream, value FROM event_log LIMIT 1")
        ids = [new_id() for _ in range(count)]
        values = [_renewed(json.loads(value), id_) for id_ in ids]
        await connection.execute(APPEND, ids, [stream] * count, ids, [1] * count, values)


def _renewed(known: dict[str, Any], id_: UUID) -> bytes:
    changed = {"id": str(id_), "type": known["type"].removesuffix(".v1") + ".v9", "subject": str(id_)}
    return json.dumps(known | changed).encode()


def another_catalogue(folder: Path) -> Path:
    """The code of a release that differs from ours in its catalogue."""
    for name in CODE:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    with (folder / "services/projection/catalogue/topics.yaml").open("a", encoding="utf-8") as file:
        file.write("# of another release\n")
    return folder


@asynccontextmanager
async def release(service: Service, code: Path) -> AsyncIterator[None]:
    """The service runs this code instead of ours, after it was killed; then ours again."""
    ours = service.child.program
    service.child.program = replace(ours, env={**ours.env, "PYTHONPATH": str(code)})
    service.start()
    await asyncio.to_thread(service.wait_ready)
    yield
    service.stop()
    service.child.program = ours
    service.start()
    await asyncio.to_thread(service.wait_ready)


@asynccontextmanager
async def flood(http: httpx.AsyncClient, url: str, rows: Sequence[dict[str, Any]]) -> AsyncIterator[None]:
    """More callers than a process can hold, and more questions than it has connections, again and again."""
    held, over = MOST_BYTES // LARGEST_BULK, asyncio.Event()

    async def again(ask: Callable[[], Awaitable[httpx.Response]]) -> None:
        while not over.is_set():
            await ask()
            await asyncio.sleep(PAUSE)

    async with asyncio.TaskGroup() as callers:
        for _ in range(held):
            callers.create_task(again(lambda: http.get(f"{url}/v1/events/{new_id()}")))
        for _ in range(held + 8):
            callers.create_task(again(lambda: _list(http, url, rows)))
        yield
        over.set()


async def _list(http: httpx.AsyncClient, url: str, rows: Sequence[dict[str, Any]]) -> httpx.Response:
    async def body() -> AsyncIterator[bytes]:  # of a length that nobody tells in advance
        yield json.dumps({"source": "bank", "rows": rows}).encode()

    headers = {"Idempotency-Key": str(new_id()), "Content-Type": "application/json"}
    return await http.post(f"{url}/v1/dues/receipts/bulk", content=body(), headers=headers)
