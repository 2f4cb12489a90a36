"""What closings, frozen summaries and declared figures have in common: whose report, for which days."""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from shared.errors import Malformed, Refused
from shared.frozen import Frozen


class PeriodBackwards(Malformed):
    """The first day lies after the last."""

    code = "from-after-to"


class PeriodNotBegun(Refused):
    """Nothing can have been reported for it."""

    code = "period-not-begun"


class PeriodNotOver(Refused):
    """What is reported for good ends with the period."""

    code = "period-not-over"


class Report(Frozen):
    """A union's period on a line; a part of every state here."""

    union: UUID
    first_day: date
    last_day: date
    line: str

    @property
    def about(self) -> dict[str, Any]:
        """The fields that every event of a report has."""
        return {name: getattr(self, name) for name in Report.model_fields}

    @property
    def name(self) -> str:
        """The same for the same union, days and line."""
        return f"{self.union}/{self.first_day}/{self.last_day}/{self.line}"


def report_id(report: Report, what: str) -> UUID:
    """One `what` per report."""
    return uuid5(report.union, f"{what}/{report.first_day}/{report.last_day}/{report.line}")


def refuse_unreported(report: Report, on: date) -> None:
    """A period must have begun and be over on the day of its report."""
    refuse_backwards(report)
    if report.first_day > on:
        raise PeriodNotBegun(
            "the period begins after that day",
            field="first_day",
            value=str(report.first_day),
            remedy=f"name a period that was over by {on}",
        )
    if report.last_day > on:
        raise PeriodNotOver(
            "the period goes on after that day",
            field="last_day",
            value=str(report.last_day),
            remedy=f"end the period on {on} or earlier, or report after it is over",
        )


def refuse_backwards(report: Report) -> None:
    """Raises PeriodBackwards."""
    if report.first_day > report.last_day:
        raise PeriodBackwards(
            "the period begins after it ends",
            field="first_day",
            value=str(report.first_day),
            remedy="swap the two days",
        )
