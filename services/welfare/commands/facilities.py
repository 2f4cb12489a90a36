"""Facilities: plan, build, open, inspect, accredit, count visits, close."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.welfare.domain import facilities
from services.welfare.domain.facilities import Accreditation, Facility
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    CountOrZero,
    DocumentNumber,
    PlannedDate,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

FACILITY: Kind[Facility] = Kind("facility", Facility, facilities.evolve, lambda state: state.union)


class PlanFacility(Command):
    """A place of a kind of the catalogue shall be built."""

    union: UnionText
    kind: CatalogueId
    planned_on: BusinessDate


class BuildFacility(Command):
    """It is there, but not in use."""

    facility: UUID
    built_on: BusinessDate


class OpenFacility(Command):
    """People may use it."""

    facility: UUID
    opened_on: BusinessDate


class InspectFacility(Command):
    """What it has of the catalogue `station_haves`."""

    facility: UUID
    haves: Annotated[tuple[CatalogueId, ...], Field(max_length=50)]
    inspected_on: BusinessDate


class AccreditFacility(Command):
    """Under a scheme, until a day; renewed in the same way."""

    facility: UUID
    scheme: CatalogueId
    valid_until: PlannedDate
    document: DocumentNumber
    accredited_on: BusinessDate


class CountVisits(Command):
    """Visits and services since they were last told."""

    facility: UUID
    person_times: CountOrZero = 0
    services: CountOrZero = 0
    visited_on: BusinessDate


class CloseFacility(Command):
    """For good."""

    facility: UUID
    closed_on: BusinessDate


def plan(work: Work, command: PlanFacility) -> Answer:
    """The id answered is the facility's."""
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    events = facilities.decide_plan(union, command.kind, command.planned_on)
    return work.record(FACILITY, work.new_id(), events, union)


def build(work: Work, command: BuildFacility) -> Answer:
    """After it was planned."""
    refuse_future(command.built_on, work.today, "built_on")
    state = find(work, FACILITY, command.facility)
    events = facilities.decide_build(state, command.built_on)
    return work.record(FACILITY, command.facility, events, state.union)


def open_(work: Work, command: OpenFacility) -> Answer:
    """Also of what stood already."""
    refuse_future(command.opened_on, work.today, "opened_on")
    state = find(work, FACILITY, command.facility)
    events = facilities.decide_open(state, command.opened_on)
    return work.record(FACILITY, command.facility, events, state.union)


def inspect(work: Work, command: InspectFacility) -> Answer:
    """As often as somebody looks."""
    refuse_future(command.inspected_on, work.today, "inspected_on")
    state = find(work, FACILITY, command.facility)
    events = facilities.decide_inspect(state, command.haves, command.inspected_on)
    return work.record(FACILITY, command.facility, events, state.union)


def accredit(work: Work, command: AccreditFacility) -> Answer:
    """For the first time, or renewed."""
    refuse_future(command.accredited_on, work.today, "accredited_on")
    state = find(work, FACILITY, command.facility)
    said = Accreditation(command.scheme, command.valid_until, command.document, command.accredited_on)
    events = facilities.decide_accredit(state, said)
    return work.record(FACILITY, command.facility, events, state.union)


def visit(work: Work, command: CountVisits) -> Answer:
    """While it is in use."""
    refuse_future(command.visited_on, work.today, "visited_on")
    state = find(work, FACILITY, command.facility)
    events = facilities.decide_visit(state, command.person_times, command.services, command.visited_on)
    return work.record(FACILITY, command.facility, events, state.union)


def close(work: Work, command: CloseFacility) -> Answer:
    """For good."""
    refuse_future(command.closed_on, work.today, "closed_on")
    state = find(work, FACILITY, command.facility)
    events = facilities.decide_close(state, command.closed_on)
    return work.record(FACILITY, command.facility, events, state.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanFacility: plan,
    BuildFacility: build,
    OpenFacility: open_,
    InspectFacility: inspect,
    AccreditFacility: accredit,
    CountVisits: visit,
    CloseFacility: close,
}
_ONE = "/facilities/{facility}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/facilities", PlanFacility, "Plan a facility", creates=True),
    CommandRoute(f"{_ONE}/build", BuildFacility, "Tell that it was built"),
    CommandRoute(f"{_ONE}/open", OpenFacility, "Open a facility"),
    CommandRoute(f"{_ONE}/inspect", InspectFacility, "Tell what a facility has"),
    CommandRoute(f"{_ONE}/accredit", AccreditFacility, "Accredit a facility, or renew it"),
    CommandRoute(f"{_ONE}/visit", CountVisits, "Count visits and services"),
    BulkRoute("/facility-visits/bulk", CountVisits, "Count visits of many facilities"),
    CommandRoute(f"{_ONE}/close", CloseFacility, "Close a facility"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/facilities", FACILITY, "Facilities"),)
