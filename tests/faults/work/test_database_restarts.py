"""The database is killed and restarted under commands: `Unavailable`, and what was acknowledged stays."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from shared.errors import Unavailable
from shared.ids import new_id
from shared.work.desk import Desk
from tests.support.jars import USE_CASES, Add, Label, ask, look
from tests.support.ledgers import cancelled_at_end, make_ledger, until
from unionstream.embedded.postgres import Postgres

WRITERS = 8


@pytest.fixture
def own_postgres() -> Iterator[Postgres]:
    """A server of this test alone, to be killed."""
    with TemporaryDirectory(prefix="unionstream-") as folder:
        Path(folder).chmod(0o711)
        server = Postgres(Path(folder), "test", Path(folder) / "postgres.log")
        server.start()
        server.wait_ready()
        yield server
        server.stop()


@pytest.mark.slow
async def test_what_was_acknowledged_stays(own_postgres: Postgres) -> None:
    pool = await make_ledger(own_postgres.url(), "union.jars")
    desk, jar = Desk(pool, USE_CASES, look), new_id()
    acknowledged, remedies, unavailable = list[str](), set[str](), 0
    stop = asyncio.Event()

    async def keep_adding(writer: int) -> None:
        nonlocal unavailable
        number = 0
        while not stop.is_set():
            try:
                await desk.submit(ask(Add(jar=jar), f"{writer}-{number}"))
            except Unavailable as problem:  # the same again, as the remedy says
                unavailable += 1
                remedies.add(problem.remedy)
                await asyncio.sleep(0.05)
            else:
                acknowledged.append(f"{writer}-{number}")
                number += 1

    async def some_more(count: int) -> None:
        goal = len(acknowledged) + count

        async def reached() -> bool:
            return len(acknowledged) >= goal

        await until(reached, seconds=30)

    await desk.execute([ask(Label(jar=jar, label="kept"))])
    async with cancelled_at_end(desk.run()), asyncio.timeout(60):
        writing = asyncio.gather(*(keep_adding(writer) for writer in range(WRITERS)))
        for kill in (own_postgres.kill, own_postgres.stop):
            await some_more(200)
            await asyncio.to_thread(kill)
            own_postgres.start()
            await asyncio.to_thread(own_postgres.wait_ready)
        await some_more(200)
        stop.set()
        await writing

    assert unavailable
    assert all("again" in remedy or "repeat" in remedy for remedy in remedies)
    assert len(set(acknowledged)) == len(acknowledged)
    row = await pool.fetchrow("SELECT version, (state ->> 'pebbles')::int AS pebbles FROM aggregate")
    assert row is not None
    assert (row["pebbles"], row["version"]) == (len(acknowledged), len(acknowledged) + 1)
    assert await pool.fetchval("SELECT count(*) FROM event_log") == len(acknowledged) + 1
    assert await pool.fetchval("SELECT count(*) FROM event_queue") == len(acknowledged) + 1
    keys = {row["key"] for row in await pool.fetch("SELECT key FROM command_key")}
    assert keys == set(acknowledged)
    pool.terminate()
