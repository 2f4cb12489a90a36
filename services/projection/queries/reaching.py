"""Who may read which figures: roles as membership tells them, in the projection's own tree of today.

A role on an industry line opens the figures of that line below its unit, and the unions of the line
themselves. The grant is checked once a question, by integer keys; never row by row.
"""

from collections.abc import AsyncIterator, Collection
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Any
from uuid import UUID

from services.projection.queries import lines
from services.projection.queries.refusals import UnknownReport
from services.projection.queries.snapshot import Snapshot, snapshot
from services.projection.queries.units import unit_of
from shared.clock import Clock, business_date
from shared.database import Connection, Pool, reachable
from shared.errors import Problem, Unavailable
from shared.http.gate import caller, operation
from shared.work.refusals import NOWHERE, Denial, note
from shared.work.roles import OF_REFUSALS, READERS, not_permitted

# A line of -1 is that of the unit itself; $4: the line asked for, $5: today, $6, $7: lines and their numbers.
# What the wall of the database is told is said in the same breath, and what it makes of it comes back.
HELD_THERE = """
SELECT open_to($1, $3) IS NOT NULL AS open, EXISTS (
    SELECT FROM role_held AS h JOIN node AS u ON u.id = h.unit
    LEFT JOIN unnest($6::text[], $7::smallint[]) AS l(id, number) ON l.id = h.line
    JOIN span AS s ON s.ancestor = u.key AND s.unit = $3 AND s.valid_from <= $5 AND s.valid_to > $5
    WHERE h.holder = $1 AND h.role = ANY ($2)
      AND CASE WHEN h.line IS NULL THEN s.line IN (0, -1)
               ELSE s.line = l.number OR (h.line = $4 AND s.line IN (0, -1)) END) AS held"""
TELL = "SELECT open_to($1, NULL) IS NOT NULL AS open"
HELD_SOMEWHERE = "SELECT EXISTS (SELECT FROM role_held WHERE holder = $1 AND role = ANY ($2))"
# At a unit that hangs under none, of the highest level there is: others may only not have been placed yet.
HELD_EVERYWHERE = """
SELECT EXISTS (
    SELECT FROM role_held AS h JOIN node AS u ON u.id = h.unit
    WHERE h.holder = $1 AND h.role = ANY ($2) AND h.line IS NULL
      AND u.level = (SELECT min(level) FROM node)
      AND NOT EXISTS (
          SELECT FROM edge AS e WHERE e.unit = u.key AND e.line = 0 AND e.valid_to = 'infinity'))"""
PATH = """
SELECT n.id FROM span AS s JOIN node AS n ON n.key = s.ancestor
WHERE s.unit = $1 AND s.line IN (0, -1) AND s.valid_from <= $2 AND s.valid_to > $2"""
UNIT_OF_REPORT = "SELECT n.id FROM report_of AS r JOIN node AS n ON n.key = r.unit WHERE r.report = $1"


class WallDisagrees(Unavailable):
    """The service would answer and the database would not: better no answer than one with holes."""

    code = "wall-disagrees"

    def __init__(self) -> None:
        """Says where to look."""
        super().__init__(
            "the database does not open that union to who asks, although the role is there",
            remedy="ask again; if it stays, compare the dates of the service's machine and the database's",
        )


class Reading:
    """Snapshots for the caller of the request under way, who must be allowed to read what is asked for."""

    def __init__(self, pool: Pool, clock: Clock, log: Pool | None = None) -> None:
        """`clock` says what today is; refusals go into `log`, which unlike `pool` may write."""
        self._pool = pool
        self._clock = clock
        self._log = log or pool

    @asynccontextmanager
    async def at(
        self, unit: str, line: str = lines.TERRITORIAL, roles: Collection[str] = READERS
    ) -> AsyncIterator[Snapshot]:
        """A snapshot for questions about a unit; raises NotPermitted and keeps that, UnknownUnit."""
        async with self._snapshot() as moment:
            found = await _held_there(moment, unit, line, roles)
            if found is None:
                yield moment
                return
        await self._deny(*found, not_permitted(roles, found[0]))

    @asynccontextmanager
    async def of_report(self, report: UUID) -> AsyncIterator[Snapshot]:
        """A snapshot for a closed period; raises UnknownReport also where it is not for the caller."""
        async with self._snapshot() as moment:
            unit = await moment.connection.fetchval(UNIT_OF_REPORT, report)
            if unit is None:
                raise UnknownReport(str(report))
            found = await _held_there(moment, str(unit), lines.TERRITORIAL, READERS)
            if found is None:
                yield moment
                return
        await self._deny(*found, UnknownReport(str(report)))

    @asynccontextmanager
    async def anywhere(self) -> AsyncIterator[Snapshot]:
        """A snapshot for what everybody may know who has a role; raises NotPermitted."""
        asking = caller()
        async with self._snapshot() as moment:
            arguments = asking.subject, list(READERS)
            if asking.founder or await moment.connection.fetchval(HELD_SOMEWHERE, *arguments):
                yield moment
                return
        await self._deny(NOWHERE, [], not_permitted(READERS, None))

    @asynccontextmanager
    async def whole(self) -> AsyncIterator[Snapshot]:
        """A snapshot for those who hold a role over the whole federation; raises NotPermitted."""
        asking = caller()
        async with self._snapshot() as moment:
            arguments = asking.subject, list(READERS)
            if asking.founder or await moment.connection.fetchval(HELD_EVERYWHERE, *arguments):
                if not asking.founder:
                    _agreed(await moment.connection.fetchrow(TELL, asking.subject))
                yield moment
                return
        await self._deny(NOWHERE, [], not_permitted(READERS, None))

    async def over(self, unit: UUID, roles: Collection[str] = OF_REFUSALS) -> None:
        """Raises NotPermitted unless the caller holds one of the roles there."""
        async with self.at(str(unit), roles=roles):
            pass

    def _snapshot(self) -> AbstractAsyncContextManager[Snapshot]:
        return snapshot(self._pool, self._clock, founder=caller().founder)

    async def _deny(self, unit: UUID, path: list[UUID], problem: Problem) -> None:
        denial = Denial(caller().subject, operation(), unit, path, problem.code)
        async with reachable():
            await note(self._log, [denial], business_date(self._clock()))
        raise problem


async def everywhere(connection: Connection, clock: Clock, roles: Collection[str]) -> None:
    """Raises NotPermitted unless the caller holds one of the roles over the whole federation."""
    asking = caller()
    if asking.founder or await connection.fetchval(HELD_EVERYWHERE, asking.subject, list(roles)):
        return
    problem = not_permitted(roles, None)
    denial = Denial(asking.subject, operation(), NOWHERE, [], problem.code)
    await note(connection, [denial], business_date(clock()))
    raise problem


async def _held_there(
    moment: Snapshot, text: str, line: str, roles: Collection[str]
) -> tuple[UUID, list[UUID]] | None:
    """None if the caller may; else the unit and those above it."""
    asking = caller()
    if asking.founder:
        return None
    unit, numbers = await unit_of(moment, text), lines.numbers()
    arguments: tuple[Any, ...] = (unit.key, line, moment.today, list(numbers), list(numbers.values()))
    told = await moment.connection.fetchrow(HELD_THERE, asking.subject, list(roles), *arguments)
    if told and told["held"]:
        _agreed(told)
        return None
    path = await moment.connection.fetch(PATH, unit.key, moment.today)
    return unit.id, [row["id"] for row in path]


def _agreed(told: Any) -> None:
    if not told["open"]:
        raise WallDisagrees
