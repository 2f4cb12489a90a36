"""A service with nothing but its process: `python -m tests.support.tiny_service ROLE`."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Sequence
from pathlib import Path

from fastapi import APIRouter, FastAPI
from pydantic_settings import SettingsConfigDict

from shared.database import Pool
from shared.http.app import application
from shared.http.tokens import Tokens
from shared.log.publisher import Publisher
from shared.migrate import of_service
from shared.process import Part, Service, main
from shared.reporting import progress
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="TINY_")


def _api(pool: Pool, _settings: Settings) -> Part:
    router = APIRouter()

    @router.get("/slow")
    async def slow() -> dict[str, int]:
        await asyncio.sleep(float(os.environ.get("SLOW", "1")))
        return {"partitions": await pool.fetchval("SELECT count(*) FROM pg_inherits")}

    def app(tokens: Tokens) -> FastAPI:
        return application("Tiny", [router], tokens)

    return Part(app=app)


def _relay(pool: Pool, settings: Settings) -> Part:
    publisher = Publisher(
        pool,
        topic=os.environ["TINY_TOPIC"],
        kafka=settings.kafka,
        partitions=settings.partitions,
        service="tiny",
    )
    return Part(background=[publisher.run])


def _worker(_pool: Pool, _settings: Settings) -> Part:
    async def die() -> None:
        await asyncio.to_thread(_await, Path(os.environ["TINY_DEATH"]))
        msg = "personal data may stand here"
        raise ValueError(msg)

    async def not_yet() -> str:
        return "" if Path(os.environ["TINY_DEATH"]).with_suffix(".ready").exists() else "reading"

    return Part(background=[die], ready=[not_yet])


async def _count(_settings: Settings, arguments: Sequence[str]) -> int:
    """A job that is half done until somebody lets it end."""
    progress("count", 1, 2)
    await asyncio.to_thread(_await, Path(arguments[0]))
    progress("count", 2, 2)
    return 0


def _await(file: Path) -> None:
    while not file.exists():
        time.sleep(0.02)


SERVICE = Service(
    "tiny",
    Settings,
    of_service(Path("no-service"), "writing"),
    {"api": _api, "relay": _relay, "worker": _worker},
    jobs={"count": _count},
)

if __name__ == "__main__":
    main(SERVICE)
