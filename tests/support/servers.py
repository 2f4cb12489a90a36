"""One PostgreSQL and one broker for a whole test session, however many workers it has.

The first test that needs a server starts it in a process of its own (`python -m tests.support.servers`),
which ends with the session: when told to, or when the session's first process is gone.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

import asyncpg
import psutil
from filelock import FileLock

from unionstream.embedded.broker import choose, make_broker
from unionstream.embedded.child import same_process, started_at
from unionstream.embedded.deadline import Deadline, run_aside, silent, wait_until
from unionstream.embedded.endable import deaf, endable
from unionstream.embedded.postgres import Postgres
from unionstream.embedded.topics import make_topics
from unionstream.embedded.unprivileged import account_for_servers, place_for

FOLDER = "UNIONSTREAM_TEST_SERVERS"
ROOT = Path(__file__).parents[2]
START_SECONDS = 240.0

MakeTopic = Callable[..., str]
"""`make_topic(name="union.test", partitions=6)`: the full name of a new topic."""


@dataclass(frozen=True)
class PostgresServer:
    """A running server; `url()` is the superuser's."""

    host: str
    port: int
    password: str
    pid: int
    started: float

    def url(self, database: str = "postgres", role: str = "postgres") -> str:
        return f"postgresql://{role}:{self.password}@{self.host}:{self.port}/{database}"


@dataclass(frozen=True)
class KafkaServer:
    """A running broker of either kind; `bootstrap` is what clients ask for."""

    kind: str
    bootstrap: str
    replication: int
    pid: int
    started: float


def open_folder() -> Path:
    """Made by the session's first process, named to its workers by the environment."""
    folder = Path(tempfile.mkdtemp(prefix="unionstream-tests-"))
    folder.chmod(0o711)  # PostgreSQL runs as another account when we are root
    owner = {"pid": os.getpid(), "started": started_at(os.getpid())}
    (folder / "owner.json").write_text(json.dumps(owner), encoding="ascii")
    os.environ[FOLDER] = str(folder)
    return folder


def close_folder(folder: Path) -> None:
    """Ends the servers that were started, and removes everything."""
    running = [json.loads(file.read_text(encoding="ascii")) for file in folder.glob("*.ready")]
    for server in running:
        if same_process(server["pid"], server["started"]):
            psutil.Process(server["pid"]).terminate()
    for server in running:
        ended = wait_until(lambda s=server: not same_process(s["pid"], s["started"]), Deadline(40))  # type: ignore[misc]
        if not ended:
            psutil.Process(server["pid"]).kill()
    _remove(folder)


def postgres_server() -> PostgresServer:
    return PostgresServer(**_running("postgres"))


def kafka_server() -> KafkaServer:
    return KafkaServer(**_running("kafka"))


def _running(name: str) -> dict[str, Any]:
    folder = Path(os.environ[FOLDER])
    ready = folder / f"{name}.ready"
    with FileLock(folder / f"{name}.lock"):
        if not ready.exists():
            _start(name, folder, ready)
        known: dict[str, Any] = json.loads(ready.read_text(encoding="ascii"))
        return known


def _start(name: str, folder: Path, ready: Path) -> None:
    log = folder / f"{name}.out"
    with log.open("ab") as out:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.servers", name, str(folder)],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            cwd=ROOT,
        )
    wait_until(lambda: ready.exists() or process.poll() is not None, Deadline(START_SECONDS))
    process.returncode = 0  # it outlives this worker on purpose: `close_folder` ends it
    assert ready.exists(), f"{name} did not start:\n{log.read_text(errors='replace')}"


def make_database(server: PostgresServer) -> str:
    """The address of a new empty database whose owner may do there what a service may, and no more."""
    name = f"test_{uuid4().hex[:12]}"
    run_aside(
        lambda: _execute(
            server.url(),
            f"CREATE ROLE {name} LOGIN PASSWORD '{server.password}'",
            f"CREATE DATABASE {name} OWNER {name} TEMPLATE template0",
        )
    )
    return server.url(name, name)


def make_reader(server: PostgresServer, url: str) -> str:
    """The address of the same database for a role that owns nothing there."""
    name = url.rpartition("/")[2]
    run_aside(lambda: _execute(server.url(), f"CREATE ROLE {name}_query LOGIN PASSWORD '{server.password}'"))
    return server.url(name, f"{name}_query")


def drop_database(server: PostgresServer, url: str) -> None:
    """Also ends the sessions that a test left open."""
    name = url.rpartition("/")[2]
    roles = f"DROP ROLE IF EXISTS {name}, {name}_query"
    run_aside(lambda: _execute(server.url(), f"DROP DATABASE {name} WITH (FORCE)", roles))


def make_topic(server: KafkaServer, name: str, partitions: int) -> None:
    run_aside(lambda: make_topics(server.bootstrap, [name], server.replication, partitions))


async def _execute(url: str, *statements: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()


@contextlib.contextmanager
def _postgres(folder: Path) -> Iterator[PostgresServer]:
    server = Postgres(folder, "test", folder / "postgres.log")
    server.start()
    try:
        server.wait_ready()
        yield PostgresServer("127.0.0.1", server.port, server.password, *_self())
    finally:
        server.stop()


@contextlib.contextmanager
def _kafka(folder: Path) -> Iterator[KafkaServer]:
    broker = make_broker(choose(), folder, 1, silent)
    broker.start()
    try:
        broker.wait_ready()
        yield KafkaServer(broker.kind, broker.bootstrap, broker.replication, *_self())
    finally:
        broker.stop()


def _self() -> tuple[int, float]:
    return os.getpid(), started_at(os.getpid()) or 0.0


def _remove(folder: Path) -> None:
    place = place_for(folder, account_for_servers())
    if not place.is_relative_to(folder):
        shutil.rmtree(place.parent, ignore_errors=True)
    shutil.rmtree(folder, ignore_errors=True)


def _serve(name: str, folder: Path) -> None:
    servers: dict[str, Callable[[Path], contextlib.AbstractContextManager[Any]]]
    servers = {"postgres": _postgres, "kafka": _kafka}
    owner = json.loads((folder / "owner.json").read_text(encoding="ascii"))
    with endable():
        try:
            with servers[name](folder) as server:
                unfinished = folder / f"{name}.new"
                unfinished.write_text(json.dumps(asdict(server)), encoding="ascii")
                unfinished.rename(folder / f"{name}.ready")
                while same_process(owner["pid"], owner["started"]):
                    time.sleep(0.2)
        finally:
            deaf()
    _remove(folder)  # reached only when the session is gone without having told us to end


if __name__ == "__main__":
    _serve(sys.argv[1], Path(sys.argv[2]))
