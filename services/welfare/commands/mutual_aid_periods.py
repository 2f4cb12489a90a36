"""Periods of mutual medical aid: open, collect, bring into force, confirm employers, close."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.commands.mutual_aid_kinds import (
    INSURED_EMPLOYER,
    PERIOD,
    insured_employer_id,
    period_id,
)
from services.welfare.domain.mutual_aid.confirming import Roll, decide_confirm
from services.welfare.domain.mutual_aid.period import (
    Plan,
    Settlement,
    decide_begin_collecting,
    decide_bring_into_force,
    decide_close,
    decide_open,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    EmployerText,
    FenOrZero,
    PlannedDate,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work


class OpenMutualAidPeriod(Command):
    """The organiser's next number; which products it offers, when people enrol, when it runs."""

    organiser: UnionText
    number: Annotated[int, Field(strict=True, ge=1, le=9999)]
    products: Annotated[tuple[CatalogueId, ...], Field(min_length=1, max_length=20)]
    enrol_from: PlannedDate
    enrol_until: PlannedDate
    starts_on: PlannedDate
    ends_on: PlannedDate
    opened_on: BusinessDate


class BeginMutualAidCollecting(Command):
    """People may be enrolled."""

    period: UUID
    begun_on: BusinessDate


class BringMutualAidPeriodIntoForce(Command):
    """The period runs; claims are taken."""

    period: UUID
    in_force_on: BusinessDate


class CloseMutualAidPeriod(Command):
    """What the organiser's books say: premiums (less those paid back) = benefits + held."""

    period: UUID
    premiums_fen: FenOrZero
    benefits_fen: FenOrZero
    held_fen: FenOrZero
    closed_on: BusinessDate


class ConfirmInsuredEmployer(Command):
    """How many workers an employer has, and how many of them are insured in the period."""

    period: UUID
    union: UnionText
    employer: EmployerText
    workers: Count
    insured: CountOrZero
    confirmed_on: BusinessDate


def open_period(work: Work, command: OpenMutualAidPeriod) -> Answer:
    """The id answered is the period's."""
    work.want(need_of_union(command.organiser))
    organiser = find_union(work, command.organiser, "organiser")
    refuse_bad_date(work, organiser, command.opened_on, "opened_on")
    id_ = period_id(organiser, command.number)
    plan = Plan(
        command.number,
        command.products,
        command.enrol_from,
        command.enrol_until,
        command.starts_on,
        command.ends_on,
    )
    events = decide_open(work.get(PERIOD, id_), organiser, plan, command.opened_on)
    return work.record(PERIOD, id_, events, organiser)


def begin_collecting(work: Work, command: BeginMutualAidCollecting) -> Answer:
    """From the first day of the window on."""
    period = find(work, PERIOD, command.period, "period")
    refuse_bad_date(work, period.organiser, command.begun_on, "begun_on")
    events = decide_begin_collecting(period, command.begun_on)
    return work.record(PERIOD, command.period, events, period.organiser)


def bring_into_force(work: Work, command: BringMutualAidPeriodIntoForce) -> Answer:
    """From the first day of the period on."""
    period = find(work, PERIOD, command.period, "period")
    refuse_bad_date(work, period.organiser, command.in_force_on, "in_force_on")
    events = decide_bring_into_force(period, command.in_force_on)
    return work.record(PERIOD, command.period, events, period.organiser)


def close_period(work: Work, command: CloseMutualAidPeriod) -> Answer:
    """After the last day."""
    period = find(work, PERIOD, command.period, "period")
    refuse_bad_date(work, period.organiser, command.closed_on, "closed_on")
    settlement = Settlement(command.premiums_fen, command.benefits_fen, command.held_fen, command.closed_on)
    events = decide_close(period, settlement, work.actor)
    return work.record(PERIOD, command.period, events, period.organiser)


def confirm_employer(work: Work, command: ConfirmInsuredEmployer) -> Answer:
    """The id answered is that of the count, which a later word replaces."""
    work.want(need_of_union(command.union), need_of_employer(command.employer), Own(command.period))
    union = find_union(work, command.union)
    employer = find_employer(work, command.employer)
    refuse_bad_date(work, union, command.confirmed_on, "confirmed_on")
    period = find(work, PERIOD, command.period, "period")
    id_ = insured_employer_id(command.period, employer)
    roll = Roll(union, employer, command.workers, command.insured, command.confirmed_on)
    events = decide_confirm(work.get(INSURED_EMPLOYER, id_), command.period, period, roll)
    answer = work.record(INSURED_EMPLOYER, id_, events, union)
    return Answer(id_, answer.version, events[0].warnings)


USE_CASES: dict[type[BaseModel], UseCase] = {
    OpenMutualAidPeriod: open_period,
    BeginMutualAidCollecting: begin_collecting,
    BringMutualAidPeriodIntoForce: bring_into_force,
    CloseMutualAidPeriod: close_period,
    ConfirmInsuredEmployer: confirm_employer,
}
_ONE = "/mutual-aid/periods/{period}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/mutual-aid/periods", OpenMutualAidPeriod, "Open a period", creates=True),
    CommandRoute(f"{_ONE}/begin-collecting", BeginMutualAidCollecting, "Begin to enrol people"),
    CommandRoute(f"{_ONE}/bring-into-force", BringMutualAidPeriodIntoForce, "Let a period run"),
    CommandRoute(f"{_ONE}/close", CloseMutualAidPeriod, "Settle a period"),
    CommandRoute(
        f"{_ONE}/confirm-employer",
        ConfirmInsuredEmployer,
        "Count an employer's insured workers",
        role=APPROVER,
    ),
    BulkRoute(
        "/mutual-aid/employers/bulk",
        ConfirmInsuredEmployer,
        "Count insured workers of many employers",
        role=APPROVER,
    ),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/mutual-aid/periods", PERIOD, "Periods of mutual medical aid"),
    Listing("/mutual-aid/employers", INSURED_EMPLOYER, "Employers with insured workers"),
)
