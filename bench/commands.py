"""Durable commands a second over HTTP, beside bare one-row transactions on the same PostgreSQL.

Both take turns in one run, so that they meet the same machine. The server is the `api` role of finance in a
process of its own, the load comes from another (`bench.load`); fsync is on. Receipts fall on 2,000 unions
below a province, a prefecture, a county and a town. At the end state, log and kept answers must agree.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import sys
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from uuid import UUID

import asyncpg
import httpx
import psutil

from bench.granting import grant
from bench.load import FIRST_UNION
from bench.room import Room
from bench.signing import token
from bench.table import Line, Result
from shared.clock import business_date, utc_now
from shared.contracts.membership import UnionEstablished
from shared.copies import apply_copies
from shared.envelope import Place, Provenance, Recorded, encode
from shared.ids import new_id
from shared.migrate import migrate, of_service
from shared.reading.incoming import Incoming
from shared.units import EMPLOYER, UNIT
from unionstream.embedded.keys import Keys
from unionstream.embedded.ports import free_ports
from unionstream.signing import TOKEN

ROOT = Path(__file__).parents[1]
HOST = "127.0.0.1"
NAME = "bench_commands"
PASSWORD = "bench"  # noqa: S105  of a database that lives for a minute on loopback  # pragma: allowlist secret
CONNECTIONS = 16
UNIONS = 2_000
PATH_DOWN = 4
RECORDER, COUNTY = "bench-recorder", UUID(int=FIRST_UNION - 3)
START_SECONDS = 60.0

AGREE = """
SELECT (SELECT count(*) FROM event_log) AS events, (SELECT count(*) FROM command_key) AS keys,
       (SELECT sum(version) FROM aggregate WHERE kind = 'dues-account')::bigint AS versions,
       current_setting('fsync') || '/' || current_setting('synchronous_commit') AS durable"""

Tally = dict[str, float]


async def run(room: Room) -> Result:
    """Rounds of both, one after the other."""
    room.stack.postgres.make_databases({NAME: PASSWORD})
    url = room.stack.postgres.url(NAME, NAME, PASSWORD)
    await _fill(url)
    http, asked, bare = list[Tally](), list[Tally](), list[Tally]()
    signing = Keys(room.stack.data).signing_in()
    async with _server(url, signing) as (port, process):
        tokens = token(room.stack.data), token(room.stack.data, RECORDER, founder=False)
        target = (HOST, str(port), str(CONNECTIONS))
        for os.environ[TOKEN] in tokens:
            await _load("http", *target, "2", str(UNIONS))  # warm up
        for _ in range(room.of(3, 1)):
            for os.environ[TOKEN], tallies in zip(tokens, (http, asked), strict=True):
                before = _busy(process)
                tallies.append(await _load("http", *target, room.of("5", "2"), str(UNIONS)))
                tallies[-1]["busy"] = _busy(process) - before
            bare.append(await _load("bare", url, str(CONNECTIONS), room.of("5", "2")))
    lines = [*_lines(http, bare), *_with_roles(asked, http)]
    return Result("Commands over HTTP, 16 connections", lines, [await _agreed(url)])


def _with_roles(asked: list[Tally], http: list[Tally]) -> list[Line]:
    """The same by somebody whose role at the county is asked for; founders are not asked."""
    return [
        Line(what, unit, of(asked), [("a founder's", median(of(http)))])
        for what, unit, of in (
            ("durable commands of a recorder", "commands/s", _rates),
            ("server's processor time for one of those", "µs", _processor),
        )
    ]


def _rates(runs: list[Tally]) -> list[float]:
    return [run["done"] / run["seconds"] for run in runs]


def _processor(runs: list[Tally]) -> list[float]:
    return [run["busy"] / run["done"] * 1e6 for run in runs]


def _lines(http: list[Tally], bare: list[Tally]) -> list[Line]:
    yardstick = Line("bare one-row transactions", "rows/s", _rates(bare))
    return [
        Line(
            "durable commands",
            "commands/s",
            _rates(http),
            [(yardstick.what, yardstick.typical)],
            "40 % of the bare",
        ),
        yardstick,
        Line("time to answer, p50", "ms", [run["p50"] for run in http]),
        Line("time to answer, p99", "ms", [run["p99"] for run in http]),
        Line("server's processor time for a command", "µs", _processor(http)),
    ]


def _busy(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


async def _load(*arguments: str) -> Tally:
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bench.load", *arguments, stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    out, _ = await process.communicate()
    assert process.returncode == 0, "the load generator failed"
    tally: Tally = json.loads(out)
    assert not tally["refused"], f"{tally['refused']} commands were refused"
    return tally


@contextlib.asynccontextmanager
async def _server(url: str, signing: dict[str, str]) -> AsyncIterator[tuple[int, psutil.Process]]:
    port, operations = free_ports(2)
    settings = {
        "FINANCE_DATABASE_URL": url,
        "FINANCE_KAFKA": "127.0.0.1:1",  # this role does not speak to it
        "FINANCE_HTTP_HOST": HOST,
        "FINANCE_HTTP_PORT": str(port),
        "FINANCE_REQUESTS_PER_SECOND": "1000000",  # one actor asks here for all
        "FINANCE_OPERATIONS_PORT": str(operations),
        **{f"FINANCE_{name}": value for name, value in signing.items()},
    }
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "services.finance.main", "api", env=os.environ | settings, cwd=ROOT
    )
    try:
        async with asyncio.timeout(START_SECONDS):
            await _lives(operations)
        yield port, psutil.Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


async def _lives(port: int) -> None:
    async with httpx.AsyncClient() as http:
        while True:
            with contextlib.suppress(httpx.HTTPError):
                if (await http.get(f"http://{HOST}:{port}/health/live")).is_success:
                    return
            await asyncio.sleep(0.05)


async def _fill(url: str) -> None:
    connection = await asyncpg.connect(url)
    await migrate(connection, of_service(ROOT / "services" / "finance", "writing", "copying"))
    await connection.execute("SELECT prepare_partitions($1)", business_date(utc_now()))
    records = [_incoming(n, *each) for n, each in enumerate(_unions(), start=1)]
    async with connection.transaction():
        await apply_copies([UNIT, EMPLOYER])(connection, records)
    await grant(connection, RECORDER, "recorder", COUNTY)
    await connection.execute("VACUUM ANALYZE copy")
    await connection.close()


def _unions() -> Iterator[tuple[UUID, int, UUID | None]]:
    above: UUID | None = None
    for level in range(1, PATH_DOWN + 1):
        unit = UUID(int=FIRST_UNION - level)
        yield unit, level, above
        above = unit
    for n in range(UNIONS):
        yield UUID(int=FIRST_UNION + n), 6, above


def _incoming(number: int, unit: UUID, level: int, parent: UUID | None) -> Incoming:
    event = UnionEstablished(
        occurredon=date(2010, 1, 1),
        name="Union",
        level=level,
        kind="enterprise",
        form="committee",
        parent=parent,
    )
    why, now = Provenance("bench", new_id(), new_id()), datetime.now(UTC)
    value = encode(Recorded(new_id(), unit, 1, now, Place(unit, (unit,), (), unit), why, event))
    return Incoming("union.membership", 0, number, now, bytes(32), value, 0, number)


async def _agreed(url: str) -> str:
    connection = await asyncpg.connect(url)
    row = await connection.fetchrow(AGREE)
    await connection.close()
    assert row is not None
    assert row["events"] == row["keys"] == row["versions"], "state, log and kept answers differ"
    return f"{row['events']:,} events, as many kept answers and versions; fsync/commit {row['durable']}"
