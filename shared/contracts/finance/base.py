"""What all events of finance share."""

from typing import ClassVar

from shared.contracts.base import Event


class FinanceEvent(Event):
    """An event of the topic `union.finance`."""

    service: ClassVar[str] = "finance"
