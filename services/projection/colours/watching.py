"""How far each colour has come, what lies dead, what does not agree: as metrics, about once a second."""

import time
from contextlib import suppress
from typing import Any

import asyncpg

from services.projection.catalogue import load
from services.projection.colours.areas import EVERY_SECONDS, measure_areas
from services.projection.colours.fingerprint import fingerprint
from services.projection.letters.listing import waiting
from services.projection.metrics import (
    BEHIND,
    COLOUR,
    DEAD_LETTERS_WAITING,
    DIFFERENCES,
    FOLD_DIFFERS,
    INCOMPLETE,
    OLDEST_LOOK,
    REBUILT,
)
from services.projection.queries.incomplete import touched
from services.projection.reconciling.differences import CHECKS
from shared.database import Connection
from shared.logs import log

COLOURS = "SELECT name, stage, fold FROM public.colour"
IN_COLOUR = "SELECT set_config('search_path', $1, true)"
READ_AND_ROLLED = """
SELECT (SELECT coalesce(sum(sequence), 0) FROM stream_progress)::bigint,
       (SELECT coalesce(sum(sequence), 0) FROM roller_position)::bigint"""
TYPES_WAITING = "SELECT DISTINCT type FROM dead_letter WHERE redriven IS NULL AND dropped IS NULL"
DIFFERING = "SELECT kind, count(*) FROM standing_difference GROUP BY kind"
# Before the first round has ended not everything was looked at; a round may have found nothing to look at.
OLDEST = """
SELECT extract(epoch FROM now() - coalesce((SELECT min(looked) FROM look WHERE completed > 0), began))::float
FROM look_round"""


class Watching:
    """Measures again and again, and tells the log what has changed in between."""

    def __init__(self) -> None:
        """Nothing is known yet."""
        self._incomplete = 0
        self._areas_at = 0.0

    async def measure(self, connection: Connection) -> None:
        """Set every gauge once."""
        COLOUR.clear()
        read: dict[str, int] = {}
        for colour in await connection.fetch(COLOURS):
            COLOUR.labels(colour["name"], colour["stage"]).set(1)
            # A colour that is just being made, or dropped, has no tables: it is measured the next time.
            with suppress(asyncpg.UndefinedTableError):
                read[colour["stage"]] = await self._measure_one(connection, colour)
        REBUILT.set(_ratio(read.get("building", 0), read.get("active", 0)))
        await self._measure_areas(connection)

    async def _measure_areas(self, connection: Connection) -> None:
        """Now and then: it adds up years."""
        now = time.monotonic()
        if now >= self._areas_at:
            self._areas_at = now + EVERY_SECONDS
            async with connection.transaction():
                await connection.execute("SELECT public.follow_colour()")
                await measure_areas(connection)

    async def _measure_one(self, connection: Connection, colour: Any) -> int:
        async with connection.transaction():
            await connection.fetchval(IN_COLOUR, f"{colour['name']}, public")
            read, rolled = await connection.fetchrow(READ_AND_ROLLED) or (0, 0)
            BEHIND.labels(colour["name"]).set(read - rolled)
            if colour["stage"] == "active":
                FOLD_DIFFERS.set(colour["fold"] != fingerprint())
                await self._count_letters(connection)
                await _count_differences(connection)
        return int(read)

    async def _count_letters(self, connection: Connection) -> None:
        DEAD_LETTERS_WAITING.clear()
        for reason, count in (await waiting(connection)).items():
            DEAD_LETTERS_WAITING.labels(reason).set(count)
        types = [row["type"] for row in await connection.fetch(TYPES_WAITING)]
        self._tell(len(touched(types, load())))

    def _tell(self, incomplete: int) -> None:
        INCOMPLETE.set(incomplete)
        if incomplete > self._incomplete:
            log.error("figures_incomplete", metrics=incomplete)
        elif self._incomplete and not incomplete:
            log.info("figures_complete_again")
        self._incomplete = incomplete


async def _count_differences(connection: Connection) -> None:
    found = {row["kind"]: row["count"] for row in await connection.fetch(DIFFERING)}
    for check in CHECKS:
        DIFFERENCES.labels(check).set(found.get(check, 0))
    OLDEST_LOOK.set(await connection.fetchval(OLDEST))


def _ratio(building: int, active: int) -> float:
    return min(1.0, building / active) if active else 0.0
