"""Days by which something is due, where rules count in working days too."""

import calendar
from datetime import date, timedelta

from shared.rules import rule, rule_or_none

FRIDAY = 4


def working_days_after(day: date, count: int) -> date:
    """The last of `count` days from Monday to Friday after a day; public holidays are not known here."""
    while count:
        day += timedelta(1)
        count -= day.weekday() <= FRIDAY
    return day


def answer_due(offered_on: date, area: str) -> date:
    """By when an offer to negotiate is answered (DOMAIN RIG-05)."""
    working = rule_or_none("agreement.answer_working_days", offered_on, area)
    if working is not None:
        return working_days_after(offered_on, working)
    return offered_on + timedelta(rule("agreement.answer_days", offered_on, area))


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))
