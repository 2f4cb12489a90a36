"""Committees and their terms; who speaks for women workers (DOMAIN ORG-14 to ORG-18)."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from services.membership.commands.areas import area_of
from services.membership.commands.counting import members_counted
from services.membership.commands.fields import BusinessDate, Command, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.references import find_union, need_of
from services.membership.domain import committees, elections
from services.membership.domain.committees import Committee, Term
from services.membership.domain.electing import election_warnings
from services.membership.domain.elections import Approval, Ballot, Plan
from services.membership.domain.unions import Union
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import Count, DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work

Years = Annotated[int, Field(strict=True, ge=1, le=10, description="Length of the term in years.")]
Ordinal = Annotated[int, Field(strict=True, ge=1, le=200, description="Which committee it is (第几届).")]
Seats = Annotated[int, Field(strict=True, ge=1, le=200)]


class RecordCommittee(Command):
    """The committee in office: elected at the founding, or before this register."""

    union: UnionReference
    ordinal: Ordinal
    seats: Seats
    since: BusinessDate
    term_years: Years


class PrepareElection(Command):
    """The next committee is to be elected."""

    union: UnionReference
    seats: Seats
    planned_on: BusinessDate
    prepared_on: BusinessDate


class HoldElection(Command):
    """The members, or their delegates, elected by secret vote."""

    union: UnionReference
    held_on: BusinessDate
    seats: Seats
    candidates: Count
    entitled: Count
    voting: Count


class ReportElection(Command):
    """Its result goes to the next higher union."""

    union: UnionReference
    document: DocumentNumber
    reported_on: BusinessDate


class ApproveElection(Command):
    """By the next higher union; not by whoever reported it. The term begins."""

    union: UnionReference
    document: DocumentNumber
    term_years: Years
    approved_on: BusinessDate


class RequestTermDelay(Command):
    """Ask the next higher union to let the committee stay beyond its term."""

    union: UnionReference
    until: BusinessDate
    requested_on: BusinessDate


class ApproveTermDelay(Command):
    """By the next higher union; not by whoever asked."""

    union: UnionReference
    document: DocumentNumber
    approved_on: BusinessDate


def committee_id(union: UUID) -> UUID:
    """A union has one line of committees."""
    return uuid5(union, "committee")


def committee_of(union: UUID) -> Kind[Committee]:
    """The committees of this union, one after the other."""
    return Kind(name="committee", state=Committee, evolve=committees.evolve, unit=lambda _: union)


COMMITTEE = committee_of(UUID(int=0))
"""For reading only: events are recorded with `committee_of`."""


def record_committee(work: Work, command: RecordCommittee) -> Answer:
    """From then on the calendar knows when its term is over."""
    unit, union, state = _found(work, command.union)
    term = Term(command.ordinal, command.seats, command.since, command.term_years)
    hold_living(work, unit, union)
    return _record(work, unit, committees.decide_record(state, union, term, command.since, work.today))


def prepare_election(work: Work, command: PrepareElection) -> Answer:
    """May be planned anew until it is held."""
    unit, union, state = _found(work, command.union)
    plan = Plan(command.seats, command.planned_on)
    hold_living(work, unit, union)
    events = elections.decide_prepare(state, union, plan, command.prepared_on, work.today)
    return _record(work, unit, events)


def hold_election(work: Work, command: HoldElection) -> Answer:
    """Warns of an unusual election, also on record."""
    unit, _, state = _found(work, command.union)
    ballot = Ballot(command.seats, command.candidates, command.entitled, command.voting)
    members = members_counted(work, unit) or None
    area = area_of(work, unit)
    warnings = tuple(election_warnings(command.seats, command.candidates, members, command.held_on, area))
    events = elections.decide_hold(state or Committee(), ballot, warnings, command.held_on, work.today)
    answer = _record(work, unit, events)
    return Answer(answer.id, answer.version, warnings)


def report_election(work: Work, command: ReportElection) -> Answer:
    """Who reports may not approve."""
    unit, _, state = _found(work, command.union)
    known, on = state or Committee(), command.reported_on
    return _record(work, unit, elections.decide_report(known, command.document, work.actor, on, work.today))


def approve_election(work: Work, command: ApproveElection) -> Answer:
    """The term counts from this day."""
    unit, union, state = _found(work, command.union)
    approval = Approval(command.document, work.actor, command.term_years)
    known = state or Committee()
    return _record(
        work, unit, elections.decide_approve(known, union, approval, command.approved_on, work.today)
    )


def request_term_delay(work: Work, command: RequestTermDelay) -> Answer:
    """A later request replaces it."""
    unit, _, state = _found(work, command.union)
    events = committees.decide_request_delay(
        state or Committee(), command.until, work.actor, command.requested_on, work.today
    )
    return _record(work, unit, events)


def approve_term_delay(work: Work, command: ApproveTermDelay) -> Answer:
    """The committee is due only after it."""
    unit, _, state = _found(work, command.union)
    known, on = state or Committee(), command.approved_on
    return _record(work, unit, committees.decide_delay(known, command.document, work.actor, on, work.today))


def found_committee(work: Work, unit: UUID, level: int, term: Term, approval: tuple[str, str, str]) -> None:
    """With its union, in the course of the command that establishes it."""
    work.absent(Own(committee_id(unit)))
    _record(work, unit, committees.decide_found(level, term, approval))


def end_committee(work: Work, unit: UUID, on: date) -> None:
    """With its union, in the course of the command that ends it."""
    work.want(Own(committee_id(unit)))
    state = work.get(COMMITTEE, committee_id(unit))
    if state is not None:
        _record(work, unit, committees.decide_end(state, on))


def _found(work: Work, reference: str) -> tuple[UUID, Union, Committee | None]:
    work.want(need_of(reference))
    unit, union = find_union(work, reference, "union")
    work.want(Own(committee_id(unit)))
    return unit, union, work.get(COMMITTEE, committee_id(unit))


def _record(work: Work, unit: UUID, events: tuple[Any, ...]) -> Answer:
    return work.record(committee_of(unit), committee_id(unit), events, unit)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RecordCommittee: record_committee,
    PrepareElection: prepare_election,
    HoldElection: hold_election,
    ReportElection: report_election,
    ApproveElection: approve_election,
    RequestTermDelay: request_term_delay,
    ApproveTermDelay: approve_term_delay,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/committees", RecordCommittee, "Enter the committee in office", creates=True),
    BulkRoute("/committees/bulk", RecordCommittee, "Enter the committees of a list"),
    CommandRoute("/unions/{union}/election/prepare", PrepareElection, "Prepare an election"),
    CommandRoute("/unions/{union}/election/hold", HoldElection, "Record an election as held"),
    CommandRoute("/unions/{union}/election/report", ReportElection, "Report the result of an election"),
    CommandRoute("/unions/{union}/election/approve", ApproveElection, "Approve an election", role=APPROVER),
    CommandRoute("/unions/{union}/term/request-delay", RequestTermDelay, "Ask to delay an election"),
    CommandRoute(
        "/unions/{union}/term/approve-delay",
        ApproveTermDelay,
        "Approve the delay of an election",
        role=APPROVER,
    ),
)
LISTINGS = (Listing("/committees", COMMITTEE, "Committees"),)
