"""Backup and restore of the databases of a stack, with PostgreSQL's own tools.

A backup holds one dump per service and a manifest. It does not hold the keys: who finds it can open nothing
that is sealed, and what was erased by destroying a key stays erased.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Sequence
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from typing import Annotated
from urllib.parse import urlsplit

import asyncpg
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from unionstream.embedded import state
from unionstream.embedded.deadline import Say, run_aside
from unionstream.embedded.faults import EmbeddedFault
from unionstream.embedded.jobs import process_named, settings_of
from unionstream.embedded.keys import Keys
from unionstream.embedded.leftovers import end_leftovers
from unionstream.embedded.postgres import SUPERUSER, Postgres, programs
from unionstream.embedded.processes import PROCESSES

MANIFEST = "manifest.json"
EVENTS = "SELECT coalesce(sum(sequence), 0)::bigint FROM stream_head"


class BackupUnusable(EmbeddedFault):
    """A backup is not whole, or not there."""

    code = "backup-unusable"


class Dump(BaseModel):
    """One database in a backup; `events` is how many its log had numbered (0: it has no log)."""

    model_config = ConfigDict(frozen=True)

    file: Annotated[str, Field(pattern=r"^[a-z][a-z-]*\.dump$")]
    """Beside the manifest, whatever somebody has written into that."""
    sha256: str
    events: int = 0


class Manifest(BaseModel):
    """What a backup holds, and from when."""

    model_config = ConfigDict(frozen=True)

    made: datetime
    databases: dict[str, Dump]


def back_up(data: Path, target: Path, say: Say) -> Manifest:
    """Dump every database of the stack that runs in `data`; raises NotRunning, BackupUnusable."""
    state.running(data)
    try:
        target.mkdir(parents=True)
    except OSError as why:
        raise BackupUnusable(
            f"{target} cannot be made: {why.strerror}.", remedy="Name a folder that does not exist yet."
        ) from why
    target.chmod(0o700)
    dumps = {}
    for process in PROCESSES:
        url = settings_of(data, process)[f"{process.prefix}_DATABASE_URL"]
        file = target / f"{process.name}.dump"
        events = run_aside(lambda url=url: _events(url)) if process.topic else 0  # type: ignore[misc]
        _run("pg_dump", url, "--format=custom", f"--file={file}")
        dumps[process.name] = Dump(file=file.name, sha256=_digest(file), events=events)
        say(f"{process.name}: {file.stat().st_size:,} bytes")
    manifest = Manifest(made=datetime.now(UTC), databases=dumps)
    # Written last: a folder without it is no backup.
    (target / MANIFEST).write_text(manifest.model_dump_json(indent=1), encoding="utf-8")
    return manifest


def restore(data: Path, source: Path, services: Sequence[str], say: Say) -> None:
    """Put these services' databases (or all) back as the backup has them; the stack in `data` must be down.

    Raises AlreadyRunning while it runs, and BackupUnusable before anything is touched.
    """
    wanted = _checked(source, services)
    with state.sole_owner(data):
        end_leftovers(data)
        keys = Keys(data)
        postgres = Postgres(data, keys.password(SUPERUSER), data / "logs" / "postgres.log", say)
        (data / "logs").mkdir(exist_ok=True)
        postgres.start()
        try:
            postgres.wait_ready()
            for name, dump in wanted.items():
                run_aside(lambda name=name: _empty(postgres.url(), name))  # type: ignore[misc]
                postgres.make_databases({name: keys.password(name)})
                if (process := process_named(name)).reader:
                    postgres.make_reader(name, process.query_role, keys.password(process.query_role))
                url = postgres.url(name, name, keys.password(name))
                _run("pg_restore", url, "--no-owner", "--exit-on-error", str(source / dump.file))
                say(f"{name} is as it was at {dump.events} events")
        finally:
            postgres.stop()


def _checked(source: Path, services: Sequence[str]) -> dict[str, Dump]:
    try:
        manifest = Manifest.model_validate_json((source / MANIFEST).read_bytes())
    except (OSError, ValidationError) as why:
        raise BackupUnusable(
            f"{source / MANIFEST} cannot be read.", remedy="Name a folder that `unionstream backup` has made."
        ) from why
    if strange := manifest.databases.keys() - {process.name for process in PROCESSES}:
        raise BackupUnusable(
            f"{source / MANIFEST} names databases that are not ours: {', '.join(sorted(strange))[:200]}",
            remedy="Take another backup.",
        )
    if unknown := [name for name in services if name not in manifest.databases]:
        raise BackupUnusable(
            f"The backup has no {', '.join(unknown)}.", remedy=f"It has: {', '.join(manifest.databases)}"
        )
    wanted = {name: manifest.databases[name] for name in services or manifest.databases}
    for dump in wanted.values():
        file = source / dump.file
        if not file.exists() or _digest(file) != dump.sha256:
            raise BackupUnusable(f"{file} is not what was written.", remedy="Take another backup.")
    return wanted


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return file_digest(content, "sha256").hexdigest()


async def _events(url: str) -> int:
    connection = await asyncpg.connect(url)
    try:
        events: int = await connection.fetchval(EVENTS)
        return events
    finally:
        await connection.close()


async def _empty(url: str, name: str) -> None:
    connection = await asyncpg.connect(url)
    try:
        await connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
    finally:
        await connection.close()


def _run(program: str, url: str, *arguments: str) -> None:
    """The password goes by the environment: arguments can be read by everybody on the machine."""
    place = urlsplit(url)
    done = subprocess.run(
        [
            programs(None) / program,
            f"--dbname=postgresql://{place.username}@{place.hostname}:{place.port}{place.path}",
            *arguments,
        ],
        env={"PGPASSWORD": place.password or "", "PATH": os.environ.get("PATH", ""), "LC_ALL": "C"},
        capture_output=True,
        check=False,
    )
    if done.returncode:
        raise BackupUnusable(
            f"{program} failed: {done.stderr.decode(errors='replace').strip()[:500]}",
            remedy="Is there room on the disk, and is the release the same?",
        )
