"""Agreements come and go while the processes run: for each that delivers, what a role does for it."""

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

from services.exchange.outlets import Outlet, in_force
from shared.database import TRANSIENT, Pool
from shared.logs import log, log_defect

LOOK_SECONDS = 1.0
AGAIN_SECONDS = 5.0

Work = Callable[[Outlet], Coroutine[Any, Any, None]]


class Tending:
    """Runs `work` for every agreement in force, from approval to end; one that fails is tried again."""

    def __init__(self, pool: Pool, work: Work) -> None:
        """`work` never ends by itself."""
        self._pool = pool
        self._work = work
        self._running: dict[UUID, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Until cancelled; a database that is away is waited for."""
        try:
            while True:
                try:
                    await self._look()
                except TRANSIENT as error:
                    log.warning("outlets_wait_for_database", error=type(error).__name__)
                await asyncio.sleep(LOOK_SECONDS)
        finally:
            await _end(list(self._running.values()))

    async def _look(self) -> None:
        wanted = {outlet.id: outlet for outlet in await in_force(self._pool)}
        over = [self._running.pop(id_) for id_ in self._running.keys() - wanted.keys()]
        await _end(over)
        for id_ in wanted.keys() - self._running.keys():
            self._running[id_] = asyncio.create_task(self._keep(wanted[id_]), name=wanted[id_].topic)

    async def _keep(self, outlet: Outlet) -> None:
        log.info("outlet_opens", topic=outlet.topic)
        while True:
            try:
                await self._work(outlet)
            except Exception as error:  # noqa: BLE001  one agreement must not stop the others
                log_defect(error, topic=outlet.topic)
            await asyncio.sleep(AGAIN_SECONDS)


async def _end(tasks: list["asyncio.Task[None]"]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        await asyncio.wait(tasks, timeout=2)
