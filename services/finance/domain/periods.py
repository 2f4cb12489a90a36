"""Periods that dues are for: a month, a quarter or a year (DOMAIN FIN-02)."""

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

EARLIEST_YEAR = 1950
LATEST_YEAR = 2199

_SHAPE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>0[1-9]|1[0-2])|-Q(?P<quarter>[1-4]))?", re.ASCII)


class Period(NamedTuple):
    """First and last day, both included; never more than one calendar year, never across two."""

    first: date
    last: date

    @property
    def year(self) -> int:
        """The calendar year it lies in, which is the fiscal year (DOMAIN CAL-03)."""
        return self.first.year

    def covers(self, other: "Period") -> bool:
        """Every day of the other is a day of this."""
        return self.first <= other.first and other.last <= self.last

    def overlaps(self, other: "Period") -> bool:
        """At least one day is in both."""
        return self.first <= other.last and other.first <= self.last


@lru_cache(maxsize=4096)
def parse(text: str) -> Period:
    """`2013`, `2013-07` or `2013-Q3`, years 1950 to 2199; raises ValueError."""
    found = _SHAPE.fullmatch(text)
    if found is None or not EARLIEST_YEAR <= int(found["year"]) <= LATEST_YEAR:
        msg = f"a period is YYYY, YYYY-MM or YYYY-Qn, from {EARLIEST_YEAR} to {LATEST_YEAR}"
        raise ValueError(msg)
    year = int(found["year"])
    if found["month"]:
        return _months(year, int(found["month"]), 1)
    if found["quarter"]:
        return _months(year, int(found["quarter"]) * 3 - 2, 3)
    return _months(year, 1, 12)


def month_after(period: Period, day: int) -> date:
    """A day of the month that follows the period; `day` is at most 28."""
    return (period.last + timedelta(days=1)).replace(day=day)


def _months(year: int, month: int, how_many: int) -> Period:
    years, following = divmod(month - 1 + how_many, 12)
    return Period(date(year, month, 1), date(year + years, following + 1, 1) - timedelta(days=1))
