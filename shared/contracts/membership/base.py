"""What all events of membership share."""

from typing import ClassVar

from shared.contracts.base import Event


class MembershipEvent(Event):
    """An event of the topic `union.membership`."""

    service: ClassVar[str] = "membership"
