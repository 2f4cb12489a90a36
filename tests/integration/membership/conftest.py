"""Membership over a real PostgreSQL, without a broker: the log is read as the relay would."""

import asyncio
import contextlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest

from services.membership.main import MIGRATIONS, application_of, desk_of
from shared.clock import business_date
from shared.database import Pool, open_pool
from shared.envelope import Recorded, decode
from shared.migrate import migrate
from shared.vault import Vault
from tests.support.signing import known_tokens, signing_client

NOW = datetime(2014, 2, 1, 4, 0, tzinfo=UTC)
VAULT = Vault(bytes(range(32)))

Body = dict[str, Any]


@dataclass
class Membership:
    """The service as a caller sees it, and its log as the relay does."""

    http: httpx.AsyncClient
    pool: Pool

    async def post(self, path: str, body: Body, **headers: str) -> httpx.Response:
        known = {"Idempotency-Key": str(uuid4())}
        sent = known | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.http.post(f"/v1/{path}", json=body, headers=sent)

    async def done(self, path: str, body: Body) -> UUID:
        answer = await self.post(path, body)
        assert answer.status_code in {200, 201}, answer.text
        return UUID(answer.json()["id"])

    async def refused(self, path: str, body: Body) -> tuple[int, str, str]:
        """Status, code and field of a refusal; a malformed field's own code instead of `malformed`."""
        answer = await self.post(path, body)
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert problem["remedy"], problem
        code = problem["errors"][0]["code"] if problem["errors"] else problem["code"]
        return answer.status_code, code, problem["field"]

    async def bulk(self, path: str, rows: list[Body], source: str = "test") -> list[Any]:
        answer = await self.post(f"{path}/bulk", {"source": source, "rows": rows})
        assert answer.status_code == 200, answer.text
        results: list[Any] = answer.json()["results"]
        return results

    async def get(self, path: str) -> Any:
        answer = await self.http.get(f"/v1/{path}")
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def events(self) -> list[Recorded]:
        return [
            decode(row["value"])
            for row in await self.pool.fetch("SELECT value FROM event_log ORDER BY position")
        ]

    async def told(self, subject: UUID) -> list[str]:
        """The names of the events of one aggregate, in order."""
        return [type(each.event).__name__ for each in await self.events() if each.subject == subject]


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    connection = await asyncpg.connect(database)
    await migrate(connection, MIGRATIONS)
    await connection.execute("SELECT prepare_partitions($1)", business_date(NOW))
    await connection.close()
    opened = await open_pool(database, largest=8)
    yield opened
    await opened.close()


@pytest.fixture
async def membership(pool: Pool) -> AsyncIterator[Membership]:
    desk = desk_of(pool, VAULT, clock=lambda: NOW)
    running = asyncio.create_task(desk.run())

    app = application_of(pool, desk, VAULT, known_tokens())
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with signing_client(transport=transport, base_url="http://membership") as http:
        yield Membership(http, pool)
    running.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await running
