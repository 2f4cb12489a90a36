"""The public language between services: one package per producer, every released type in `RELEASED`."""

from shared.contracts import affairs, events, exchange, finance, membership, projection, rights, welfare
from shared.contracts.base import RELEASED, Event

__all__ = [
    "RELEASED",
    "Event",
    "affairs",
    "events",
    "exchange",
    "finance",
    "membership",
    "projection",
    "rights",
    "welfare",
]
