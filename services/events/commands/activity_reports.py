"""Report what was counted at activities, correct reports, record past activities at once."""

from uuid import UUID

from pydantic import BaseModel

from services.events.commands.activities import ActivityToBe, planned_by, tell_partners
from services.events.commands.activity_kind import ACTIVITY, answer, found
from services.events.domain import holding_activities as holding
from services.events.domain import reporting_activities as rules
from services.events.domain.activities import evolve
from shared.contracts.events import ActivityCounts
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, Command, CountOrZero, DocumentNumber, FenOrZero, Few
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


class Counted(Command):
    """Each number counts something of its own; 0 where nothing was counted."""

    times: Few = 1
    people: CountOrZero = 0
    person_times: CountOrZero = 0
    teams: CountOrZero = 0
    units: CountOrZero = 0
    unions: CountOrZero = 0
    audience: CountOrZero = 0
    entries: CountOrZero = 0
    awarded: CountOrZero = 0
    commended: CountOrZero = 0
    programmes: CountOrZero = 0
    copies: CountOrZero = 0
    signatures: CountOrZero = 0
    households: CountOrZero = 0
    places: CountOrZero = 0
    minutes: CountOrZero = 0
    hours: CountOrZero = 0
    cost_fen: FenOrZero = 0


class ReportActivity(Command):
    """What was counted, once, after the activity was held."""

    activity: UUID
    counts: Counted
    reported_on: BusinessDate


class CorrectActivity(Command):
    """All counts of a report anew, by a paper."""

    activity: UUID
    counts: Counted
    document: DocumentNumber
    corrected_on: BusinessDate


class RecordActivity(ActivityToBe):
    """An activity of the past at once: planned, held and reported."""

    counts: Counted
    held_on: BusinessDate


def report(work: Work, command: ReportActivity) -> Answer:
    """Without people the report takes those recorded one by one."""
    activity = found(work, command.activity, command.reported_on, "reported_on")
    events = rules.decide_report(activity, _counts(command.counts), command.reported_on)
    return answer(work, command.activity, activity, events)


def correct(work: Work, command: CorrectActivity) -> Answer:
    """The old counts stay in the event."""
    activity = found(work, command.activity, command.corrected_on, "corrected_on")
    events = rules.decide_correct(activity, _counts(command.counts), command.document, command.corrected_on)
    return answer(work, command.activity, activity, events)


def record(work: Work, command: RecordActivity) -> Answer:
    """The id answered is the activity's."""
    day = command.held_on
    (planned,) = holding.decide_plan(planned_by(work, command, (day, "held_on"), day))
    activity = evolve(None, planned)
    (held,) = holding.decide_hold(activity, day)
    (reported,) = rules.decide_report(evolve(activity, held), _counts(command.counts), day)
    id_ = work.new_id()
    told = work.record(ACTIVITY, id_, (planned, held, reported), activity.union)
    return tell_partners(work, id_, activity, day) or told


def _counts(counted: Counted) -> ActivityCounts:
    return ActivityCounts.model_validate(counted.model_dump())


USE_CASES: dict[type[BaseModel], UseCase] = {
    ReportActivity: report,
    CorrectActivity: correct,
    RecordActivity: record,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/activities/{activity}/report", ReportActivity, "Report what was counted"),
    BulkRoute("/activities/reports/bulk", ReportActivity, "Report many activities"),
    CommandRoute("/activities/{activity}/correct", CorrectActivity, "Correct a report"),
    CommandRoute("/activities/record", RecordActivity, "Record an activity of the past", creates=True),
    BulkRoute("/activities/record/bulk", RecordActivity, "Record many activities of the past"),
)
