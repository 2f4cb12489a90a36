"""Integers for units and for breakdown values, remembered in bounded memory.

A key is given in a transaction of its own. It says nothing but a number, so one that outlives a batch that
rolled back does no harm; the memory is always true, and batches never wait for each other's new units.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from pydantic_core import to_json

from services.projection.fold import Dims
from shared.database import Connection, Pool
from shared.envelope import Place

UnitsWanted = Callable[[Mapping[UUID, Place]], Collection[UUID]]

MOST_UNITS = 200_000
MOST_COMBOS = 50_000

FIND_UNITS = """
SELECT n.id, n.key,
       EXISTS (SELECT FROM tree_change AS c WHERE c.unit = n.key AND c.line = 0 AND c.version > 0)
FROM node AS n WHERE n.id = ANY ($1::uuid[])"""

ADD_UNITS = """
INSERT INTO node (id) SELECT id FROM unnest($1::uuid[]) AS u(id) ORDER BY id ON CONFLICT DO NOTHING"""

FIND_COMBOS = """
SELECT w.place, c.key FROM unnest($1::text[]) WITH ORDINALITY AS w(dims, place)
JOIN combo AS c ON c.dims = w.dims::jsonb"""

ADD_COMBOS = """
INSERT INTO combo (dims) SELECT DISTINCT dims::jsonb FROM unnest($1::text[]) AS u(dims) ORDER BY 1
ON CONFLICT DO NOTHING"""


class Keys:
    """The keys this process knows; `settled` are units whose place is told by events of their own.

    `familiar` has, by unit, places of which every unit is settled and has its key: they need no second look.
    """

    def __init__(self, pool: Pool) -> None:
        """`pool` lends a connection besides the one of the batch."""
        self._pool = pool
        self._one_at_a_time = asyncio.Lock()
        self.units: dict[UUID, int] = {}
        self.combos: dict[Dims, int] = {}
        self.settled: set[UUID] = set()
        self.familiar: dict[UUID, Place] = {}

    async def learn(self, units: UnitsWanted, combos: Collection[Dims]) -> None:
        """Make sure that all of these have a key in memory; `units` is asked once the memory is settled."""
        async with self._one_at_a_time:
            self._forget_when_full()
            new_units = [unit for unit in units(self.familiar) if unit not in self.units]
            new_combos = [dims for dims in combos if dims not in self.combos]
            if not new_units and not new_combos:
                return
            async with self._pool.acquire() as connection:
                await self._learn_units(connection, new_units)
                await self._learn_combos(connection, new_combos)

    def _forget_when_full(self) -> None:
        if len(self.units) > MOST_UNITS:
            self.units.clear()
            self.settled.clear()
            self.familiar.clear()
        if len(self.combos) > MOST_COMBOS:
            self.combos.clear()

    async def _learn_units(self, connection: Connection, wanted: list[UUID]) -> None:
        if wanted:
            await self._find_units(connection, wanted)
        if unknown := [unit for unit in wanted if unit not in self.units]:
            await connection.execute(ADD_UNITS, unknown)
            await self._find_units(connection, unknown)

    async def _find_units(self, connection: Connection, wanted: list[UUID]) -> None:
        for unit, key, settled in await connection.fetch(FIND_UNITS, wanted):
            self.units[unit] = key
            if settled:
                self.settled.add(unit)

    async def _learn_combos(self, connection: Connection, wanted: list[Dims]) -> None:
        if not wanted:
            return
        texts = [to_json(dict(dims)).decode() for dims in wanted]
        await connection.execute(ADD_COMBOS, texts)
        for place, key in await connection.fetch(FIND_COMBOS, texts):
            self.combos[wanted[place - 1]] = key
