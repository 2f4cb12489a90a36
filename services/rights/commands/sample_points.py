"""Sample points: establish, report a quarter, let lapse."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.rights.commands.ahead import PlannedDate
from services.rights.commands.steps import Step, said, take
from services.rights.domain import sample_points as rules
from services.rights.domain.sample_points import Report, SamplePoint
from shared.errors import Refused
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, Command, CountOrZero, EmployerText, UnionText
from shared.http.listing import Listing
from shared.referring import (
    area_of,
    find_employer,
    find_union,
    need_of_employer,
    need_of_union,
    refuse_bad_date,
)
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Claim, Kind
from shared.work.needs import Claimed
from shared.work.work import Work

OPEN = "sample-point"


class PointExists(Refused):
    """An enterprise reports a quarter once."""

    code = "sample-point-exists"


def _names(employer: UUID, first: date, last: date) -> list[str]:
    return [f"{employer}/{year}/{quarter}" for year, quarter in rules.quarters(first, last)]


def _claims(point: SamplePoint) -> frozenset[Claim]:
    if point.stage != "open":
        return frozenset()
    return frozenset(Claim(OPEN, name) for name in _names(point.employer, point.since, point.until))


POINT: Kind[SamplePoint] = Kind("sample-point", SamplePoint, rules.evolve, lambda point: point.union, _claims)


class EstablishSamplePoint(Command):
    """The enterprise reports every quarter that ends until then."""

    union: UnionText
    employer: EmployerText
    until: PlannedDate
    established_on: BusinessDate


class ReportQuarter(Command):
    """The report of a quarter is there."""

    point: UUID
    year: Annotated[int, Field(strict=True, ge=1949, le=2199)]
    quarter: Annotated[int, Field(strict=True, ge=1, le=4)]
    workers: CountOrZero
    reported_on: BusinessDate


class LapseSamplePoint(Command):
    """The enterprise reports no more."""

    point: UUID
    lapsed_on: BusinessDate


def establish(work: Work, command: EstablishSamplePoint) -> Answer:
    """The id answered is the point's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union), need_of_employer(command.employer))
    union, employer = find_union(work, command.union), find_employer(work, command.employer)
    refuse_bad_date(work, union, command.established_on, "established_on")
    events = rules.decide_establish(
        union, employer, command.until, command.established_on, area_of(work, union)
    )
    _refuse_present(work, employer, command)
    return said(work, POINT, id_, events, union)


def _refuse_present(work: Work, employer: UUID, command: EstablishSamplePoint) -> None:
    names = _names(employer, command.established_on, command.until)
    work.want(*(Claimed(OPEN, name) for name in names))
    present = next((owner for name in names if (owner := work.owner(OPEN, name))), None)
    if present:
        raise PointExists(
            "it reports one of these quarters",
            field="employer",
            value=str(employer),
            remedy=f"continue with {present}",
        )


def report(work: Work, command: ReportQuarter) -> Answer:
    """In time or not."""
    told = Report(command.year, command.quarter, command.workers, command.reported_on)
    step = Step(command.point, command.reported_on, "reported_on")
    return take(work, POINT, step, lambda point: rules.decide_report(point, told))


def lapse(work: Work, command: LapseSamplePoint) -> Answer:
    """For good."""
    step = Step(command.point, command.lapsed_on, "lapsed_on")
    return take(work, POINT, step, lambda point: rules.decide_lapse(point, step.on))


USE_CASES: dict[type[BaseModel], UseCase] = {
    EstablishSamplePoint: establish,
    ReportQuarter: report,
    LapseSamplePoint: lapse,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/sample-points", EstablishSamplePoint, "Establish a sample point", creates=True),
    BulkRoute("/sample-points/bulk", EstablishSamplePoint, "Establish sample points"),
    CommandRoute("/sample-points/{point}/report", ReportQuarter, "Report a quarter"),
    BulkRoute("/sample-points/report/bulk", ReportQuarter, "Report quarters"),
    CommandRoute("/sample-points/{point}/lapse", LapseSamplePoint, "Let a sample point lapse"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/sample-points", POINT, "Sample points"),)
