"""The public language between services: one module per producer, every released type in `RELEASED`."""

from shared.contracts import finance, membership
from shared.contracts.base import RELEASED, Event

__all__ = ["RELEASED", "Event", "finance", "membership"]
