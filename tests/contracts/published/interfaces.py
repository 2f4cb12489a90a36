"""The OpenAPI description of a service, as its process answers it, without a server."""

import asyncio
import os
import tempfile
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from fastapi import FastAPI

from shared.database import open_pool
from tests.support.signing import known_tokens
from unionstream.embedded.processes import Process

NOWHERE = "postgresql://nobody@localhost:1/nothing"


def interface(process: Process) -> Mapping[str, Any]:
    """What the service's process answers at /v1/openapi.json."""
    with tempfile.TemporaryDirectory() as folder:
        key = Path(folder, "key")
        key.touch(mode=0o600)
        key.write_text(os.urandom(32).hex(), "ascii")
        return asyncio.run(_described(process, key))


async def _described(process: Process, key: Path) -> Mapping[str, Any]:
    return (await _application(process, key)).openapi()


async def _application(process: Process, key: Path) -> FastAPI:
    service: Any = import_module(process.module).SERVICE
    settings = service.settings(
        database_url=NOWHERE,
        kafka="localhost:1",
        http_host="localhost",
        http_port=1,
        operations_port=1,
        oidc_issuer="https://localhost",
        **{each.lower(): key for each in process.keys},
        **({"query_database_url": NOWHERE} if process.reader else {}),
    )
    pool = await open_pool(NOWHERE)
    try:
        app: FastAPI = service.parts["api"](pool, settings).app(known_tokens())
        return app
    finally:
        pool.terminate()
