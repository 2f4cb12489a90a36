"""Balances that may not fall below zero on any business date, whatever order they are recorded in."""

from collections.abc import Mapping
from datetime import date
from itertools import accumulate


def available(days: Mapping[date, int], on: date) -> int:
    """What may be taken out on a day without any later day below zero; `days` has the net of each day."""
    ordered = sorted(days)
    running = accumulate(days[day] for day in ordered)
    later = [fen for day, fen in zip(ordered, running, strict=True) if day >= on]
    before = sum(fen for day, fen in days.items() if day <= on)
    return min([before, *later])


def changed(days: Mapping[date, int], on: date, net: int) -> dict[date, int]:
    """The same with another change on a day."""
    return {**days, on: days.get(on, 0) + net}
