"""What all events of welfare share."""

from typing import ClassVar

from shared.contracts.base import Event


class WelfareEvent(Event):
    """An event of the topic `union.welfare`."""

    service: ClassVar[str] = "welfare"
