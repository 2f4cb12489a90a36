"""Roles of people who sign in, held at a unit for its subtree. `holder` is the subject of their tokens."""

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class RoleEvent(MembershipEvent):
    """A role at the unit of the envelope; `line`: only on that industry line, below that unit."""

    holder: str
    role: str
    line: str | None


@released
class RoleGranted(RoleEvent):
    """From now on, whatever `occurredon` says."""


@released
class RoleWithdrawn(RoleEvent):
    """From now on, whatever `occurredon` says."""
