"""Occasions for people: plan, schedule, tell that they were held or cancelled, and who came."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.domain import attendance, benefits
from services.welfare.domain.attendance import Attendance, decide_attend, decide_withdraw
from services.welfare.domain.benefits import (
    Benefit,
    Plan,
    Report,
    Schedule,
    decide_cancel,
    decide_hold,
    decide_plan,
    decide_schedule,
)
from services.welfare.domain.numbering import named_id
from shared.catalogues import catalogue
from shared.contracts.welfare import GroupCount
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    FenOrZero,
    Few,
    PlannedDate,
    UnionText,
)
from shared.http.listing import Listing
from shared.people import PERSON
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Copied, Own
from shared.work.work import Work

BENEFIT: Kind[Benefit] = Kind("benefit", Benefit, benefits.evolve, lambda state: state.union)
ATTENDANCE: Kind[Attendance] = Kind(
    "benefit-attendance", Attendance, attendance.evolve, lambda state: state.union
)


class PlanBenefit(Command):
    """An occasion of a kind, and whose money pays. `by_name`: those who come are told by their ids."""

    union: UnionText
    kind: CatalogueId
    payer: CatalogueId
    by_name: bool = False
    edition: Few | None = None
    planned_on: BusinessDate


class ScheduleBenefit(Command):
    """When, and for how many; may be said again."""

    benefit: UUID
    starts_on: PlannedDate
    ends_on: PlannedDate
    places: Count
    scheduled_on: BusinessDate


class PeopleOfGroup(Command):
    """So many people of one group."""

    group: CatalogueId
    people: Count


class HoldBenefit(Command):
    """What was counted, each by itself; without groups where those who came are told by name."""

    benefit: UUID
    groups: Annotated[tuple[PeopleOfGroup, ...], Field(max_length=50)] = ()
    person_times: CountOrZero = 0
    children: CountOrZero = 0
    classes: CountOrZero = 0
    sessions: CountOrZero = 0
    cost_fen: FenOrZero = 0
    outside_province: bool = False
    held_on: BusinessDate


class CancelBenefit(Command):
    """It shall not be."""

    benefit: UUID
    cancelled_on: BusinessDate


class AttendBenefit(Command):
    """A person came; counts on the day it was held."""

    benefit: UUID
    person: UUID
    group: CatalogueId


class WithdrawAttendance(Command):
    """The person did not come."""

    attendance: UUID


def plan(work: Work, command: PlanBenefit) -> Answer:
    """The id answered is the occasion's."""
    catalogue("benefit_payers").checked(command.payer, "payer")
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    wanted = Plan(
        command.kind,
        command.payer,
        command.by_name,
        command.edition,
        work.copied(UNIT, union).level,
        command.planned_on,
    )
    (event,) = decide_plan(union, wanted)
    answer = work.record(BENEFIT, work.new_id(), [event], union)
    return Answer(answer.id, answer.version, event.warnings)


def schedule(work: Work, command: ScheduleBenefit) -> Answer:
    """The days may lie ahead."""
    refuse_future(command.scheduled_on, work.today, "scheduled_on")
    benefit = find(work, BENEFIT, command.benefit)
    said = Schedule(command.starts_on, command.ends_on, command.places, command.scheduled_on)
    return work.record(BENEFIT, command.benefit, decide_schedule(benefit, said), benefit.union)


def hold(work: Work, command: HoldBenefit) -> Answer:
    """Warned of by local rules."""
    refuse_future(command.held_on, work.today, "held_on")
    for each in command.groups:
        catalogue("benefit_groups").checked(each.group, "groups")
    benefit = find(work, BENEFIT, command.benefit)
    report = Report(
        tuple(GroupCount(group=each.group, people=each.people) for each in command.groups),
        command.person_times,
        command.children,
        command.classes,
        command.sessions,
        command.cost_fen,
        command.outside_province,
        command.held_on,
    )
    (event,) = decide_hold(benefit, report, area_of(work, benefit.union))
    answer = work.record(BENEFIT, command.benefit, [event], benefit.union)
    return Answer(answer.id, answer.version, event.warnings)


def cancel(work: Work, command: CancelBenefit) -> Answer:
    """Before it is held."""
    refuse_future(command.cancelled_on, work.today, "cancelled_on")
    benefit = find(work, BENEFIT, command.benefit)
    events = decide_cancel(benefit, command.cancelled_on)
    return work.record(BENEFIT, command.benefit, events, benefit.union)


def attend(work: Work, command: AttendBenefit) -> Answer:
    """The id answered is that of the attendance."""
    catalogue("benefit_groups").checked(command.group, "group")
    id_ = named_id(f"benefit-attendance/{command.benefit}/{command.person}")
    work.want(Own(command.benefit), Own(id_), Copied(PERSON.name, command.person))
    work.copied(PERSON, command.person)
    benefit = find(work, BENEFIT, command.benefit)
    events = decide_attend(work.get(ATTENDANCE, id_), command.benefit, benefit, command.person, command.group)
    return work.record(ATTENDANCE, id_, events, benefit.union)


def withdraw(work: Work, command: WithdrawAttendance) -> Answer:
    """Takes it off again."""
    told = find(work, ATTENDANCE, command.attendance, "attendance")
    events = decide_withdraw(told, command.attendance)
    return work.record(ATTENDANCE, command.attendance, events, told.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanBenefit: plan,
    ScheduleBenefit: schedule,
    HoldBenefit: hold,
    CancelBenefit: cancel,
    AttendBenefit: attend,
    WithdrawAttendance: withdraw,
}
_ONE = "/benefits/{benefit}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/benefits", PlanBenefit, "Plan an occasion", creates=True),
    CommandRoute(f"{_ONE}/schedule", ScheduleBenefit, "Say when, and for how many"),
    CommandRoute(f"{_ONE}/hold", HoldBenefit, "Tell that it was held"),
    CommandRoute(f"{_ONE}/cancel", CancelBenefit, "Cancel an occasion"),
    CommandRoute("/benefit-attendances", AttendBenefit, "Tell that a person came", creates=True),
    BulkRoute("/benefit-attendances/bulk", AttendBenefit, "Tell who came"),
    CommandRoute("/benefit-attendances/{attendance}/withdraw", WithdrawAttendance, "Withdraw that"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/benefits", BENEFIT, "Occasions for people"),
    Listing("/benefit-attendances", ATTENDANCE, "Those who came"),
)
