"""Questions are put by a role that cannot pass the wall, or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from services.projection.queries.asking import Asking, NoQueryRole
from services.projection.settings import ProjectionSettings
from tests.support.servers import PostgresServer, make_reader
from tests.support.world import build


def settings(database: str, **more: Any) -> ProjectionSettings:
    told = {
        "database_url": database, "kafka": "localhost:1", "http_host": "localhost", "http_port": 1,
        "operations_port": 1, "oidc_issuer": "https://localhost",
    }  # fmt: skip
    return ProjectionSettings.model_validate(told | more)


@asynccontextmanager
async def running(asking: Asking) -> AsyncIterator[Asking]:
    task = asyncio.create_task(asking.run())
    await asyncio.sleep(0)
    try:
        yield asking
    finally:
        task.cancel()
        await asyncio.wait([task])


async def test_the_api_becomes_ready_with_a_role_that_owns_nothing_and_no_other(
    postgres: PostgresServer, database: str
) -> None:
    await build(database)
    reader = await asyncio.to_thread(make_reader, postgres, database)
    name = database.rpartition("/")[2]
    for url, ready in ((reader, True), (database, False), (postgres.url(name), False)):
        async with running(Asking(settings(database, query_database_url=url))) as asking:
            reason = await asking.ready()
            assert (reason == "") is ready, url
            assert ready or "wall" in reason
    nobody = reader.replace("_query:", "_nobody:")
    async with running(Asking(settings(database, query_database_url=nobody))) as asking:
        assert "cannot sign in" in await asking.ready()


def test_without_the_role_the_api_does_not_start() -> None:
    with pytest.raises(NoQueryRole) as caught:
        Asking(settings("postgresql://localhost/nothing"))
    assert (caught.value.field, bool(caught.value.remedy)) == ("PROJECTION_QUERY_DATABASE_URL", True)
