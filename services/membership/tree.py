"""The tree as the kernel asks for it: a unit's place today."""

from uuid import UUID

from services.membership.aggregates import UNION
from services.membership.commands.ahead import Ahead
from services.membership.commands.references import UnionUnknown
from shared.work.kinds import UnitView
from shared.work.needs import Missing
from shared.work.work import TreeLook, Work


def looking(ahead: Ahead) -> TreeLook:
    """Shows units to the desk: parent, level and industry lines today; raises UnionUnknown."""

    def look(work: Work, unit: UUID) -> UnitView:
        try:
            union = work.get(UNION, unit)
        except Missing:
            work.want(*ahead.path(unit))
            raise
        if union is None:
            raise UnionUnknown("no union goes by this id", "unit", str(unit), "check the id")
        today = work.today
        parent = union.parent(today)
        ahead.hung(unit, parent)
        lines = union.lines_on(today) if union.lines else {}
        return UnitView(parent, union.level, tuple(lines), lines)

    return look
