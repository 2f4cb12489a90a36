"""Durable commands a second over HTTP, beside bare one-row transactions on the same PostgreSQL.

    python -m bench.commands [--seconds 5] [--rounds 3] [--connections 16] [--unions 2000] [--profile FILE]

Both take turns in one run, so that they meet the same machine. The server is the `api` role of finance in a
process of its own; fsync is on.
"""

import argparse
import asyncio
import contextlib
import json
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx

from bench.load import FIRST_UNION
from shared.clock import business_date, utc_now
from shared.contracts.membership import UnionEstablished
from shared.copies import apply_copies
from shared.envelope import Place, Provenance, Recorded, encode
from shared.ids import new_id
from shared.migrate import migrate, of_service
from shared.reading.incoming import Incoming
from shared.units import EMPLOYER, UNIT
from unionstream.embedded.deadline import Deadline, wait_until
from unionstream.embedded.postgres import Postgres

HOST = "127.0.0.1"
PATH_DOWN = 4  # province, prefecture, county, town; the unions lie below
START_SECONDS = 60.0


@dataclass(frozen=True)
class Plan:
    """What to run."""

    seconds: float
    rounds: int
    connections: int
    unions: int
    profile: str


def main() -> None:
    """Prints both rates, their ratio and the latencies."""
    plan = _plan()
    with _postgres() as url, _server(url, plan) as port:
        _load("http", HOST, str(port), str(plan.connections), "2", str(plan.unions))  # warm up
        http, bare = [], []
        for _ in range(plan.rounds):
            http.append(
                _load("http", HOST, str(port), str(plan.connections), str(plan.seconds), str(plan.unions))
            )
            bare.append(_load("bare", url, str(plan.connections), str(plan.seconds)))
        asyncio.run(_check(url))
    _tell(http, bare)


def _plan() -> Plan:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=16)
    parser.add_argument("--unions", type=int, default=2000)
    parser.add_argument("--profile", default="", help="write the server's cProfile there")
    return Plan(**vars(parser.parse_args()))


def _tell(http: list[dict[str, float]], bare: list[dict[str, float]]) -> None:
    commands, rows = (
        statistics.median(each["done"] / each["seconds"] for each in runs) for runs in (http, bare)
    )
    for name, runs in (("commands over HTTP", http), ("bare transactions", bare)):
        each = ", ".join(f"{run['done'] / run['seconds']:,.0f}/s" for run in runs)
        p50, p99 = (statistics.median(run[part] for run in runs) for part in ("p50", "p99"))
        print(f"{name}: {each}; p50 {p50:.1f} ms, p99 {p99:.1f} ms")
    print(f"commands {commands:,.0f}/s, bare {rows:,.0f}/s, ratio {commands / rows:.0%}")
    assert not any(run["refused"] for run in http), "commands were refused"


def _load(*arguments: str) -> dict[str, float]:
    out = subprocess.run(
        [sys.executable, "-m", "bench.load", *arguments], check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    tally: dict[str, float] = json.loads(out)
    return tally


@contextlib.contextmanager
def _postgres() -> Iterator[str]:
    folder = Path(tempfile.mkdtemp(prefix="unionstream-bench-"))
    folder.chmod(0o711)
    server = Postgres(folder, "bench", folder / "postgres.log")
    server.start()
    try:
        server.wait_ready()
        yield asyncio.run(_database(f"postgresql://postgres:{server.password}@{HOST}:{server.port}"))
    finally:
        server.stop()
        shutil.rmtree(folder, ignore_errors=True)


async def _database(server: str) -> str:
    connection = await asyncpg.connect(f"{server}/postgres")
    await connection.execute("CREATE DATABASE finance TEMPLATE template0")
    await connection.close()
    return f"{server}/finance"


@contextlib.contextmanager
def _server(url: str, plan: Plan) -> Iterator[int]:
    asyncio.run(_fill(url, plan.unions))
    port = _free_port()
    settings = {
        "FINANCE_DATABASE_URL": url,
        "FINANCE_KAFKA": "127.0.0.1:1",  # the api role does not speak to it
        "FINANCE_HTTP_HOST": HOST,
        "FINANCE_HTTP_PORT": str(port),
    }
    profiling = ["-m", "cProfile", "-o", plan.profile] if plan.profile else []
    command = [sys.executable, *profiling, "-m", "services.finance.main", "api"]
    process = subprocess.Popen(command, env=os.environ | settings)
    try:
        wait_until(lambda: _lives(port), Deadline(START_SECONDS))
        yield port
    finally:
        process.terminate()
        process.wait(30)


def _lives(port: int) -> bool:
    with contextlib.suppress(httpx.HTTPError):
        return httpx.get(f"http://{HOST}:{port}/health/live").status_code == httpx.codes.OK
    return False


def _free_port() -> int:
    with socket.create_server((HOST, 0)) as listening:
        port: int = listening.getsockname()[1]
    return port


async def _fill(url: str, unions: int) -> None:
    connection = await asyncpg.connect(url)
    await migrate(connection, of_service(Path("services/finance"), "writing", "copying"))
    await connection.execute("SELECT prepare_partitions($1)", business_date(utc_now()))
    records = [_incoming(n, *each) for n, each in enumerate(_unions(unions), start=1)]
    async with connection.transaction():
        await apply_copies([UNIT, EMPLOYER])(connection, records)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()


def _unions(how_many: int) -> Iterator[tuple[UUID, int, UUID | None]]:
    above: UUID | None = None
    for level in range(1, PATH_DOWN + 1):
        unit = uuid4()
        yield unit, level, above
        above = unit
    for n in range(how_many):
        yield UUID(int=FIRST_UNION + n), 6, above


def _incoming(number: int, unit: UUID, level: int, parent: UUID | None) -> Incoming:
    on = date(2010, 1, 1)
    event = UnionEstablished(
        occurredon=on, name="Union", level=level, kind="enterprise", form="committee", parent=parent
    )
    why, now = Provenance("bench", new_id(), new_id()), datetime.now(UTC)
    value = encode(Recorded(new_id(), unit, 1, now, Place(unit, (unit,), (), unit), why, event))
    return Incoming("union.membership", 0, number, now, bytes(32), value, 0, number)


async def _check(url: str) -> None:
    connection = await asyncpg.connect(url)
    row: Any = await connection.fetchrow(
        "SELECT (SELECT count(*) FROM event_log) AS events, (SELECT count(*) FROM command_key) AS keys, "
        "(SELECT sum(version) FROM aggregate) AS versions, current_setting('fsync') AS fsync, "
        "current_setting('synchronous_commit') AS durable"
    )
    await connection.close()
    print(f"{row['events']:,} events logged; fsync {row['fsync']}, synchronous_commit {row['durable']}")
    assert row["events"] == row["keys"] == row["versions"], "state, log and keys differ"


if __name__ == "__main__":
    main()
