"""Children who left school for poverty: told for a school year, zero being a fact."""

from datetime import date
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from shared.contracts.welfare import DropoutsReported
from shared.errors import Refused

_NAMESPACE = UUID("f5c3e9c1-0a7b-5e2c-b0ab-92f2b8a4f066")


class DropoutsUnchanged(Refused):
    """This is what was told already."""

    code = "dropouts-unchanged"


class Dropouts(BaseModel):
    """What a union told of one school year."""

    model_config = ConfigDict(frozen=True)

    year: int
    children: int


def dropouts_id(union: UUID, year: int) -> UUID:
    """There is one per union and school year."""
    return uuid5(_NAMESPACE, f"dropouts/{union}/{year}")


def decide_report(known: Dropouts | None, year: int, children: int, on: date) -> tuple[DropoutsReported]:
    """The number, or its correction with the old one."""
    if known is not None and known.children == children:
        raise DropoutsUnchanged(
            "this is what was told already",
            field="children",
            value=str(children),
            remedy="nothing is to be done",
        )
    old = known.children if known else None
    return (DropoutsReported(occurredon=on, year=year, old_children=old, children=children),)


def evolve(_known: Dropouts | None, event: DropoutsReported) -> Dropouts:
    """The latest word."""
    return Dropouts(year=event.year, children=event.children)
