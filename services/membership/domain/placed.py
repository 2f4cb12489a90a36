"""An event and the unit it counts for: where somebody belongs is said by the envelope, not the body."""

from typing import NamedTuple
from uuid import UUID

from shared.contracts.membership import MembershipEvent


class At(NamedTuple):
    """An event of a member or an employer, and its unit."""

    unit: UUID
    event: MembershipEvent
