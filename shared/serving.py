"""Servers and endless coroutines of one process, until it is told to end: drained, then an exit code."""

import asyncio
import contextlib
import socket
import time
from collections.abc import Callable, Coroutine, Iterator, Sequence
from typing import Any

import uvicorn
from fastapi import FastAPI

from shared.errors import Problem
from shared.http.connection import Bounded
from shared.logs import log, log_defect
from shared.metrics import DRAINING

REQUEST_SECONDS = 7
BACKGROUND_SECONDS = 2.0

Background = Callable[[], Coroutine[Any, Any, None]]


class Server(uvicorn.Server):
    """Leaves signals to the process, which has more to stop than HTTP."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server_of(app: FastAPI) -> Server:
    """Not started; it serves a socket that listens already."""
    config = uvicorn.Config(
        app,
        http=Bounded,
        ws="none",
        lifespan="off",
        loop="none",
        log_config=None,
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=REQUEST_SECONDS,
    )
    return Server(config)


def listening(host: str, port: int) -> socket.socket:
    """Raises OSError where the address is taken."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=2048)


async def until_told(
    servers: Sequence[tuple[Server, socket.socket]],
    background: Sequence[Background],
    told: asyncio.Event,
) -> int:
    """Serve, each at its socket, until `told` (0) or until a part ends by itself (1); returns that code."""
    serving = [asyncio.create_task(server.serve([at]), name="http") for server, at in servers]
    running = [asyncio.create_task(each(), name=each.__qualname__) for each in background]
    telling = asyncio.create_task(told.wait(), name="signal")
    log.info("started", addresses=["{}:{}".format(*at.getsockname()[:2]) for _, at in servers])
    done, _ = await asyncio.wait([*serving, telling, *running], return_when=asyncio.FIRST_COMPLETED)
    began = time.monotonic()
    DRAINING.set(1)
    log.info("draining")
    for server, _at in servers:
        server.should_exit = True
    await asyncio.wait(serving, timeout=REQUEST_SECONDS + 1)
    for task in (*running, *serving, telling):
        task.cancel()
    await asyncio.wait([*running, *serving, telling], timeout=BACKGROUND_SECONDS)
    died = [task for task in done if task is not telling]
    for task in died:
        _tell(task)
    log.info("stopped", code=int(bool(died)), seconds=round(time.monotonic() - began, 2))
    return int(bool(died))


def _tell(task: "asyncio.Task[Any]") -> None:
    error = None if task.cancelled() else task.exception()
    if isinstance(error, Problem):
        log.error(
            "part-died", part=task.get_name(), code=error.code, detail=error.detail, remedy=error.remedy
        )
    elif error is not None:
        log_defect(error, part=task.get_name())
    else:
        log.error("part-died", part=task.get_name(), detail="ended by itself")
