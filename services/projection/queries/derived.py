"""Rates from exact integers: rounded once, half up, and never up to a hundred that has not been reached."""

from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from services.projection.catalogue import Figure


def share(part: int, whole: int, scale: int, decimals: int) -> Decimal:
    """`part` of `whole`, times `scale` (100 for percent); never all of it while `part` is below `whole`.

    DOMAIN LAN-04, LAN-07. `whole` is above zero; what to answer without it is the caller's business.
    """
    units = _half_up(part * scale * 10**decimals, whole)
    if part < whole:
        units = min(units, scale * 10**decimals - 1)
    return _decimal(units, decimals)


class Quotient(NamedTuple):
    """A number that has not been rounded; `below` is above zero."""

    above: int
    below: int


def of_target(figure: Figure, done: Quotient | None, task: int | None) -> Decimal | int | None:
    """Completion, over-fulfilment or what is lacking of a target (DOMAIN STA-07); None without data.

    Over-fulfilment is told against the task, never as what was done: 1,817 of 1,500 are 21 % over.
    """
    if done is None or task is None or task <= 0:
        return None
    whole = task * done.below
    if figure.kind == "target_completion":
        return share(done.above, whole, figure.scale, figure.decimals)
    if figure.kind == "target_over":
        return change(max(done.above, whole), whole, figure.scale, figure.decimals)
    return _lacking(max(whole - done.above, 0), done.below, figure.decimals)


def _lacking(above: int, below: int, decimals: int) -> Decimal | int:
    units = max(_half_up(above * 10**decimals, below), int(above > 0))  # never rounded away
    return _decimal(units, decimals) if decimals else units


def change(now: int, before: int, scale: int, decimals: int) -> Decimal:
    """Growth over `before`, negative when it fell (DOMAIN STA-06); `before` is above zero."""
    return _decimal(_half_up((now - before) * scale * 10**decimals, before), decimals)


def year_before(day: date) -> date:
    """The same day a year earlier; 28 February for a leap day."""
    if (day.month, day.day) == (2, 29):
        return date(day.year - 1, 2, 28)
    return day.replace(year=day.year - 1)


def period_before(first: date, last: date) -> tuple[date, date]:
    """The days just before: as many whole months where the period is made of such, else as many days."""
    end = first - timedelta(1)
    if first.day > 1 or (last + timedelta(1)).day > 1:
        return first - (last - first) - timedelta(1), end
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    year, month = divmod(first.year * 12 + first.month - 1 - months, 12)
    return date(year, month + 1, 1), end


def _half_up(numerator: int, denominator: int) -> int:
    units = (abs(numerator) * 2 + denominator) // (denominator * 2)
    return units if numerator >= 0 else -units


def _decimal(units: int, decimals: int) -> Decimal:
    digits = tuple(map(int, str(abs(units))))
    return Decimal((int(units < 0), digits, -decimals))
