"""What all events of activities share."""

from typing import ClassVar

from shared.contracts.base import Event


class ActivityEvent(Event):
    """An event of the topic `union.events`."""

    service: ClassVar[str] = "events"
