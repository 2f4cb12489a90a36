"""What all events of rights share."""

from typing import ClassVar

from shared.contracts.base import Event


class RightsEvent(Event):
    """An event of the topic `union.rights`."""

    service: ClassVar[str] = "rights"
