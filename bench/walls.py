"""What the second wall costs: the same questions by the owner's sessions and by the role that owns nothing.

Every question is asked by somebody with a role at just the union it is about, and both ways in turn. What is
compared is the processor time of server and client together.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from uuid import UUID

from bench import many_facts
from bench.databases import PASSWORD, projection_database
from bench.granting import grant
from bench.many_facts import Filled
from bench.queries import NOW, Watch, cuts
from bench.questions import Kind, kinds
from bench.room import Room
from bench.table import Line, Result
from services.projection.queries.reaching import Reading
from shared.database import Pool, open_pool
from shared.http.gate import signed_in
from shared.http.tokens import Caller
from shared.work.roles import VIEWER

READER = "bench_queries_query"


@dataclass(frozen=True)
class Ways:
    """The two pools, each with who watches its one server process."""

    pools: tuple[Pool, Pool]
    watches: tuple[Watch, Watch]


async def run(room: Room) -> Result:
    """Fill one database, or take the one that was kept; then every kind of question at its levels."""
    async with projection_database(room, "bench_queries") as url:
        filled = await many_facts.kept(url) or await many_facts.fill(url, room)
        room.stack.postgres.make_reader("bench_queries", READER, PASSWORD)
        walled = room.stack.postgres.url("bench_queries", READER, PASSWORD)
        pools = [await open_pool(each, largest=1, statement_seconds=120) for each in (url, walled)]
        try:
            watches = [Watch(await each.fetchval("SELECT pg_backend_pid()")) for each in pools]
            lines = await _measured(Ways((pools[0], pools[1]), (watches[0], watches[1])), room, filled)
        finally:
            for each in pools:
                await each.close()
    notes = ["processor time; beside: the same question without the wall, in the same run, in turn"]
    return Result("The wall behind the query API", lines, notes)


async def _measured(ways: Ways, room: Room, filled: Filled) -> list[Line]:
    owner, chance = ways.pools[0], random.Random(1)
    units = {row["key"]: row["id"] for row in await owner.fetch("SELECT key, id FROM node")}
    lines = []
    for kind in kinds(await cuts(owner, filled)):
        if kind.before is not None:
            continue
        for level in kind.levels:
            keys = [chance.randint(*filled.size.levels[level]) for _ in range(room.of(25, 9))]
            lines.append(await _both(ways, kind, level, [units[key] for key in keys]))
        room.say(f"{kind.what}: done")
    return lines


async def _both(ways: Ways, kind: Kind, level: str, units: Sequence[UUID]) -> Line:
    rounds: tuple[list[tuple[float, float]], ...] = ([], [])
    for turn, unit in enumerate(units):
        who = f"viewer-{unit}"
        await grant(ways.pools[0], who, VIEWER, unit)
        for way in (0, 1) if turn % 2 else (1, 0):
            timed = ways.watches[way].time(_answer(ways.pools[way], kind, unit, who))
            rounds[way].append(await timed)
    # Processor time of server and client: others use this machine too.
    without, behind = ([busy for _, busy in each] for each in rounds)
    return Line(f"{kind.what}, {level}", "ms", behind, beside=[("that without", median(without))])


async def _answer(pool: Pool, kind: Kind, unit: UUID, who: str) -> None:
    with signed_in(Caller(who), {}):
        async with Reading(pool, lambda: NOW).at(str(unit)) as moment:
            await kind.ask(moment, str(unit))
