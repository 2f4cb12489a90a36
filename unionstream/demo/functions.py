"""What expressions of scenario files may call."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from unionstream.demo.people import company_code, person_number


def spread(total: int, parts: int) -> list[int]:
    """Whole numbers that differ by one at most and add up to the total."""
    each, rest = divmod(total, parts)
    return [each + (n < rest) for n in range(parts)]


def day(text: str | date) -> date:
    """A date from `YYYY-MM-DD`."""
    return text if isinstance(text, date) else date.fromisoformat(text)


def after(start: str | date, days: int) -> date:
    """So many days after a date; before it, if negative."""
    return day(start) + timedelta(days=days)


def year_of(on: str | date) -> int:
    """The calendar year of a date."""
    return day(on).year


def days(start: str | date, end: str | date, count: int) -> list[date]:
    """`count` dates from start to end, evenly."""
    first, length = day(start), (day(end) - day(start)).days
    return [first + timedelta(days=n * length // max(count - 1, 1)) for n in range(count)]


def parts(counts: Mapping[str, int]) -> list[str]:
    """Every name as often as its number says: a breakdown as a list."""
    return [name for name, count in counts.items() for _ in range(count)]


def percent(part: int, whole: int, decimals: int = 2) -> Decimal:
    """A rate, half up."""
    return ratio(100 * part, whole, decimals)


def ratio(part: int, whole: int, decimals: int = 2) -> Decimal:
    """A quotient, half up."""
    step = Decimal(1).scaleb(-decimals)
    return (Decimal(part) / Decimal(whole)).quantize(step, rounding=ROUND_HALF_UP)


def draws(funds: Sequence[str], money: Sequence[int], wanted: Iterable[int]) -> list[list[dict[str, Any]]]:
    """For each wanted sum the funds it is taken from, each fund until it is empty."""
    left = list(money)
    return [_taken(funds, left, fen) for fen in wanted]


def _taken(funds: Sequence[str], left: list[int], fen: int) -> list[dict[str, Any]]:
    taken = []
    for n, fund in enumerate(funds):
        part = min(left[n], fen)
        left[n] -= part
        fen -= part
        if part:
            taken.append({"fund": fund, "fen": part})
    if fen:
        raise ValueError(f"the funds lack {fen} fen")
    return taken


FUNCTIONS: dict[str, Any] = {
    "abs": abs,
    "after": after,
    "day": day,
    "days": days,
    "draws": draws,
    "enumerate": enumerate,
    "int": int,
    "len": len,
    "list": list,
    "max": max,
    "min": min,
    "parts": parts,
    "percent": percent,
    "range": range,
    "ratio": ratio,
    "reversed": lambda values: list(reversed(values)),
    "round": round,
    "spread": spread,
    "str": str,
    "sum": sum,
    "year_of": year_of,
    "zip": lambda *lists: list(zip(*lists, strict=True)),
}


def generated(block: int) -> dict[str, Any]:
    """`person(n)`, `man(n)`, `woman(n)`, `company(n)`: numbers that belong to nobody, distinct by block."""
    return {
        "person": lambda n: person_number(block, n),
        "woman": lambda n: person_number(block, 2 * n),
        "man": lambda n: person_number(block, 2 * n + 1),
        "company": lambda n: company_code(block, n),
    }
