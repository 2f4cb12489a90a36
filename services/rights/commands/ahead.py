"""Dates that may lie ahead: ends of terms, planned days. The calendar reckons on from them: so, bounds."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator

from shared.http.fields import BusinessDate, fault

EARLIEST, LATEST = date(1900, 1, 1), date(2099, 12, 31)


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise fault("date-out-of-range", f"give a day from {EARLIEST} to {LATEST}")
    return day


PlannedDate = Annotated[BusinessDate, AfterValidator(_within)]
