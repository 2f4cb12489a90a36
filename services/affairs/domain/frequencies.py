"""Rules by which something falls due, and the days that follow from them (DOMAIN CAL-03)."""

from calendar import monthrange
from datetime import date
from typing import NamedTuple

from services.affairs.domain.calendars import semester_ends
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.errors import Refused

SOME_MONTHS_TOO_SHORT = "some-months-have-no-such-day"


class NeverDue(Refused):
    """By this rule no day of the period falls due."""

    code = "frequency-never-due"


class MonthsDoNotFit(Refused):
    """The frequency says how many months have to be named."""

    code = "frequency-months-do-not-fit"


class Frequency(Entry):
    """`months` of its own, the ends of semesters, or `count` months that are to be named."""

    months: tuple[int, ...] = ()
    count: int = 0
    semesters: bool = False


class Rhythm(NamedTuple):
    """A frequency with the months named and the day of the month (None: its last day)."""

    frequency: str
    months: tuple[int, ...]
    day: int | None


class Period(NamedTuple):
    """From when to when a line holds, and the area whose school calendar does."""

    first: date
    last: date
    area: str = ""


def frequencies() -> Catalogue[Frequency]:
    """All frequencies by id."""
    return catalogue_of("plan_frequencies", Frequency)


def due_days(rhythm: Rhythm, period: Period) -> tuple[date, ...]:
    """In their order, at least one; raises NeverDue, MonthsDoNotFit."""
    frequency = frequencies()[rhythm.frequency]
    if len(set(rhythm.months)) != len(rhythm.months) or len(rhythm.months) != frequency.count:
        raise MonthsDoNotFit(
            f"{rhythm.frequency} names {frequency.count} months",
            field="months",
            value=",".join(map(str, rhythm.months)),
            remedy=f"name {frequency.count} different months",
        )
    days = (
        semester_ends(*period)
        if frequency.semesters
        else _in_months(frequency.months or rhythm.months, rhythm.day, period)
    )
    if not days:
        raise NeverDue(
            f"no such day lies between {period.first} and {period.last}",
            field="frequency",
            value=rhythm.frequency,
            remedy="give a day that these months have, within the period of the plan",
        )
    return days


def months_too_short(rhythm: Rhythm, period: Period) -> tuple[str, ...]:
    """A warning where a month of the rule has no such day, so that it is not due in that month."""
    months = frequencies()[rhythm.frequency].months or rhythm.months
    short = rhythm.day is not None and any(
        rhythm.day > monthrange(year, month)[1] for year, month in _months(period) if month in months
    )
    return (SOME_MONTHS_TOO_SHORT,) if short else ()


def _in_months(months: tuple[int, ...], day: int | None, period: Period) -> tuple[date, ...]:
    wanted = ((year, month) for year, month in _months(period) if month in months)
    days = (
        date(year, month, day or length)
        for year, month in wanted
        if (day or 1) <= (length := monthrange(year, month)[1])
    )
    return tuple(each for each in days if period.first <= each <= period.last)


def _months(period: Period) -> tuple[tuple[int, int], ...]:
    first, last = period.first, period.last
    return tuple(
        (year, month)
        for year in range(first.year, last.year + 1)
        for month in range(1, 13)
        if (first.year, first.month) <= (year, month) <= (last.year, last.month)
    )
