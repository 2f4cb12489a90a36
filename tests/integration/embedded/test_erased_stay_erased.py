"""Who was erased stays erased, when a backup from before is put back."""

from __future__ import annotations

import asyncio
import os
import subprocess
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import asyncpg
import httpx
import pytest

from shared.clock import business_date, utc_now
from tests.support.field import Field, founded
from tests.support.ledgers import until
from tests.support.signing import signing_client
from tests.support.stacks import running_stack
from unionstream.embedded.keys import Keys
from unionstream.embedded.postgres import programs
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.stack import Stack

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

SECONDS = 60.0
LISTED = "SELECT count(*) = 1 AND count(published) = 1 FROM erasure"
SEALED = "SELECT count(*) FROM person_vault WHERE person = $1"


@pytest.fixture
def alone() -> Iterator[Stack]:
    """Membership, PostgreSQL and the broker: a stack that this test may ruin."""
    with running_stack("restored", PROCESSES[:1]) as running:
        yield running


@pytest.fixture
async def field(alone: Stack) -> AsyncIterator[Field]:
    async with signing_client() as http:
        yield await founded(http, {"membership": alone.url("membership")})


def postgres(stack: Stack, program: str, *words: str) -> None:
    place = urlsplit(stack.database_url("membership"))
    address = f"postgresql://{place.username}@{place.hostname}:{place.port}{place.path}"
    subprocess.run(
        [programs(None) / program, f"--dbname={address}", *words],
        env={"PGPASSWORD": place.password or "", "PATH": os.environ["PATH"], "LC_ALL": "C"},
        check=True,
    )


async def test_an_erasure_outlives_the_backup(field: Field, alone: Stack, tmp_path: Path) -> None:
    today = str(business_date(utc_now()))
    erased, other = await field.member(field.union), await field.member(field.union)
    (row, kept) = (await field.get("membership", "members", union=field.union))["members"]
    if row["person"] != str(erased):
        row, kept = kept, row
    await field.tell("membership", f"members/{row['id']}/leave", {"reason": "resigned", "left_on": today})
    dump = tmp_path / "membership.dump"
    postgres(alone, "pg_dump", "--format=custom", f"--file={dump}")
    hide = {"reason": "purpose_met", "restricted_on": today}
    await field.tell("membership", f"people/{erased}/restrict", hide)
    erase = {"retained_until": today, "erased_on": today}
    await field.tell("membership", f"people/{erased}/erase", erase, actor="ben")
    await until(lambda: fetched(alone, LISTED), seconds=SECONDS)
    service = alone.services["membership"]
    service.stop()
    await emptied(alone)
    postgres(alone, "pg_restore", "--no-owner", "--exit-on-error", str(dump))
    assert await fetched(alone, SEALED, erased) == 1  # the backup has the key
    service.start()
    answer = await opened(field, f"members/{row['id']}/person")
    assert (answer.status_code, answer.json()["code"]) == (410, "person-erased")
    assert await fetched(alone, SEALED, erased) == 0
    answer = await opened(field, f"members/{kept['id']}/person")
    assert answer.status_code == 200
    assert await fetched(alone, SEALED, other) == 1


async def emptied(stack: Stack) -> None:
    """As `unionstream restore` begins."""
    connection = await asyncpg.connect(stack.postgres.url())
    try:
        await connection.execute("DROP DATABASE membership WITH (FORCE)")
    finally:
        await connection.close()
    password = Keys(stack.data).password("membership")
    await asyncio.to_thread(stack.postgres.make_databases, {"membership": password})


async def opened(field: Field, path: str) -> httpx.Response:
    """The first answer that is not `wait`."""
    async with asyncio.timeout(SECONDS):
        while True:
            try:
                answer = await field.http.get(f"{field.urls['membership']}/v1/{path}")
            except httpx.TransportError:
                pass  # it is starting
            else:
                if answer.status_code != httpx.codes.SERVICE_UNAVAILABLE:
                    return answer
            await asyncio.sleep(0.1)


async def fetched(stack: Stack, query: str, *values: Any) -> Any:
    connection = await asyncpg.connect(stack.database_url("membership"))
    try:
        return await connection.fetchval(query, *values)
    finally:
        await connection.close()
