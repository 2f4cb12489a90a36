"""A figure with its value, its state and the days it covers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from services.projection.catalogue import Figure

State = Literal["exact", "no-data", "incomplete"]


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with the days it covers, None where the state is no-data.

    `parts` are the values of a breakdown, `numerator` and `denominator` those of a rate; `parts_of` is the
    figure that the parts count where the breakdown changes the unit.
    """

    figure: Figure
    value: int | Decimal | None
    state: State
    first: date
    last: date
    parts: Mapping[str, int] | None = None
    numerator: "Measured | None" = None
    denominator: "Measured | None" = None
    parts_of: Figure | None = None


def joint(value: int | Decimal | None, *parts: Measured) -> State:
    """The state of what is computed from others."""
    if value is None:
        return "no-data"
    return "incomplete" if any(part.state == "incomplete" for part in parts) else "exact"
