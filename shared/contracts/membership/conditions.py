"""What a union has to work with, and how its own office is organised."""

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


@released
class WorkingConditionRequested(MembershipEvent):
    """The union asks the employer for it."""

    condition: str
    recorder: str


@released
class WorkingConditionProvided(MembershipEvent):
    """The union has it now; operating funds come with what they amount to in a year."""

    condition: str
    amount_fen: int
    recorder: str


@released
class WorkingConditionVerified(MembershipEvent):
    """Somebody else went to see it."""

    condition: str
    recorder: str
    verifier: str


@released
class WorkingConditionWithdrawn(MembershipEvent):
    """The union has it no longer."""

    condition: str
    amount_fen: int
    verified: bool


@released
class UnionDepartmentSetUp(MembershipEvent):
    """The union has a department for this, with so many posts."""

    department: str
    posts: int


@released
class UnionDepartmentClosed(MembershipEvent):
    """The department is closed."""

    department: str
    posts: int
