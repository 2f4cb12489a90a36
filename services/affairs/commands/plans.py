"""Schedule what is due by a rule of frequency, and say what became of every due day."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.affairs.commands.steps import Year, begun, stepped, union_of
from services.affairs.domain import plans as rules
from services.affairs.domain.calendars import YearCalendar, year_of
from services.affairs.domain.frequencies import Period, Rhythm, frequencies
from services.affairs.domain.plans import Plan, about, done, plan_kinds
from shared.catalogues import catalogue
from shared.contracts.affairs import (
    BlackboardIssuePosted,
    BlackboardJudged,
    MeetingHeld,
    PlanItemCompleted,
    PlanItemScheduled,
    ReportSubmitted,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.referring import area_of
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work

PLAN: Kind[Plan] = Kind("plan", Plan, rules.evolve, lambda plan: plan.union)
Month = Annotated[int, Field(strict=True, ge=1, le=12)]
MonthDay = Annotated[int, Field(strict=True, ge=1, le=31)]
Points = Annotated[int, Field(strict=True, ge=0, le=rules.POINTS)]


class SchedulePlanItem(Command):
    """A line of a year's plan: `months` for frequencies that leave them open, `day` of the month (last by
    default), and within the year from `first_day` to `last_day` if it does not hold all year.
    """

    union: UnionText
    kind: CatalogueId
    theme: CatalogueId = "general"
    year: Year
    calendar: YearCalendar = "calendar"
    frequency: CatalogueId
    months: tuple[Month, ...] = ()
    day: MonthDay | None = None
    first_day: BusinessDate | None = None
    last_day: BusinessDate | None = None
    next_step: UUID | None = None
    scheduled_on: BusinessDate


class CompletePlanItem(Command):
    """What was due on a day is done."""

    plan: UUID
    due_on: BusinessDate
    done_on: BusinessDate


class PostponePlanItem(Command):
    """It is due on a later day instead."""

    plan: UUID
    due_on: BusinessDate
    new_due_on: BusinessDate
    postponed_on: BusinessDate


class DropPlanItem(Command):
    """It will not be done."""

    plan: UUID
    due_on: BusinessDate
    dropped_on: BusinessDate


class HoldMeeting(Command):
    """The regular meeting of a due day took place."""

    plan: UUID
    due_on: BusinessDate
    participants: Count
    held_on: BusinessDate


class SubmitReport(Command):
    """The regular report of a due day was handed in."""

    plan: UUID
    due_on: BusinessDate
    document: DocumentNumber
    submitted_on: BusinessDate


class PostBlackboard(Command):
    """The issue of a due day hangs, on so many boards."""

    plan: UUID
    due_on: BusinessDate
    boards: Count
    posted_on: BusinessDate


class JudgeBlackboard(Command):
    """Boards of an issue were judged, in points out of a hundred; `festival` for a festival's contest."""

    plan: UUID
    due_on: BusinessDate
    boards: Count
    points: Points
    festival: bool = False
    judged_on: BusinessDate


def schedule_plan_item(work: Work, command: SchedulePlanItem) -> Answer:
    """The id answered is the line's."""
    id_ = work.new_id()
    union = union_of(work, command.union, command.scheduled_on, "scheduled_on")
    area = area_of(work, union)
    first, last = year_of(command.calendar, command.year, area)
    period = Period(max(first, command.first_day or first), min(last, command.last_day or last), area)
    frequency = frequencies().checked(command.frequency, "frequency").id
    wanted = PlanItemScheduled(
        occurredon=command.scheduled_on,
        union=union,
        family="",
        kind=plan_kinds().checked(command.kind, "kind").id,
        theme=catalogue("plan_themes").checked(command.theme, "theme").id,
        year=command.year,
        frequency=frequency,
        due=(),
        next_step=command.next_step,
    )
    rhythm = Rhythm(frequency, command.months, command.day)
    return begun(work, PLAN, id_, rules.decide_schedule(wanted, rhythm, period), union)


def complete_plan_item(work: Work, command: CompletePlanItem) -> Answer:
    """In time or late."""
    day = command.done_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "done_on"),
        lambda plan: [PlanItemCompleted(**done(plan, "plan", command.due_on, day))],
    )


def postpone_plan_item(work: Work, command: PostponePlanItem) -> Answer:
    """The old day stays on record."""
    day = command.postponed_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "postponed_on"),
        lambda plan: rules.decide_postpone(plan, command.due_on, command.new_due_on, day),
    )


def drop_plan_item(work: Work, command: DropPlanItem) -> Answer:
    """The day stays on record as dropped."""
    day = command.dropped_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "dropped_on"),
        lambda plan: rules.decide_drop(plan, command.due_on, day),
    )


def hold_meeting(work: Work, command: HoldMeeting) -> Answer:
    """Held against due."""
    day = command.held_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "held_on"),
        lambda plan: [
            MeetingHeld(**done(plan, "meeting", command.due_on, day), participants=command.participants)
        ],
    )


def submit_report(work: Work, command: SubmitReport) -> Answer:
    """Handed in against due."""
    day = command.submitted_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "submitted_on"),
        lambda plan: [
            ReportSubmitted(**done(plan, "report", command.due_on, day), document=command.document)
        ],
    )


def post_blackboard(work: Work, command: PostBlackboard) -> Answer:
    """Posted against due."""
    day = command.posted_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "posted_on"),
        lambda plan: [
            BlackboardIssuePosted(**done(plan, "board", command.due_on, day), boards=command.boards)
        ],
    )


def judge_blackboard(work: Work, command: JudgeBlackboard) -> Answer:
    """Once per issue."""
    day = command.judged_on
    return stepped(
        work,
        PLAN,
        command.plan,
        (day, "judged_on"),
        lambda plan: rules.decide_judge(
            plan,
            BlackboardJudged(
                **about(plan),
                occurredon=day,
                due_on=command.due_on,
                boards_judged=command.boards,
                points=command.points,
                festival=command.festival,
            ),
        ),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    SchedulePlanItem: schedule_plan_item,
    CompletePlanItem: complete_plan_item,
    PostponePlanItem: postpone_plan_item,
    DropPlanItem: drop_plan_item,
    HoldMeeting: hold_meeting,
    SubmitReport: submit_report,
    PostBlackboard: post_blackboard,
    JudgeBlackboard: judge_blackboard,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/plans", SchedulePlanItem, "Schedule a line of the plan", creates=True),
    BulkRoute("/plans/bulk", SchedulePlanItem, "Schedule lines of the plan, many at once"),
    CommandRoute("/plans/{plan}/complete", CompletePlanItem, "Say that a due item is done"),
    BulkRoute("/plans/complete/bulk", CompletePlanItem, "Say that due items are done, many at once"),
    CommandRoute("/plans/{plan}/postpone", PostponePlanItem, "Postpone a due item"),
    CommandRoute("/plans/{plan}/drop", DropPlanItem, "Drop a due item"),
    CommandRoute("/plans/{plan}/hold", HoldMeeting, "Say that a regular meeting was held"),
    CommandRoute("/plans/{plan}/submit", SubmitReport, "Say that a regular report was handed in"),
    CommandRoute("/plans/{plan}/post", PostBlackboard, "Say that an issue of the wall board hangs"),
    BulkRoute("/plans/post/bulk", PostBlackboard, "Say that issues of wall boards hang, many at once"),
    CommandRoute("/plans/{plan}/judge", JudgeBlackboard, "Say how an issue was judged"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/plans", PLAN, "Lines of the union's plans"),)
