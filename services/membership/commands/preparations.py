"""Prepare a union: ask for it, have it approved, report its election, or give it up (DOMAIN ORG-03)."""

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    EmployerReference,
    UnionReference,
)
from services.membership.commands.holding import hold_living
from services.membership.commands.references import area_of, find_employer, find_union, need_of
from services.membership.domain import preparing
from services.membership.domain.electing import election_warnings
from services.membership.domain.employers import Employer
from services.membership.domain.preparing import Election, EmployerInPreparation, Preparation
from shared.contracts.membership import PreparationRequested
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import Count, DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Claimed, Own
from shared.work.roles import APPROVER
from shared.work.work import Work

LARGEST_COVER = 1000


class RequestPreparation(Command):
    """Ask the next higher union to let a union be prepared, for one employer or several."""

    union: UnionReference
    employers: Annotated[tuple[EmployerReference, ...], Field(min_length=1, max_length=LARGEST_COVER)]
    requested_on: BusinessDate


class ApprovePreparation(Command):
    """By the next higher union, in writing; not by whoever asked for it."""

    preparation: UUID
    document: DocumentNumber
    approved_on: BusinessDate


class ReportFoundingElection(Command):
    """The founding meeting and its election; `document` is the number of the report."""

    preparation: UUID
    held_on: BusinessDate
    seats: Count
    candidates: Count
    document: DocumentNumber
    reported_on: BusinessDate


class CancelPreparation(Command):
    """For a reason of the catalogue."""

    preparation: UUID
    reason: CatalogueId
    cancelled_on: BusinessDate


def _evolve(unit: UUID, state: Preparation | None, event: Any) -> Preparation:
    if isinstance(event, PreparationRequested):
        return preparing.requested(unit, event)
    return preparing.evolve(state, event)


def preparation_at(unit: UUID) -> Kind[Preparation]:
    """Preparations, for recording events at this higher union."""
    return Kind(
        name="preparation",
        state=Preparation,
        evolve=partial(_evolve, unit),
        unit=lambda preparation: preparation.union,
        claims=preparing.claims,
    )


PREPARATION = preparation_at(UUID(int=0))
"""For reading only: events are recorded with `preparation_at`."""


def request_preparation(work: Work, command: RequestPreparation) -> Answer:
    """The answer names the preparation."""
    work.want(need_of(command.union), *(need_of(each) for each in command.employers))
    unit, union = find_union(work, command.union, "union")
    employers = dict(find_employer(work, each, "employers") for each in command.employers)
    _check_free(work, employers)
    events = preparing.decide_request(union, employers, work.actor, command.requested_on, work.today)
    hold_living(work, unit, union)
    answer = work.record(preparation_at(unit), work.new_id(), events, unit)
    return Answer(answer.id, answer.version, tuple(_doubts(employers.values())))


def approve_preparation(work: Work, command: ApprovePreparation) -> Answer:
    """From this day on the union is prepared."""
    work.want(Own(command.preparation))
    state = find(work, PREPARATION, command.preparation)
    events = preparing.decide_approve(state, command.document, work.actor, command.approved_on, work.today)
    return work.record(preparation_at(state.union), command.preparation, events, state.union)


def report_founding_election(work: Work, command: ReportFoundingElection) -> Answer:
    """Warns of an unusual election."""
    work.want(Own(command.preparation))
    state = find(work, PREPARATION, command.preparation)
    election = Election(
        **command.model_dump(include={"held_on", "seats", "candidates", "document"}), recorder=work.actor
    )
    events = preparing.decide_report_election(state, election, command.reported_on, work.today)
    answer = work.record(preparation_at(state.union), command.preparation, events, state.union)
    area = area_of(work, state.union)
    warnings = election_warnings(command.seats, command.candidates, None, command.held_on, area)
    return Answer(answer.id, answer.version, tuple(warnings))


def cancel_preparation(work: Work, command: CancelPreparation) -> Answer:
    """Its employers may be prepared anew."""
    work.want(Own(command.preparation))
    state = find(work, PREPARATION, command.preparation)
    events = preparing.decide_cancel(state, command.reason, command.cancelled_on, work.today)
    return work.record(preparation_at(state.union), command.preparation, events, state.union)


def _check_free(work: Work, employers: Iterable[UUID]) -> None:
    ids = tuple(employers)
    work.want(*(Claimed("preparing", str(each)) for each in ids))
    for each in ids:
        if holder := work.owner("preparing", str(each)):
            raise EmployerInPreparation(
                f"the preparation {holder} has this employer",
                "employers",
                str(each),
                "conclude or cancel that one first",
            )


def _doubts(employers: Iterable[Employer]) -> Iterator[str]:
    if any(each.refusing_on is not None for each in employers):
        yield "employer-refuses"


USE_CASES: dict[type[BaseModel], UseCase] = {
    RequestPreparation: request_preparation,
    ApprovePreparation: approve_preparation,
    ReportFoundingElection: report_founding_election,
    CancelPreparation: cancel_preparation,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/preparations", RequestPreparation, "Ask to prepare a union", creates=True),
    CommandRoute(
        "/preparations/{preparation}/approve", ApprovePreparation, "Approve a preparation", role=APPROVER
    ),
    CommandRoute(
        "/preparations/{preparation}/election", ReportFoundingElection, "Report a founding election"
    ),
    CommandRoute("/preparations/{preparation}/cancel", CancelPreparation, "Give a preparation up"),
)
LISTINGS = (Listing("/preparations", PREPARATION, "Preparations of unions"),)
