"""Round numbers as reports print them: 1200余人, 近40万元, 50%左右 (DOMAIN LAN-03), the exact beside.

A report that rounds names a step, a power of ten of the unit printed (people, yuan, percent), and a way:

- `down`: cut, 余 where something was cut;
- `up`: up to the next step, 近 where something was added;
- `near` (unless another is asked for): whichever is nearer, half up, with 余 or 近 accordingly;
- `about`: the same number with 左右, whatever was done to it.

What is a step already carries no qualifier, but with `about`. 余 needs a round number before it, so counts
and money are rounded to tens and more; what rounds to nothing stays exact. Percent is rounded half up to
whole ones, tenths or hundredths without a qualifier (LAN-04), never up to a hundred; `about` says 左右.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal
from typing import Literal

from services.projection.catalogue import Figure
from services.projection.queries import display

Way = Literal["near", "down", "up", "about"]
Qualifier = Literal["", "余", "近", "左右"]
PATTERN = r"^(0\.01|0\.1|1|10{1,9})(:(near|down|up|about))?$"
SMALLEST_OF_COUNTS = 10
WHOLE = 100


@dataclass(frozen=True, slots=True)
class Rounding:
    """How a caller chooses to round."""

    step: Decimal
    way: Way


@dataclass(frozen=True, slots=True)
class Rounded:
    """The number printed (money in fen), its qualifier, and both as they are printed."""

    value: int | Decimal
    qualifier: Qualifier
    display: str


def parse(text: str) -> Rounding:
    """From `STEP` or `STEP:WAY`; raises ValueError for anything else."""
    if not re.fullmatch(PATTERN.strip("^$"), text):
        raise ValueError("write a power of ten from 0.01 on and a way, as 100:down")
    step, _, way = text.partition(":")
    ways: dict[str, Way] = {"": "near", "near": "near", "down": "down", "up": "up", "about": "about"}
    return Rounding(Decimal(step), ways[way])


def rounded(figure: Figure, value: int | Decimal | None, chosen: Rounding) -> Rounded | None:
    """The round form; None where there is none: no data, a rank, a quotient, a step that does not fit."""
    if value is None or figure.print in ("rank", "number"):
        return None
    if figure.print == "percent":
        return _percent(figure, Decimal(value), chosen)
    if chosen.step < SMALLEST_OF_COUNTS:
        return None
    return _amount(figure, int(value), chosen)


def _amount(figure: Figure, value: int, chosen: Rounding) -> Rounded:
    size = int(chosen.step) * (display.YUAN if figure.print == "money" else 1)
    printed = _nearest(value, size, chosen.way)
    if printed == 0:
        return Rounded(value, "", display.printed(figure, value))
    qualifier = _qualifier(abs(value), abs(printed), chosen.way)
    return Rounded(printed, qualifier, _qualified(display.printed(figure, printed), qualifier))


def _nearest(value: int, size: int, way: Way) -> int:
    whole, rest = divmod(abs(value), size)
    up = rest > 0 if way == "up" else rest * 2 >= size and way != "down"
    return (whole + up) * size * (1 if value >= 0 else -1)


def _qualifier(value: int, printed: int, way: Way) -> Qualifier:
    if way == "about":
        return "左右"
    if value == printed:
        return ""
    return "余" if value > printed else "近"


def _percent(figure: Figure, value: Decimal, chosen: Rounding) -> Rounded | None:
    if chosen.step > 1 and chosen.way != "about":
        return None
    printed = (value / chosen.step).quantize(Decimal(1), ROUND_HALF_UP) * chosen.step
    if value < WHOLE <= printed:
        printed = (value / chosen.step).quantize(Decimal(1), ROUND_FLOOR) * chosen.step
    text = display.printed(figure, printed)
    if chosen.way != "about":
        return Rounded(printed, "", text)
    return Rounded(printed, "左右", _qualified(text, "左右"))


def _qualified(text: str, qualifier: Qualifier) -> str:
    if qualifier == "近":
        found = re.search(r"\d", text)
        start = found.start() if found else 0
        return f"{text[:start]}近{text[start:]}"
    if qualifier == "余":
        return re.sub(r"(\d万?)(?=\D*$)", r"\1余", text, count=1)
    return f"{text}{qualifier}"
