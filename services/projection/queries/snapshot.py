"""One moment of the read model: every answer is made inside one read-only snapshot, at the roller's cut."""

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import date

from services.projection.queries.cut import Cut
from shared.clock import Clock, business_date
from shared.database import Connection, Pool, reachable

# The best plan for a town is not that for a province: statements are planned for the values at hand. Units
# are looked up once, so there is nothing to remember; counting a province's subjects does not go to disk.
# In the same round trip the tables of the active colour are chosen, by the snapshot that also reads them.
SET_UP = """
SET LOCAL plan_cache_mode = force_custom_plan; SET LOCAL enable_memoize = off; SET LOCAL work_mem = '32MB';
SELECT public.follow_colour()"""
POSITIONS = "SELECT lane, sequence FROM roller_position"
COMBOS = "SELECT key, dims FROM combo"
# Told to the wall of the database (migrations/0050_walls.sql).
FOUNDER = "; SET LOCAL unionstream.open = '0'"
LOOK_BACK = "SELECT set_config('unionstream.back', 'on', true)"

Dims = Mapping[str, str]


@dataclass
class Snapshot:
    """A read-only REPEATABLE READ transaction; `cut`: how far the roll-ups go, `today`: Shanghai's date."""

    connection: Connection
    cut: Cut
    today: date
    _combos: dict[int, Dims] = field(default_factory=dict)

    async def combos(self) -> Mapping[int, Dims]:
        """Breakdown values by their key."""
        if not self._combos:
            rows = await self.connection.fetch(COMBOS)
            self._combos = {row["key"]: json.loads(row["dims"]) for row in rows}
        return self._combos

    async def look_back(self) -> None:
        """From now on also what was said of earlier trees is read."""
        await self.connection.execute(LOOK_BACK)


@asynccontextmanager
async def snapshot(pool: Pool, clock: Clock, *, founder: bool = False) -> AsyncIterator[Snapshot]:
    """Opens the snapshot; a database that is down or slow becomes `Unavailable`."""
    async with (
        reachable(),
        pool.acquire() as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        await connection.execute(SET_UP + FOUNDER if founder else SET_UP)
        positions = await connection.fetch(POSITIONS)
        cut = Cut.of({row["lane"]: row["sequence"] for row in positions})
        yield Snapshot(connection, cut, business_date(clock()))
