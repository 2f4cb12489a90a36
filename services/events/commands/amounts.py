"""Fields of commands for numbers that may be zero and for days that may lie ahead."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, Field

from shared.http.fields import LARGEST_FEN, BusinessDate, fault

# The calendar reckons on from what lies ahead: so, bounds.
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


def _within(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise fault("date-out-of-range", f"give a day from {EARLIEST} to {LATEST}")
    return day


FenOrZero = Annotated[
    int,
    Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen, a whole number from 0 to 10,000,000,000,000."),
]
CountOrZero = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]
Few = Annotated[int, Field(strict=True, ge=1, le=1000, description="A whole number from 1 to 1,000.")]
PlannedDate = Annotated[BusinessDate, AfterValidator(_within)]
