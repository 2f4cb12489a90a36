"""Management meetings and disclosures, and the frequencies by which they are due."""

from uuid import UUID

from pydantic import BaseModel

from services.rights.commands.ahead import PlannedDate
from services.rights.commands.steps import Step, said, take
from services.rights.domain import duties
from services.rights.domain.duties import Duty, due_days, duty_kinds, frequencies
from shared.catalogues import catalogue
from shared.contracts.rights import DemocraticDutySet, DuePeriod
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import BusinessDate, CatalogueId, Command, Count, DocumentNumber, UnionText
from shared.http.listing import Listing
from shared.referring import area_of, find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

DUTY: Kind[Duty] = Kind("duty", Duty, duties.evolve, lambda state: state.union)


class SetDemocraticDuty(Command):
    """A kind of meeting or disclosure is due once in every period from `since` to `until`."""

    union: UnionText
    kind: CatalogueId
    frequency: CatalogueId
    since: BusinessDate
    until: PlannedDate


class EndDemocraticDuty(Command):
    """Nothing is due from that day on."""

    duty: UUID
    document: DocumentNumber
    ended_on: BusinessDate


class HoldManagementMeeting(Command):
    """A meeting was held."""

    duty: UUID
    participants: Count
    held_on: BusinessDate


class PublishToWorkers(Command):
    """Affairs were disclosed to so many workers."""

    duty: UUID
    channel: CatalogueId
    workers: Count
    published_on: BusinessDate


class RecordDisclosureFeedback(Command):
    """A question on what was disclosed, and when it was answered, if it was."""

    duty: UUID
    received_on: BusinessDate
    answered_on: BusinessDate | None = None


def set_duty(work: Work, command: SetDemocraticDuty) -> Answer:
    """The id answered is the duty's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.since, "since")
    frequency = frequencies().checked(command.frequency, "frequency")
    days = due_days(frequency, command.since, command.until)
    event = DemocraticDutySet(
        occurredon=command.since,
        union=union,
        kind=duty_kinds().checked(command.kind, "kind").id,
        frequency=frequency.id,
        until=command.until,
        due=tuple(DuePeriod(until=each) for each in days),
    )
    return said(work, DUTY, id_, (event,), union)


def end_duty(work: Work, command: EndDemocraticDuty) -> Answer:
    """What was due before stays due."""
    step = Step(command.duty, command.ended_on, "ended_on")
    return take(work, DUTY, step, lambda state: duties.decide_end(state, command.document, command.ended_on))


def hold_meeting(work: Work, command: HoldManagementMeeting) -> Answer:
    """The first in a period meets the duty."""
    step = Step(command.duty, command.held_on, "held_on")
    return take(
        work, DUTY, step, lambda state: duties.decide_meet(state, command.participants, command.held_on)
    )


def publish(work: Work, command: PublishToWorkers) -> Answer:
    """The first in a period meets the duty."""
    channel = catalogue("disclosure_channels").checked(command.channel, "channel").id
    on = command.published_on
    return take(
        work,
        DUTY,
        Step(command.duty, on, "published_on"),
        lambda state: duties.decide_publish(state, channel, command.workers, on),
    )


def feedback(work: Work, command: RecordDisclosureFeedback) -> Answer:
    """Late answers are told."""
    if command.answered_on is not None:
        refuse_future(command.answered_on, work.today, "answered_on")
    area, on = area_of(work, find(work, DUTY, command.duty).union), command.received_on
    return take(
        work,
        DUTY,
        Step(command.duty, on, "received_on"),
        lambda state: duties.decide_feedback(state, command.answered_on, area, on),
    )


USE_CASES: dict[type[BaseModel], UseCase] = {
    SetDemocraticDuty: set_duty,
    EndDemocraticDuty: end_duty,
    HoldManagementMeeting: hold_meeting,
    PublishToWorkers: publish,
    RecordDisclosureFeedback: feedback,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/democratic-duties", SetDemocraticDuty, "Say how often it is due", creates=True),
    BulkRoute("/democratic-duties/bulk", SetDemocraticDuty, "Say of many how often they are due"),
    CommandRoute("/democratic-duties/{duty}/end", EndDemocraticDuty, "End a duty"),
    CommandRoute("/democratic-duties/{duty}/meetings", HoldManagementMeeting, "Tell of a meeting"),
    BulkRoute("/management-meetings/bulk", HoldManagementMeeting, "Tell of many meetings"),
    CommandRoute("/democratic-duties/{duty}/disclosures", PublishToWorkers, "Tell of a disclosure"),
    BulkRoute("/workers-disclosures/bulk", PublishToWorkers, "Tell of many disclosures"),
    CommandRoute("/democratic-duties/{duty}/feedback", RecordDisclosureFeedback, "Tell of a question"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/democratic-duties", DUTY, "Duties by frequency"),)
