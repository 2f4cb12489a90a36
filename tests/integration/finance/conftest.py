"""Finance over a real PostgreSQL, without a broker: copies are fed, the log is read."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from services.finance.api import application_of
from services.finance.commands import USE_CASES
from shared.clock import business_date
from shared.database import Pool, open_pool
from shared.envelope import Recorded, decode
from shared.migrate import migrate, of_service
from shared.units import look
from shared.work.desk import Desk
from tests.integration.finance.town import settle
from tests.support.signing import asking_as, known_tokens, signing_client

NOW = datetime(2014, 2, 1, 4, 0, tzinfo=UTC)


@dataclass
class Finance:
    """The service as a caller sees it, and its log as the relay does."""

    http: httpx.AsyncClient
    pool: Pool

    async def post(
        self, path: str, body: dict[str, Any], key: str = "", actor: str = "ada"
    ) -> httpx.Response:
        headers = {"Idempotency-Key": key or str(uuid4())}
        return await self.http.post(
            f"/v1/dues/{path}", json=body, headers=headers, extensions=asking_as(actor)
        )

    async def done(self, path: str, body: dict[str, Any], actor: str = "ada") -> UUID:
        answer = await self.post(path, body, actor=actor)
        assert answer.status_code in {200, 201}, answer.text
        return UUID(answer.json()["id"])

    async def get(self, path: str) -> Any:
        answer = await self.http.get(f"/v1/dues/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def events(self) -> list[Recorded]:
        return [
            decode(row["value"])
            for row in await self.pool.fetch("SELECT value FROM event_log ORDER BY position")
        ]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    connection = await asyncpg.connect(database)
    await migrate(connection, of_service(Path("services/finance"), "writing", "copying"))
    await connection.execute("SELECT prepare_partitions($1)", business_date(NOW))
    await connection.close()
    opened = await open_pool(database, largest=8)
    yield opened
    await opened.close()


@pytest.fixture
async def finance(pool: Pool) -> AsyncIterator[Finance]:
    await settle(pool)
    desk = Desk(pool, USE_CASES, look, clock=lambda: NOW)
    running = asyncio.create_task(desk.run())

    transport = httpx.ASGITransport(application_of(pool, desk, known_tokens()), raise_app_exceptions=False)
    async with signing_client(transport=transport, base_url="http://finance") as http:
        yield Finance(http, pool)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
