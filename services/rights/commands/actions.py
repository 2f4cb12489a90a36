"""Publicity, participation, safety work; hazards."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.steps import Step, said, take
from services.rights.domain import actions as rules
from services.rights.domain.actions import Action, Counted, Hazard
from shared.contracts.rights import HazardReported
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    EmployerText,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_employer, find_union, need_of_employer, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

ACTION: Kind[Action] = Kind("rights-action", Action, rules.evolve, lambda action: action.union)
HAZARD: Kind[Hazard] = Kind("hazard", Hazard, rules.evolve_hazard, lambda hazard: hazard.union)


class PlanRightsAction(Command):
    """An action of a kind; of one that others hold, `document` is the invitation's number."""

    union: UnionText
    kind: CatalogueId
    document: DocumentNumber | None = None
    planned_on: BusinessDate


class HoldRightsAction(Command):
    """What was counted, each by itself."""

    action: UUID
    people: CountOrZero = 0
    person_times: CountOrZero = 0
    copies: CountOrZero = 0
    signatures: CountOrZero = 0
    held_on: BusinessDate


class RecordRightsOutcome(Command):
    """What came of it."""

    action: UUID
    outcome: CatalogueId
    recorded_on: BusinessDate


class CancelRightsAction(Command):
    """It shall not be."""

    action: UUID
    cancelled_on: BusinessDate


class ReportHazards(Command):
    """Hazards of one kind, found at once."""

    union: UnionText
    kind: CatalogueId
    items: Count
    employer: EmployerText | None = None
    found_on: BusinessDate


class RectifyHazards(Command):
    """So many of them were put right."""

    hazard: UUID
    items: Count
    rectified_on: BusinessDate


def plan(work: Work, command: PlanRightsAction) -> Answer:
    """The id answered is the action's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.planned_on, "planned_on")
    events = rules.decide_plan(union, command.kind, command.document, command.planned_on)
    return said(work, ACTION, id_, events, union)


def hold(work: Work, command: HoldRightsAction) -> Answer:
    """Once."""
    counted = Counted(command.people, command.person_times, command.copies, command.signatures)
    step = Step(command.action, command.held_on, "held_on")
    return take(work, ACTION, step, lambda action: rules.decide_hold(action, counted, step.on))


def record_outcome(work: Work, command: RecordRightsOutcome) -> Answer:
    """After it was held."""
    step = Step(command.action, command.recorded_on, "recorded_on")
    return take(work, ACTION, step, lambda action: rules.decide_outcome(action, command.outcome, step.on))


def cancel(work: Work, command: CancelRightsAction) -> Answer:
    """Before it is held."""
    step = Step(command.action, command.cancelled_on, "cancelled_on")
    return take(work, ACTION, step, lambda action: rules.decide_cancel(action, step.on))


def report_hazards(work: Work, command: ReportHazards) -> Answer:
    """The id answered is that of these hazards."""
    id_ = work.new_id()
    work.want(
        need_of_union(command.union), *([need_of_employer(command.employer)] if command.employer else [])
    )
    union = find_union(work, command.union)
    employer = find_employer(work, command.employer) if command.employer else None
    refuse_bad_date(work, union, command.found_on, "found_on")
    reported = HazardReported(
        occurredon=command.found_on, kind=command.kind, items=command.items, union=union, employer=employer
    )
    return said(work, HAZARD, id_, rules.decide_report(reported), union)


def rectify_hazards(work: Work, command: RectifyHazards) -> Answer:
    """Some, or all that are left."""
    step = Step(command.hazard, command.rectified_on, "rectified_on")
    return take(work, HAZARD, step, lambda hazard: rules.decide_rectify(hazard, command.items, step.on))


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanRightsAction: plan,
    HoldRightsAction: hold,
    RecordRightsOutcome: record_outcome,
    CancelRightsAction: cancel,
    ReportHazards: report_hazards,
    RectifyHazards: rectify_hazards,
}
_ONE = "/rights-actions/{action}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/rights-actions", PlanRightsAction, "Plan publicity, participation, safety work", creates=True
    ),
    CommandRoute(f"{_ONE}/hold", HoldRightsAction, "Tell that it was held"),
    CommandRoute(f"{_ONE}/outcome", RecordRightsOutcome, "Tell what came of it"),
    CommandRoute(f"{_ONE}/cancel", CancelRightsAction, "Cancel it"),
    CommandRoute("/hazards", ReportHazards, "Report hazards", creates=True),
    BulkRoute("/hazards/bulk", ReportHazards, "Report hazards, many at once"),
    CommandRoute("/hazards/{hazard}/rectify", RectifyHazards, "Tell that hazards were put right"),
)
LISTINGS: tuple[Listing, ...] = (
    Listing("/rights-actions", ACTION, "Publicity, participation, safety work"),
    Listing("/hazards", HAZARD, "Hazards found"),
)
