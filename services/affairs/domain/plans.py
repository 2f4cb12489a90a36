"""A line of a plan and its due days: done, postponed, dropped; what is none of these was missed."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, assert_never
from uuid import UUID

from services.affairs.domain.frequencies import Period, Rhythm, due_days, months_too_short
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.affairs import (
    BlackboardIssuePosted,
    BlackboardJudged,
    DueDay,
    MeetingHeld,
    PlanItemCompleted,
    PlanItemDropped,
    PlanItemPostponed,
    PlanItemScheduled,
    ReportSubmitted,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import BeforeLastStep

PlanEvent = (
    PlanItemScheduled
    | PlanItemCompleted
    | PlanItemPostponed
    | PlanItemDropped
    | MeetingHeld
    | ReportSubmitted
    | BlackboardIssuePosted
    | BlackboardJudged
)
POINTS = 100
FARTHEST_YEARS = 50  # of a typing error, not of the field


class NotDueThatDay(Refused):
    """The line has no item due on that day, or it is settled."""

    code = "plan-not-due-that-day"


class OtherFamily(Refused):
    """Meetings are held, reports handed in, boards posted, other plan items completed."""

    code = "plan-of-another-family"


class DueTwice(Refused):
    """The line is due on that day already, or it is no later day, or one beyond all plans."""

    code = "plan-due-day-does-not-fit"


class NotPosted(Refused):
    """Only what hangs can be judged."""

    code = "blackboard-not-posted"


class MoreJudgedThanPosted(Refused):
    """No more boards are judged than were posted."""

    code = "blackboard-more-judged-than-posted"


class AlreadyJudged(Refused):
    """An issue is judged once."""

    code = "blackboard-already-judged"


class PlanKind(Entry):
    """What is planned; the family says by which command it is done."""

    family: str


class Due(Frozen):
    """One due day; `boards` of an issue that hangs."""

    stage: str = "due"
    since: date
    boards: int = 0
    judged: bool = False


class Plan(Frozen):
    """`due` has every day by its date in ISO form, postponed ones too."""

    union: UUID
    family: str
    kind: str
    theme: str
    year: int
    frequency: str
    next_step: UUID | None = None
    due: Mapping[str, Due] = {}
    since: date


def plan_kinds() -> Catalogue[PlanKind]:
    """All kinds by id."""
    return catalogue_of("plan_kinds", PlanKind)


def decide_schedule(wanted: PlanItemScheduled, rhythm: Rhythm, period: Period) -> tuple[PlanItemScheduled]:
    """All due days at once; refuses a rule that never falls due."""
    days = due_days(rhythm, period)
    family = plan_kinds()[wanted.kind].family
    due = tuple(DueDay(on=day) for day in days)
    doubts = months_too_short(rhythm, period)
    return (wanted.model_copy(update={"family": family, "due": due, "warnings": doubts}),)


def done(plan: Plan, family: str, due_on: date, on: date) -> dict[str, Any]:
    """The fields of an event that says that a due item was done."""
    if plan.family != family:
        raise OtherFamily(
            f"it is of the family {plan.family}",
            field="plan",
            value=plan.kind,
            remedy=f"use the command for the family {plan.family}",
        )
    return _settled(plan, due_on, on, "done_on") | {"in_time": on <= due_on}


def decide_postpone(plan: Plan, due_on: date, new_due_on: date, on: date) -> tuple[PlanItemPostponed]:
    """Due on a later day instead."""
    far = new_due_on.year > due_on.year + FARTHEST_YEARS
    if new_due_on <= due_on or new_due_on.isoformat() in plan.due or far:
        raise DueTwice(
            "it is due on that day already, or it is no later day, or one too far ahead",
            field="new_due_on",
            value=str(new_due_on),
            remedy="give a later day on which it is not due yet",
        )
    settled = _settled(plan, due_on, on, "postponed_on")
    return (PlanItemPostponed(**settled, new_due_on=new_due_on),)


def decide_drop(plan: Plan, due_on: date, on: date) -> tuple[PlanItemDropped]:
    """No longer due."""
    return (PlanItemDropped(**_settled(plan, due_on, on, "dropped_on")),)


def decide_judge(plan: Plan, wanted: BlackboardJudged) -> tuple[BlackboardJudged]:
    """Boards of one issue that hangs, once."""
    due = plan.due.get(wanted.due_on.isoformat())
    value = str(wanted.due_on)
    if plan.family != "board" or due is None or due.stage != "done":
        raise NotPosted("no issue of that due day hangs", "due_on", value, "post it first")
    if due.judged:
        raise AlreadyJudged("it has been judged", "due_on", value, "nothing to do")
    if wanted.boards_judged > due.boards:
        raise MoreJudgedThanPosted(
            f"{due.boards} boards were posted",
            field="boards",
            value=str(wanted.boards_judged),
            remedy="give at most as many",
        )
    _refuse_before(due, wanted.occurredon, "judged_on")
    return (wanted,)


def evolve(plan: Plan | None, event: PlanEvent) -> Plan:
    """The line after the event."""
    if isinstance(event, PlanItemScheduled):
        due = {each.on.isoformat(): Due(since=event.occurredon) for each in event.due}
        about = event.model_dump(include=set(Plan.model_fields) - {"due", "since"})
        return Plan(**about, due=due, since=event.occurredon)
    assert plan is not None
    day, on = event.due_on.isoformat(), event.occurredon
    match event:
        case BlackboardIssuePosted():
            changed = {day: Due(stage="done", since=on, boards=event.boards)}
        case PlanItemCompleted() | MeetingHeld() | ReportSubmitted():
            changed = {day: Due(stage="done", since=on)}
        case PlanItemPostponed():
            changed = {day: Due(stage="postponed", since=on), event.new_due_on.isoformat(): Due(since=on)}
        case PlanItemDropped():
            changed = {day: Due(stage="dropped", since=on)}
        case BlackboardJudged():
            changed = {day: plan.due[day].model_copy(update={"judged": True})}
        case _:
            assert_never(event)
    return plan.model_copy(update={"due": {**plan.due, **changed}})


def about(plan: Plan) -> dict[str, Any]:
    """What every event of the line repeats."""
    return {"family": plan.family, "kind": plan.kind, "theme": plan.theme}


def _settled(plan: Plan, due_on: date, on: date, field: str) -> dict[str, Any]:
    due = plan.due.get(due_on.isoformat())
    if due is None or due.stage != "due":
        raise NotDueThatDay(
            "nothing is due on that day, or it is settled",
            field="due_on",
            value=str(due_on),
            remedy=f"use one of {', '.join(day for day, each in plan.due.items() if each.stage == 'due')}",
        )
    _refuse_before(due, on, field)
    settles_on = max(on, due_on + timedelta(1))
    return {**about(plan), "occurredon": on, "due_on": due_on, "settles_on": settles_on}


def _refuse_before(due: Due, on: date, field: str) -> None:
    if on < due.since:
        raise BeforeLastStep(
            f"it has been {due.stage} since {due.since}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
