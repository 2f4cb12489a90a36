"""What all events of affairs share."""

from typing import ClassVar

from shared.contracts.base import Event


class AffairsEvent(Event):
    """An event of the topic `union.affairs`."""

    service: ClassVar[str] = "affairs"
