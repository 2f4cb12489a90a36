"""A service forgets its copies of another and reads them anew."""

from __future__ import annotations

from pydantic import SecretStr

from services.finance.settings import FinanceSettings
from shared.database import Pool
from shared.reading import progress
from shared.reading.refollowing import refollowing

TOPIC = "union.membership"
LEFT = "SELECT (SELECT count(*) FROM copy) + (SELECT count(*) FROM stream_progress WHERE topic = $1)"


async def test_copies_and_progress_are_forgotten(pool: Pool, database: str) -> None:
    async with pool.acquire() as connection:
        await progress.prepare(connection, [TOPIC, "union.other"])
        await connection.execute(
            "INSERT INTO copy (kind, id, version, state) VALUES ('union', gen_random_uuid(), 1, '{}')"
        )
    settings = FinanceSettings(
        database_url=SecretStr(database),
        kafka="127.0.0.1:1",
        http_host="127.0.0.1",
        http_port=1,
        operations_port=2,
        oidc_issuer="https://issuer.invalid",
    )
    job = refollowing(TOPIC)
    assert await job(settings, ()) == 0
    assert await pool.fetchval(LEFT, TOPIC) == 0
    assert await pool.fetchval(LEFT, "union.other") == 24
