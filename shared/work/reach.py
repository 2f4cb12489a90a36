"""Who may read what: the same roles in the same tree as for commands, asked of the service's own copies."""

from collections.abc import Callable, Collection
from typing import TypeVar
from uuid import UUID

from shared.clock import Clock, business_date
from shared.database import Pool, reachable
from shared.envelope import Provenance
from shared.errors import NotFound, NotPermitted, Problem
from shared.http.gate import caller, operation
from shared.ids import new_id
from shared.work.changes import Changes
from shared.work.needs import Missing, Shelf, fetch
from shared.work.permitting import held, permitted
from shared.work.refusals import NOWHERE, Denial, note
from shared.work.roles import READERS, not_permitted
from shared.work.work import At, TreeLook, Work

T = TypeVar("T")


class Reach:
    """Checks the caller of the request under way; founders reach everything."""

    def __init__(self, pool: Pool, look: TreeLook, clock: Clock) -> None:
        """`look` shows a unit of the tree."""
        self._pool = pool
        self._look = look
        self._clock = clock

    async def over(self, unit: UUID, roles: Collection[str] = READERS) -> None:
        """Raises NotPermitted, and keeps the refusal, unless the caller holds one of the roles there."""
        if not await self.reaches(unit, roles):
            raise await self._denied(unit, not_permitted(roles, unit))

    async def sees(self, unit: UUID | None, otherwise: NotFound) -> None:
        """Raises `otherwise` unless the caller may read there: for things whose existence is private."""
        if unit is None and not caller().founder:
            raise otherwise
        if unit is not None and not await self.reaches(unit, READERS):
            raise await self._denied(unit, otherwise)

    async def somewhere(self, roles: Collection[str] = READERS) -> None:
        """Raises NotPermitted unless the caller holds one of the roles anywhere."""
        asking = caller()
        if asking.founder:
            return
        grants = await self._run(lambda work: held(work, asking.subject))
        if not any(each.role in roles for each in grants):
            raise await self._denied(NOWHERE, not_permitted(roles, None))

    async def reaches(self, unit: UUID, roles: Collection[str]) -> bool:
        """Whether the caller holds one of the roles at the unit or above it."""
        asking = caller()
        if asking.founder:
            return True
        try:
            return await self._run(lambda work: permitted(work, asking.subject, unit, roles))
        except Problem:  # there is no such unit, or it has not been heard of
            return False

    async def _denied(self, unit: UUID, problem: NotPermitted | NotFound) -> Problem:
        try:
            path = await self._run(lambda work: work.place(unit).lineage)
        except Problem:
            path = (unit,)
        denial = Denial(caller().subject, operation(), unit, path, problem.code)
        async with reachable():
            await note(self._pool, [denial], business_date(self._clock()))
        return problem

    async def _run(self, question: Callable[[Work], T]) -> T:
        shelf: Shelf = {}
        nobody = Provenance("", new_id(), new_id())
        async with reachable(), self._pool.acquire() as connection:
            while True:
                try:
                    return question(Work(shelf, Changes(), self._look, At(self._clock(), nobody)))
                except Missing as missing:
                    await fetch(connection, set(missing.needs), shelf)
