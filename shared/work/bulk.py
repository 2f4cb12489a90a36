"""Rows in bulk: a thousand in a transaction, each with its own outcome, and room left for single commands."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.database import Pool, reachable
from shared.errors import Problem, Unavailable
from shared.logs import log
from shared.metrics import BULK_PAUSES, BULK_ROWS
from shared.work.desk import LARGEST_BATCH, Desk
from shared.work.submission import Outcome, RequestKey, Submission

WAITING = """
SELECT (SELECT count(*) FROM (SELECT FROM event_queue LIMIT $1) AS q)
     + (SELECT coalesce(sum(sequence - relayed), 0) FROM stream_head)"""

WAITING_EVENTS = 10_000
PATIENCE_SECONDS = 20.0
POLL_SECONDS = 0.05


@dataclass(frozen=True, slots=True)
class RowOutcome:
    """What became of one row: an id, or a problem."""

    id: UUID | None = None
    repeated: bool = False
    warnings: tuple[str, ...] = ()
    problem: Problem | None = None


class Bulk:
    """Bulk rows of one service."""

    def __init__(self, pool: Pool, desk: Desk) -> None:
        """Shares the pool with the desk."""
        self._pool = pool
        self._desk = desk

    async def execute(
        self, rows: Sequence[Submission | Problem], request: RequestKey | None = None
    ) -> list[RowOutcome]:
        """One outcome per row, in order. Rows with a problem already are passed through.

        Waits while 10,000 events are not yet on the topic; raises `Unavailable` when that does not get
        better. Repeating the call is safe: every row carries a reference. `request`, kept with the first rows
        that are written, refuses another body under the same key (`KeyReused`).
        """
        await self._room()
        good = [row for row in rows if isinstance(row, Submission)]
        done: list[Outcome] = []
        for start in range(0, len(good), LARGEST_BATCH):
            done += await self._desk.execute(good[start : start + LARGEST_BATCH], request)
        for row, outcome in zip(good, done, strict=True):
            BULK_ROWS.labels(type(row.command).__name__, outcome.status).inc()
        answers = iter(done)
        return [
            _told(next(answers)) if isinstance(row, Submission) else RowOutcome(problem=row) for row in rows
        ]

    async def _room(self) -> None:
        deadline, paused = asyncio.get_running_loop().time() + PATIENCE_SECONDS, False
        while asyncio.get_running_loop().time() < deadline:
            async with reachable():
                waiting = await self._pool.fetchval(WAITING, WAITING_EVENTS + 1)
            if waiting <= WAITING_EVENTS:
                return
            if not paused:
                paused = True
                BULK_PAUSES.inc()
                log.info("bulk_pauses", waiting=waiting)
            await asyncio.sleep(POLL_SECONDS)
        raise Unavailable(
            f"{WAITING_EVENTS} events wait for their topic",
            remedy="repeat the request; imports go on by themselves",
        )


def _told(outcome: Outcome) -> RowOutcome:
    if outcome.answer is None:
        return RowOutcome(problem=outcome.problem)
    repeated = outcome.status == "repeated"
    return RowOutcome(outcome.answer.id, repeated, outcome.answer.warnings)
