"""Role models (劳模): named by government, in a register apart from honours (DOMAIN ACT-02, WEL-13)."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class RoleModelEvent(MembershipEvent):
    """Somebody as a model worker or an advanced worker, at a level."""

    person: UUID
    level: str
    title: str


@released
class RoleModelNominated(RoleModelEvent):
    """A candidate of a year."""

    year: int
    recorder: str


@released
class RoleModelNamed(RoleModelEvent):
    """Named at `level`; `old_highest` and `highest` are the person's highest levels before and after."""

    old_highest: str | None
    highest: str
    document: str | None
    recorder: str
    approver: str


@released
class RoleModelWithdrawn(RoleModelEvent):
    """No longer a living role model; `level` and `title` are those of the highest level."""

    reason: str
    approver: str
