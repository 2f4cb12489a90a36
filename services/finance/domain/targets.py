"""Dues to receive in a year, set for a unit from above (DOMAIN STA-07)."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from shared.contracts.finance import DuesTargetSet
from shared.errors import Refused
from shared.frozen import Frozen


class IssuerNotAbove(Refused):
    """A task comes from above: nobody sets a target for oneself, for the unit above, or for a stranger."""

    code = "issuer-not-above"


class TargetUnchanged(Refused):
    """The target already stands at this amount."""

    code = "target-unchanged"


class DuesTarget(Frozen):
    """The present target of one unit for one year."""

    unit: UUID
    year: int
    amount_fen: int = 0
    issuer: UUID | None = None


class Task(NamedTuple):
    """What shall be received in the year, and who says so."""

    amount_fen: int
    issuer: UUID
    on: date


def decide_set_target(
    target: DuesTarget | None, year: int, lineage: Sequence[UUID], task: Task
) -> tuple[DuesTargetSet]:
    """The first amount, or a change with the old one; `lineage` is root first, the unit last.

    The issuer is any unit above. The root has nothing above it here, so it alone names itself.
    """
    if task.issuer not in (lineage[:-1] or lineage):
        raise IssuerNotAbove(
            "the issuer is not above the unit",
            field="issuer",
            value=str(task.issuer),
            remedy="name a unit above it",
        )
    if target and target.amount_fen == task.amount_fen and target.issuer == task.issuer:
        raise TargetUnchanged(
            "the target is this already",
            field="amount_fen",
            value=str(task.amount_fen),
            remedy="nothing is to be done",
        )
    old = target.amount_fen if target else None
    return (
        DuesTargetSet(
            occurredon=task.on, year=year, old_fen=old, amount_fen=task.amount_fen, issuer=task.issuer
        ),
    )


def evolve(target: DuesTarget, event: DuesTargetSet) -> DuesTarget:
    """The target after the event."""
    return target.model_copy(update={"amount_fen": event.amount_fen, "issuer": event.issuer})
