"""What all events of exchange share."""

from typing import ClassVar

from shared.contracts.base import Event


class ExchangeEvent(Event):
    """An event of the topic `union.exchange`."""

    service: ClassVar[str] = "exchange"
