"""So many dead letters at once that this release is more likely wrong than they are: the worker stands still.

It goes on by itself with a release that can read them, or once somebody has admitted that kind of letter.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from services.projection.metrics import BURST
from services.projection.writer import Kind, TooManyUnreadable
from shared.database import Connection, Pool
from shared.errors import NotFound
from shared.logs import log
from shared.reading.patience import patiently

LOOK_SECONDS = 1.0

ADMITTED = "SELECT reason, type FROM public.burst WHERE admitted IS NOT NULL"
STANDING = """
SELECT reason, type, stopped, letters, first FROM public.burst WHERE admitted IS NULL
ORDER BY stopped, reason, type"""
STOP = """
INSERT INTO public.burst (reason, type, letters, first)
SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[]) ON CONFLICT (reason, type) DO UPDATE
SET letters = excluded.letters, first = excluded.first WHERE burst.admitted IS NULL"""
ADMIT = """
UPDATE public.burst SET admitted = now(), actor = $1, why = $2
WHERE admitted IS NULL RETURNING reason, type"""
OVER = "DELETE FROM public.burst WHERE admitted IS NULL"


class NothingStopped(NotFound):
    """No burst holds the worker."""

    code = "nothing-stopped"


async def admitted(connection: Connection) -> frozenset[Kind]:
    """The kinds that may come in any number."""
    return frozenset((row["reason"], row["type"]) for row in await connection.fetch(ADMITTED))


async def standing(connection: Connection) -> Sequence[Any]:
    """What holds the worker, if anything does."""
    rows: Sequence[Any] = await connection.fetch(STANDING)
    return rows


async def admit(connection: Connection, actor: str, why: str) -> list[Kind]:
    """Let the worker park them all and go on; raises `NothingStopped`."""
    kinds = [(row["reason"], row["type"]) for row in await connection.fetch(ADMIT, actor, why)]
    if not kinds:
        raise NothingStopped("no burst of dead letters holds the worker", remedy="there is nothing to admit")
    log.warning("burst_admitted", kinds=[" ".join(kind).strip() for kind in kinds], actor=actor)
    return kinds


class Held:
    """Runs a reader, and holds it while a burst stands."""

    def __init__(self, pool: Pool, name: str) -> None:
        """`name` of the reader, for metrics and log."""
        self._pool = pool
        self._name = name
        self.reason = ""

    async def run(self, read: Callable[[], Awaitable[None]]) -> None:
        """Until cancelled; raises what the reader raises but for bursts."""
        await patiently(self._pool, _over, self._name)  # perhaps this release can read them
        while True:
            BURST.labels(self._name).set(0)
            self.reason = ""
            try:
                await read()
            except TooManyUnreadable as burst:
                await self._hold(burst)

    async def _hold(self, burst: TooManyUnreadable) -> None:
        BURST.labels(self._name).set(1)
        self.reason = f"stopped by a burst of dead letters: {burst.detail}; {burst.remedy}"
        log.error("worker_stopped_by_burst", reader=self._name, detail=burst.detail, remedy=burst.remedy)
        kinds = list(burst.kinds.items())
        columns = [[kind[0] for kind, _ in kinds], [kind[1] for kind, _ in kinds]]
        letters = [[found.letters for _, found in kinds], [found.first for _, found in kinds]]
        await patiently(self._pool, lambda c: c.execute(STOP, *columns, *letters), self._name)
        held = True
        while held:
            await asyncio.sleep(LOOK_SECONDS)
            held = bool(await patiently(self._pool, standing, self._name))
        log.warning("worker_goes_on_after_burst", reader=self._name)


async def _over(connection: Connection) -> None:
    await connection.execute(OVER)
