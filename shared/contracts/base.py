"""The body of a domain event and the catalogue of all released types."""

from datetime import date
from typing import ClassVar, TypeVar

from pydantic import BaseModel, ConfigDict

E = TypeVar("E", bound="type[Event]")

RELEASED: dict[str, "type[Event]"] = {}


class Event(BaseModel):
    """What happened, on a business date (Asia/Shanghai). Frozen; fields unknown to this release are ignored.

    No personal data and no free text: ids, catalogue kinds, and the attributes that figures need.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    service: ClassVar[str]
    version: ClassVar[int] = 1

    occurredon: date

    @classmethod
    def wire_type(cls) -> str:
        """`union.<service>.<PastTenseName>.v<n>`; never changes once released."""
        return f"union.{cls.service}.{cls.__name__}.v{cls.version}"


def released(event: E) -> E:
    """Enter an event class into the catalogue of types that readers know."""
    name = event.wire_type()
    if name in RELEASED:
        msg = f"{name} is released twice"
        raise ValueError(msg)
    RELEASED[name] = event
    return event
