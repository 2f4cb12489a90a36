"""The tree as the kernel asks for it: a unit's place today, whole paths fetched ahead where possible."""

from uuid import UUID

from services.membership.aggregates import UNION
from services.membership.commands.references import UnionUnknown
from shared.work.kinds import UnitView
from shared.work.needs import Own
from shared.work.work import Work

REMEMBERED = 200_000
LONGEST_PATH = 16


class Tree:
    """Shows units to the desk, and remembers who hung where, only to fetch whole paths ahead.

    What is remembered may be stale: it decides what is read early, never what is answered.
    """

    def __init__(self) -> None:
        """Nothing is remembered yet."""
        self._above: dict[UUID, UUID | None] = {}

    def look(self, work: Work, unit: UUID) -> UnitView:
        """The unit's parent, level and industry lines today; raises UnionUnknown."""
        work.want(*(Own(each) for each in self._path(unit)))
        union = work.get(UNION, unit)
        if union is None:
            raise UnionUnknown("no union goes by this id", "unit", str(unit), "check the id")
        view = UnitView(union.parent(work.today), union.level, tuple(union.lines_on(work.today)))
        self._remember(unit, view.parent)
        return view

    def _path(self, unit: UUID) -> list[UUID]:
        path: list[UUID] = []
        above: UUID | None = unit
        while above is not None and len(path) < LONGEST_PATH:
            path.append(above)
            above = self._above.get(above)
        return path

    def _remember(self, unit: UUID, parent: UUID | None) -> None:
        if len(self._above) >= REMEMBERED:
            self._above.clear()
        self._above[unit] = parent
