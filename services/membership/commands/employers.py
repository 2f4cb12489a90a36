"""Register employers, cover them, and record what they report."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel

from services.membership.aggregates import EMPLOYER, employer_at
from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    CreditCode,
    EmployerReference,
    Headcount,
    Name,
    SalesFen,
    UnionReference,
)
from services.membership.commands.holding import hold_living
from services.membership.commands.references import (
    CreditCodeTaken,
    find_employer,
    find_union,
    need_of,
)
from services.membership.domain import covering, employers
from services.membership.domain.employers import Employer
from services.membership.domain.placed import At
from shared.contracts.membership import EmployerRegistered
from shared.http.commands import BulkRoute, CommandRoute
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Claimed
from shared.work.work import Work


class RegisterEmployer(Command):
    """An employer in the area of a unit, covered by a union or not."""

    name: Name
    kind: CatalogueId
    credit_code: CreditCode | None = None
    unit: UnionReference
    registered_on: BusinessDate


class CoverEmployer(Command):
    """From `on` on the union covers the employer (DOMAIN STA-03)."""

    union: UnionReference
    employer: EmployerReference
    on: BusinessDate


class UncoverEmployer(Command):
    """From `on` on the union no longer covers the employer."""

    union: UnionReference
    employer: EmployerReference
    on: BusinessDate


class ReportWorkforce(Command):
    """Headcount of a day: all workers, women among them, migrant workers among them (DOMAIN MEM-10)."""

    employer: EmployerReference
    workers: Headcount
    women: Headcount
    migrants: Headcount
    reported_on: BusinessDate


class AssessScale(Command):
    """Sales of the year, judged by the threshold in force on that day (DOMAIN STA-04)."""

    employer: EmployerReference
    sales_fen: SalesFen
    assessed_on: BusinessDate


def register_employer(work: Work, command: RegisterEmployer) -> Answer:
    """Its credit code is its own, and never a union's (DOMAIN COD-05)."""
    code = command.credit_code
    work.want(need_of(command.unit), *([Claimed("credit-code", code)] if code else []))
    unit, union = find_union(work, command.unit, "unit")
    if code and (owner := work.owner("credit-code", code)):
        raise CreditCodeTaken(
            f"the code belongs to {owner}", "credit_code", code, "compare with the business licence"
        )
    new = EmployerRegistered(
        occurredon=command.registered_on, name=command.name, kind=command.kind, credit_code=code
    )
    events = employers.decide_register(new, union, work.today)
    return work.record(employer_at(unit), work.new_id(), events, unit)


def cover_employer(work: Work, command: CoverEmployer) -> Answer:
    """The answer names the employer."""
    work.want(need_of(command.union), need_of(command.employer))
    unit, union = find_union(work, command.union, "union")
    id_, _ = find_employer(work, command.employer, "employer")
    hold_living(work, unit, union)
    return record_covered(work, id_, unit, command.on)


def uncover_employer(work: Work, command: UncoverEmployer) -> Answer:
    """The answer names the employer."""
    work.want(need_of(command.union), need_of(command.employer))
    unit, _ = find_union(work, command.union, "union")
    id_, _ = find_employer(work, command.employer, "employer")
    return record_uncovered(work, id_, unit, command.on)


def report_workforce(work: Work, command: ReportWorkforce) -> Answer:
    """Counts where the employer is."""
    work.want(need_of(command.employer))
    employer = find_employer(work, command.employer, "employer")
    headcount = employers.Headcount(**command.model_dump(include={"workers", "women", "migrants"}))
    return record(
        work, employer[0], employers.decide_workforce(employer, headcount, command.reported_on, work.today)
    )


def assess_scale(work: Work, command: AssessScale) -> Answer:
    """Counts where the employer is; the past stays as it was judged."""
    work.want(need_of(command.employer))
    id_, employer = find_employer(work, command.employer, "employer")
    return record(
        work, id_, employers.decide_scale(employer, command.sales_fen, command.assessed_on, work.today)
    )


def record_covered(work: Work, employer: UUID, unit: UUID, on: date) -> Answer:
    """Cover in the course of a command that has checked the union's existence."""
    union = find_union(work, str(unit), "union")
    return record(
        work, employer, covering.decide_cover((employer, _known(work, employer)), union, on, work.today)
    )


def record_uncovered(work: Work, employer: UUID, unit: UUID, on: date) -> Answer:
    """The same for the end of covering."""
    union = find_union(work, str(unit), "union")
    return record(
        work, employer, covering.decide_uncover((employer, _known(work, employer)), union, on, work.today)
    )


def _known(work: Work, employer: UUID) -> Employer:
    return find_employer(work, str(employer), "employer")[1]


def record(work: Work, employer: UUID, events: tuple[At, ...]) -> Answer:
    answer = Answer(employer, work.version(EMPLOYER, employer))
    for unit, event in events:
        answer = work.record(employer_at(unit), employer, [event], unit)
    return answer


USE_CASES: dict[type[BaseModel], UseCase] = {
    RegisterEmployer: register_employer,
    CoverEmployer: cover_employer,
    UncoverEmployer: uncover_employer,
    ReportWorkforce: report_workforce,
    AssessScale: assess_scale,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/employers", RegisterEmployer, "Register an employer", creates=True),
    BulkRoute("/employers/bulk", RegisterEmployer, "Register employers"),
    CommandRoute("/unions/{union}/cover", CoverEmployer, "Let a union cover an employer"),
    CommandRoute("/unions/{union}/uncover", UncoverEmployer, "End the covering of an employer"),
    CommandRoute("/employers/{employer}/workforce", ReportWorkforce, "Report the headcount of an employer"),
    BulkRoute("/employers/workforce/bulk", ReportWorkforce, "Report headcounts"),
    CommandRoute("/employers/{employer}/scale", AssessScale, "Assess the scale of an employer"),
    BulkRoute("/employers/scale/bulk", AssessScale, "Assess the scale of employers"),
)
