"""Every service's API in this process, each over a database of its own, asked as over a network.

No broker: what membership has logged is handed to the others as their workers would take it.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx

from shared.copies import apply_copies
from shared.database import Pool, open_pool
from shared.people import PERSON
from shared.process import bring_up_to_date
from shared.reading.incoming import Incoming
from shared.roles import ROLE
from shared.units import EMPLOYER, UNIT
from tests.support import servers
from tests.support.servers import PostgresServer
from tests.support.signing import AUTH, known_tokens
from tests.support.streams import Ledger
from tests.support.world import PARTITIONS, World, build
from unionstream.embedded.processes import PROCESSES, Process

TOPIC = "union.membership"
LOGGED = "SELECT stream, value FROM event_log ORDER BY position"
LOG, PROJECTION = "membership", "projection"


@dataclass
class Served:
    """All services: `http` reaches each as http://NAME, and signs in as a founder."""

    http: httpx.AsyncClient
    databases: Mapping[str, str]
    pools: Mapping[str, Pool]

    @property
    def urls(self) -> dict[str, str]:
        """Where each answers."""
        return {name: f"http://{name}" for name in self.databases}

    async def spread(self) -> None:
        """Everything that membership has logged reaches the copies, and the projection's tree."""
        rows = await self.pools[LOG].fetch(LOGGED)
        ledger = Ledger(TOPIC, PARTITIONS)
        records: list[Incoming] = [ledger.add(row["stream"], row["value"]) for row in rows]
        for name, pool in self.pools.items():
            if name not in {LOG, PROJECTION}:
                async with pool.acquire() as connection, connection.transaction():
                    await apply_copies([UNIT, EMPLOYER, PERSON, ROLE])(connection, records)
        world = World(self.pools[PROJECTION], self.databases[PROJECTION])
        await world.take(records)
        await world.roll()


@asynccontextmanager
async def served(postgres: PostgresServer, folder: Path) -> AsyncIterator[Served]:
    """All of them, with empty databases that are gone afterwards."""
    key = folder / "key"
    key.touch(mode=0o600)
    key.write_text(os.urandom(32).hex(), "ascii")
    async with AsyncExitStack() as opened:
        databases: dict[str, str] = {}
        pools: dict[str, Pool] = {}
        mounts: dict[str, httpx.AsyncBaseTransport] = {}
        for process in PROCESSES:
            url = databases[process.name] = await asyncio.to_thread(servers.make_database, postgres)
            opened.push_async_callback(asyncio.to_thread, servers.drop_database, postgres, url)
            more: dict[str, object] = {each.lower(): key for each in process.keys}
            if process.reader:
                more["query_database_url"] = await asyncio.to_thread(servers.make_reader, postgres, url)
            pool, app = await opened.enter_async_context(_api(process, url, more))
            pools[process.name] = pool
            transport = httpx.ASGITransport(app, raise_app_exceptions=False)
            mounts[f"http://{process.name}"] = transport
        client = httpx.AsyncClient(mounts=mounts, auth=AUTH, timeout=60, trust_env=False)
        yield Served(await opened.enter_async_context(client), databases, pools)


@asynccontextmanager
async def _api(process: Process, url: str, more: Mapping[str, object]) -> AsyncIterator[tuple[Pool, Any]]:
    service: Any = import_module(process.module).SERVICE
    settings = service.settings(
        database_url=url,
        kafka="localhost:1",
        http_host="localhost",
        http_port=1,
        operations_port=1,
        oidc_issuer="https://localhost",
        **more,
    )
    await bring_up_to_date(service, url)
    if process.name == PROJECTION:
        await build(url)
    pool = await open_pool(url, largest=4)
    part = service.parts["api"](pool, settings)
    tasks = [asyncio.create_task(each()) for each in part.background]
    try:
        yield pool, part.app(known_tokens())
    finally:
        for task in tasks:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task
        await pool.close()
