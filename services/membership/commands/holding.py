"""Locks for rules that rest on aggregates which a command reads but does not change."""

from uuid import UUID

from services.membership.domain.unions import Union
from shared.work.kinds import Kind, S
from shared.work.work import Work

HOLD_LIVING = "SELECT hold_living($1)"
HOLD_LIST = "SELECT hold_list($1, $2, $3)"


def hold_living(work: Work, unit: UUID, union: Union) -> None:
    """Nobody may end the unit between this decision and its commit; one that has ended cannot end again."""
    if union.ended_on is None:
        work.lock(HOLD_LIVING, (unit,))


def hold_list(work: Work, kind: Kind[S], unit: UUID) -> tuple[UUID, ...]:
    """What is listed under the unit; nobody may change the list between this decision and its commit."""
    work.attach(HOLD_LIST, (unit, kind.name, list(work.listed_before(kind, unit))))
    return work.listed(kind, unit)
