"""The roller of a colour that does not answer yet: it never passes the cut it is told to roll to."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import asyncpg

from services.projection import catalogue
from services.projection.catalogue.stored import store
from services.projection.roller.run import TRY_LOCK
from services.projection.roller.turn import prepare, turn
from shared.database import Connection
from shared.errors import Unavailable

MOST = 30_000

MOVE = """
INSERT INTO cap SELECT * FROM unnest($1::smallint[], $2::bigint[])
ON CONFLICT (lane) DO UPDATE SET sequence = greatest(cap.sequence, excluded.sequence)"""


class SomebodyRolls(Unavailable):
    """Another process rolls that colour."""

    code = "somebody-rolls"


class CappedRoller:
    """Rolls up to a cut and no further."""

    def __init__(self, connection: Connection) -> None:
        """The connection is this roller's own; see `capped_roller`."""
        self._connection = connection

    async def roll_to(self, cut: Mapping[int, int]) -> int:
        """Roll what has arrived up to this cut; returns how many events it brought in."""
        await self._connection.execute(MOVE, list(cut), list(cut.values()))
        total = 0
        while events := (await turn(self._connection, MOST)).events:
            total += events
        return total


@asynccontextmanager
async def capped_roller(url: str) -> AsyncIterator[CappedRoller]:
    """The only roller of the colour at `url`, for as long as it is needed."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        if not await connection.fetchval(TRY_LOCK):
            raise SomebodyRolls("another process rolls this colour", remedy="wait until it has ended")
        await store(connection, catalogue.load())
        await prepare(connection)
        await connection.execute("SELECT cap_turns()")
        yield CappedRoller(connection)
    finally:
        connection.terminate()
