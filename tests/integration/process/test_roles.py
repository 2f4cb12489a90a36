"""A service process from start to end: ready, told to stop, or dead."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.support.ledgers import append, relayed, until
from tests.support.servers import KafkaServer, MakeTopic
from tests.support.signing import signing_client, signing_in
from unionstream.embedded.ports import free_port

ROOT = Path(__file__).parents[3]

Start = Callable[..., Awaitable[Process]]


@pytest.fixture
def environment(database: str, kafka: KafkaServer, make_topic: MakeTopic, tmp_path: Path) -> dict[str, str]:
    return {
        **os.environ,
        "TINY_DATABASE_URL": database,
        "TINY_KAFKA": kafka.bootstrap,
        "TINY_HTTP_HOST": "127.0.0.1",
        "TINY_HTTP_PORT": str(free_port()),
        "TINY_OPERATIONS_PORT": str(free_port()),
        **signing_in("TINY"),
        "TINY_TOPIC": make_topic("union.tiny"),
        "TINY_DEATH": str(tmp_path / "death"),
    }


@pytest.fixture
async def start(environment: dict[str, str]) -> AsyncIterator[Start]:
    started: list[Process] = []

    async def start(*role: str, **more: str) -> Process:
        arguments = ["-m", "tests.support.tiny_service", *role]
        process = await asyncio.create_subprocess_exec(
            sys.executable, *arguments, cwd=ROOT, env={**environment, **more}, stderr=PIPE
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.returncode is None:
            process.kill()
        await process.communicate()


@pytest.fixture
async def client(environment: dict[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    address = f"http://127.0.0.1:{environment['TINY_HTTP_PORT']}"
    async with signing_client(base_url=address, timeout=20) as client:
        yield client


@pytest.fixture
async def operating(environment: dict[str, str]) -> AsyncIterator[httpx.AsyncClient]:
    """Asks on the operations port, without a token."""
    address = f"http://127.0.0.1:{environment['TINY_OPERATIONS_PORT']}"
    async with httpx.AsyncClient(base_url=address, timeout=20, trust_env=False) as client:
        yield client


async def status(client: httpx.AsyncClient, path: str) -> int:
    try:
        return (await client.get(path)).status_code
    except httpx.TransportError:
        return 0


async def end_of(process: Process) -> tuple[int | None, str]:
    async with asyncio.timeout(60):
        _, told = await process.communicate()
    return process.returncode, told.decode()


async def test_a_request_in_flight_is_answered_after_the_signal(
    start: Start, client: httpx.AsyncClient, operating: httpx.AsyncClient
) -> None:
    await end_of(await start("migrate"))
    process = await start("api")
    await until(lambda: is_status(operating, "/health/ready", 200))
    slow = asyncio.create_task(client.get("/slow"))
    await asyncio.sleep(0.3)
    process.send_signal(signal.SIGTERM)
    answer = await slow
    assert answer.status_code == 200
    code, told = await end_of(process)
    assert code == 0, told
    assert "draining" in told
    assert "stopped" in told


async def is_status(client: httpx.AsyncClient, path: str, wanted: int) -> bool:
    return await status(client, path) == wanted


async def test_a_request_that_never_ends_does_not_hold_the_process(
    start: Start, client: httpx.AsyncClient, operating: httpx.AsyncClient
) -> None:
    await end_of(await start("migrate"))
    process = await start("api", SLOW="60")
    await until(lambda: is_status(operating, "/health/live", 200))
    slow = asyncio.create_task(client.get("/slow"))
    await asyncio.sleep(0.3)
    process.send_signal(signal.SIGINT)
    code, _ = await end_of(process)
    assert code == 0
    with contextlib.suppress(httpx.TransportError):  # cut off: the caller repeats it with the same key
        assert (await slow).status_code == 500


async def test_migrate_prepares_and_ends(start: Start, database: str) -> None:
    for _ in range(2):
        code, told = await end_of(await start("migrate"))
        assert code == 0, told
    connection = await asyncpg.connect(database)
    assert await connection.fetchval("SELECT count(*) FROM migration") >= 1
    assert await connection.fetchval("SELECT count(*) FROM pg_inherits") >= 4
    await connection.close()


async def test_every_role_in_one_process(
    start: Start, operating: httpx.AsyncClient, database: str, environment: dict[str, str]
) -> None:
    death = Path(environment["TINY_DEATH"])
    process = await start("all")
    await until(lambda: is_status(operating, "/health/live", 200))
    assert (await operating.get("/health/ready")).json() == {"status": "waiting", "reason": "reading"}
    await asyncio.to_thread(death.with_suffix(".ready").touch)
    await until(lambda: is_status(operating, "/health/ready", 200))

    async with asyncpg.create_pool(database, min_size=1) as pool:
        await append(pool, [1, 2, 3])
        await until(lambda: relayed(pool, 3))
    assert b"unionstream_events_relayed_total" in (await operating.get("/metrics")).content

    await asyncio.to_thread(death.touch)
    code, told = await end_of(process)
    assert code == 1
    assert "ValueError" in told
    assert "personal data" not in told


async def test_settings_that_are_missing_are_all_named(start: Start) -> None:
    code, told = await end_of(await start("api", TINY_HTTP_PORT="many", TINY_PARTITIONS="7"))
    assert code == 1
    assert "settings-wrong" in told
    assert "http_port" in told
    assert "must divide 24" in told


async def test_a_port_that_is_taken(start: Start, operating: httpx.AsyncClient) -> None:
    await end_of(await start("migrate"))
    await start("api")
    await until(lambda: is_status(operating, "/health/live", 200))
    code, told = await end_of(await start("api"))
    assert code == 1
    assert "start-failed" in told


async def test_a_database_that_is_not_there_is_waited_for(start: Start, operating: httpx.AsyncClient) -> None:
    nowhere = f"postgresql://nobody:x@127.0.0.1:{free_port()}/none"
    process = await start("api", TINY_DATABASE_URL=nowhere)
    await until(lambda: is_status(operating, "/health/ready", 503))
    assert "the database does not answer" in (await operating.get("/health/ready")).json()["reason"]
    process.send_signal(signal.SIGTERM)
    code, told = await end_of(process)
    assert code == 0
    assert "Traceback" not in told


async def test_the_schema_is_brought_up_to_date_once_the_database_is_there(
    start: Start, database: str
) -> None:
    port = free_port()
    _, _, place = database.rpartition("@")
    server, _, name = place.partition("/")
    process = await start("migrate", TINY_DATABASE_URL=database.replace(place, f"127.0.0.1:{port}/{name}"))
    assert process.stderr is not None
    while b"waits-for-database" not in await process.stderr.readline():
        assert not process.stderr.at_eof()
    host, _, real = server.partition(":")

    async def forward(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
        reader, writer = await asyncio.open_connection(host, int(real))
        await asyncio.gather(_pump(source, writer), _pump(reader, target))

    async with await asyncio.start_server(forward, "127.0.0.1", port):
        code, told = await end_of(process)
    assert code == 0, told


async def _pump(source: asyncio.StreamReader, target: asyncio.StreamWriter) -> None:
    with contextlib.suppress(ConnectionError):
        while got := await source.read(65536):
            target.write(got)
        target.close()


async def test_an_unknown_role(start: Start) -> None:
    code, told = await end_of(await start("boss"))
    assert code == 2
    assert "migrate" in told


async def test_a_job_can_be_watched_and_works_where_its_address_is_taken(
    start: Start, operating: httpx.AsyncClient, tmp_path: Path
) -> None:
    end = tmp_path / "end"
    watched = await start("count", str(end))
    await until(lambda: is_status(operating, "/health/ready", 503), seconds=60)
    assert (await operating.get("/health/ready")).json()["reason"] == "at work"
    half = 'unionstream_job_progress_ratio{step="count"} 0.5'

    async def half_done() -> bool:
        return half in (await operating.get("/metrics")).text

    await until(half_done, seconds=60)
    code, told = await end_of(await start("count", str(tmp_path)))
    assert code == 0, told
    assert "job_serves_no_metrics" in told
    await asyncio.to_thread(end.touch)
    code, told = await end_of(watched)
    assert code == 0, told
    assert "job_progress" in told
