"""How far each colour has come, what lies dead, what does not agree: as metrics, about once a second."""

from contextlib import suppress
from typing import Any

import asyncpg

from services.projection.colours.fingerprint import fingerprint
from services.projection.letters.listing import waiting
from services.projection.metrics import (
    BEHIND,
    COLOUR,
    DEAD_LETTERS_WAITING,
    DIFFERENCES,
    FOLD_DIFFERS,
    OLDEST_LOOK,
)
from services.projection.reconciling.differences import CHECKS
from shared.database import Connection

COLOURS = "SELECT name, stage, fold FROM public.colour"
IN_COLOUR = "SELECT set_config('search_path', $1, true)"
ROLLER_BEHIND = """
SELECT (SELECT coalesce(sum(sequence), 0) FROM stream_progress)
     - (SELECT coalesce(sum(sequence), 0) FROM roller_position)"""


DIFFERING = "SELECT kind, count(*) FROM standing_difference GROUP BY kind"
# Before the first round has ended not everything was looked at.
OLDEST = """
SELECT extract(epoch FROM now() - CASE WHEN completed > 0 THEN coalesce((SELECT min(looked) FROM look), now())
                                       ELSE began END)::float FROM look_round"""


async def measure(connection: Connection) -> None:
    """Set every gauge once."""
    COLOUR.clear()
    for colour in await connection.fetch(COLOURS):
        COLOUR.labels(colour["name"], colour["stage"]).set(1)
        # A colour that is just being made, or dropped, has no tables: it is measured the next time.
        with suppress(asyncpg.UndefinedTableError):
            await _measure_one(connection, colour)


async def _measure_one(connection: Connection, colour: Any) -> None:
    async with connection.transaction():
        await connection.fetchval(IN_COLOUR, f"{colour['name']}, public")
        BEHIND.labels(colour["name"]).set(await connection.fetchval(ROLLER_BEHIND))
        if colour["stage"] == "active":
            FOLD_DIFFERS.set(colour["fold"] != fingerprint())
            await _count_letters(connection)
            await _count_differences(connection)


async def _count_differences(connection: Connection) -> None:
    found = {row["kind"]: row["count"] for row in await connection.fetch(DIFFERING)}
    for check in CHECKS:
        DIFFERENCES.labels(check).set(found.get(check, 0))
    OLDEST_LOOK.set(await connection.fetchval(OLDEST))


async def _count_letters(connection: Connection) -> None:
    DEAD_LETTERS_WAITING.clear()
    for reason, count in (await waiting(connection)).items():
        DEAD_LETTERS_WAITING.labels(reason).set(count)
