"""Enterprises that report every quarter; the calendar says what is due."""

from datetime import date, timedelta
from typing import NamedTuple, assert_never
from uuid import UUID

from shared.contracts.rights import (
    QuarterDue,
    QuarterlyMonitoringReported,
    SamplePointEstablished,
    SamplePointLapsed,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen
from shared.rules import rule
from shared.stages import refuse_step

PointEvent = SamplePointEstablished | QuarterlyMonitoringReported | SamplePointLapsed
MONTHS, QUARTERS = 3, 4


class TermOdd(Malformed):
    """A sample point reports at least one quarter, and not for too many years."""

    code = "sample-point-term-odd"


class QuarterNotDue(Refused):
    """The quarter is none of the point's, or was reported."""

    code = "quarter-not-due"


class QuarterNotOver(Refused):
    """A quarter is reported after its last day."""

    code = "quarter-not-over"


class TermOver(Refused):
    """A sample point whose term is over has ended by itself."""

    code = "sample-point-term-over"


class SamplePoint(Frozen):
    """`due` has the reports not made yet."""

    union: UUID
    employer: UUID
    until: date
    due: tuple[QuarterDue, ...]
    stage: str = "open"
    since: date


class Report(NamedTuple):
    """Of a quarter, with the workers employed at its end."""

    year: int
    quarter: int
    workers: int
    on: date


def last_day(year: int, quarter: int) -> date:
    """The end of a quarter."""
    after = date(year + 1, 1, 1) if quarter == QUARTERS else date(year, quarter * MONTHS + 1, 1)
    return after - timedelta(1)


def quarters(first: date, last: date) -> tuple[tuple[int, int], ...]:
    """Year and number of the quarters that end from one day to another."""
    every = ((year, number) for year in range(first.year, last.year + 1) for number in range(1, QUARTERS + 1))
    return tuple((year, number) for year, number in every if first <= last_day(year, number) <= last)


def decide_establish(
    union: UUID, employer: UUID, until: date, on: date, area: str
) -> tuple[SamplePointEstablished]:
    """The quarters that end in its term are due so many days after their end as the area's rule says."""
    years, days = rule("monitoring.longest_years", on, area), rule("monitoring.report_days", on, area)
    due = tuple(
        QuarterDue(year=year, quarter=quarter, due_on=last_day(year, quarter) + timedelta(days))
        for year, quarter in quarters(on, until)
    )
    if not due or until.year - on.year > years:
        raise TermOdd(
            f"no quarter ends in it, or it is longer than {years} years",
            field="until",
            value=str(until),
            remedy="give the end of a later quarter, within that many years",
        )
    return (SamplePointEstablished(occurredon=on, union=union, employer=employer, until=until, due=due),)


def decide_report(point: SamplePoint, report: Report) -> tuple[QuarterlyMonitoringReported]:
    """Once for each quarter, in time or not."""
    refuse_step(point, ("open",), report.on, "reported_on")
    found = [each for each in point.due if (each.year, each.quarter) == (report.year, report.quarter)]
    if not found:
        raise QuarterNotDue(
            "no report of this quarter is due",
            field="quarter",
            value=f"{report.year}/{report.quarter}",
            remedy="check the quarter and what was reported",
        )
    if report.on <= last_day(report.year, report.quarter):
        raise QuarterNotOver(
            f"it ends on {last_day(report.year, report.quarter)}",
            field="reported_on",
            value=str(report.on),
            remedy="report it afterwards",
        )
    return (
        QuarterlyMonitoringReported(
            occurredon=report.on,
            employer=point.employer,
            year=report.year,
            quarter=report.quarter,
            due_on=found[0].due_on,
            in_time=report.on <= found[0].due_on,
            workers=report.workers,
        ),
    )


def decide_lapse(point: SamplePoint, on: date) -> tuple[SamplePointLapsed]:
    """What was due by then stays due."""
    refuse_step(point, ("open",), on, "lapsed_on")
    later = tuple(each for each in point.due if each.due_on >= on)
    if on > point.until:
        raise TermOver(
            f"its term ended on {point.until}",
            field="lapsed_on",
            value=str(on),
            remedy="it has ended by itself",
        )
    return (SamplePointLapsed(occurredon=on, employer=point.employer, until=point.until, released=later),)


def evolve(point: SamplePoint | None, event: PointEvent) -> SamplePoint:
    """The point after the event."""
    if isinstance(event, SamplePointEstablished):
        return SamplePoint(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert point is not None
    match event:
        case QuarterlyMonitoringReported():
            left = tuple(
                each for each in point.due if (each.year, each.quarter) != (event.year, event.quarter)
            )
            return point.model_copy(update={"due": left})
        case SamplePointLapsed():
            return point.model_copy(update={"stage": "lapsed", "since": event.occurredon, "due": ()})
        case _:
            assert_never(event)
