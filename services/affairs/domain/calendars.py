"""Years of three calendars side by side (DOMAIN STA-01, CAL-03); where they begin is a dated rule."""

from datetime import date, timedelta
from typing import Literal

from shared.rules import rule

YearCalendar = Literal["calendar", "statistics", "school"]

_FIRST_DAYS = {"statistics": "statistics.year_first_day", "school": "school.year_first_day"}


def year_of(calendar: YearCalendar, year: int, area: str = "") -> tuple[date, date]:
    """First and last day: statistics year 2014 begins in 2013, school year 2013 in the autumn of 2013."""
    if calendar == "calendar":
        return date(year, 1, 1), date(year, 12, 31)
    key = _FIRST_DAYS[calendar]
    begins = year - 1 if calendar == "statistics" else year
    first = _day(begins, rule(key, date(begins, 1, 1), area))
    following = _day(begins + 1, rule(key, date(begins + 1, 1, 1), area))
    return first, following - timedelta(1)


def semester_ends(first: date, last: date, area: str = "") -> tuple[date, ...]:
    """The last days of semesters that lie between two days."""
    keys = ("school.first_semester_last_day", "school.second_semester_last_day")
    days = (
        _day(year, rule(key, date(year, 1, 1), area))
        for year in range(first.year, last.year + 1)
        for key in keys
    )
    return tuple(sorted(day for day in days if first <= day <= last))


def _day(year: int, written: int) -> date:
    return date(year, written // 100, written % 100)
