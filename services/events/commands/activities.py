"""Plan activities, announce them, open them for registration, hold or cancel them."""

from uuid import UUID

from pydantic import BaseModel, Field

from services.events.commands.activity_kind import ACTIVITY, answer, found
from services.events.domain import holding_activities as rules
from services.events.domain.activities import Activity
from services.events.domain.activity_kinds import kinds
from shared.catalogues import Labelled, catalogue, catalogue_of
from shared.contracts.events import ActivityPartner, ActivityPlanned
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    Count,
    CountOrZero,
    DocumentNumber,
    Edition,
    PlannedDate,
    UnionText,
)
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


class Partner(Command):
    """Another union with a part in the activity."""

    union: UnionText
    role: CatalogueId = "assist"


class ActivityToBe(Command):
    """What is known of an activity beforehand: the organiser that reports it, kind, topic, occasion."""

    union: UnionText
    activity_kind: CatalogueId
    activity_topic: CatalogueId = "none"
    activity_occasion: CatalogueId = "none"
    edition: Edition | None = None
    role: CatalogueId = Field(default="host", description="Part of the organiser that reports it.")
    partners: list[Partner] = Field(default_factory=list, max_length=50)
    programmes: CountOrZero = Field(default=0, description="Programmes planned.")


class PlanActivity(ActivityToBe):
    """It shall end on `planned_for`."""

    planned_for: PlannedDate
    planned_on: BusinessDate


class AnnounceActivity(Command):
    """Those concerned are told, by a paper."""

    activity: UUID
    document: DocumentNumber
    announced_on: BusinessDate


class OpenRegistration(Command):
    """So many people and teams may register until `closes_on`; without a number, any number."""

    activity: UUID
    closes_on: PlannedDate
    max_people: Count | None = None
    max_teams: Count | None = None
    opened_on: BusinessDate


class HoldActivity(Command):
    """It took place and ended on this day."""

    activity: UUID
    held_on: BusinessDate


class CancelActivity(Command):
    """It will not take place."""

    activity: UUID
    reason: CatalogueId
    cancelled_on: BusinessDate


def plan(work: Work, command: PlanActivity) -> Answer:
    """The id answered is the activity's."""
    planned = planned_by(work, command, (command.planned_on, "planned_on"), command.planned_for)
    return work.record(ACTIVITY, work.new_id(), rules.decide_plan(planned), planned.union)


def planned_by(
    work: Work, command: ActivityToBe, said_on: tuple[BusinessDate, str], planned_for: BusinessDate
) -> ActivityPlanned:
    """The plan as an event; `said_on` is a date and its field.

    Refuses unknown kinds, topics, occasions, roles, unions and bad dates.
    """
    work.want(need_of_union(command.union), *(need_of_union(each.union) for each in command.partners))
    kinds().checked(command.activity_kind, "activity_kind")
    catalogue("activity_topics").checked(command.activity_topic, "activity_topic")
    catalogue_of("occasions", Labelled).checked(command.activity_occasion, "activity_occasion")
    for role in (command.role, *(each.role for each in command.partners)):
        catalogue("activity_roles").checked(role, "role")
    union = find_union(work, command.union)
    on, field = said_on
    refuse_bad_date(work, union, on, field)
    return ActivityPlanned(
        union=union,
        activity_kind=command.activity_kind,
        activity_topic=command.activity_topic,
        activity_occasion=command.activity_occasion,
        edition=command.edition,
        occurredon=on,
        planned_for=planned_for,
        programmes=command.programmes,
        role=command.role,
        partners=tuple(
            ActivityPartner(union=find_union(work, each.union, "partners"), role=each.role)
            for each in command.partners
        ),
    )


def announce(work: Work, command: AnnounceActivity) -> Answer:
    """Once."""
    activity = found(work, command.activity, command.announced_on, "announced_on")
    events = rules.decide_announce(activity, command.document, command.announced_on)
    return answer(work, command.activity, activity, events)


def open_registration(work: Work, command: OpenRegistration) -> Answer:
    """Until the day of the activity at the latest."""
    activity = found(work, command.activity, command.opened_on, "opened_on")
    limits = (command.max_people, command.max_teams)
    events = rules.decide_open(activity, command.closes_on, limits, command.opened_on)
    return answer(work, command.activity, activity, events)


def hold(work: Work, command: HoldActivity) -> Answer:
    """Told at every organiser's unit."""
    activity = found(work, command.activity, command.held_on, "held_on")
    first = answer(work, command.activity, activity, rules.decide_hold(activity, command.held_on))
    return tell_partners(work, command.activity, activity, command.held_on) or first


def tell_partners(work: Work, id_: UUID, activity: Activity, on: BusinessDate) -> Answer | None:
    """The last answer; None if there are no partners."""
    told = None
    for unit, event in rules.co_organised(activity, on):
        told = work.record(ACTIVITY, id_, (event,), unit)
    return told


def cancel(work: Work, command: CancelActivity) -> Answer:
    """Before it was held."""
    catalogue("activity_cancel_reasons").checked(command.reason, "reason")
    activity = found(work, command.activity, command.cancelled_on, "cancelled_on")
    events = rules.decide_cancel(activity, command.reason, command.cancelled_on)
    return answer(work, command.activity, activity, events)


USE_CASES: dict[type[BaseModel], UseCase] = {
    PlanActivity: plan,
    AnnounceActivity: announce,
    OpenRegistration: open_registration,
    HoldActivity: hold,
    CancelActivity: cancel,
}
_ONE = "/activities/{activity}"
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/activities", PlanActivity, "Plan an activity", creates=True),
    BulkRoute("/activities/bulk", PlanActivity, "Plan many activities"),
    CommandRoute(f"{_ONE}/announce", AnnounceActivity, "Announce an activity"),
    CommandRoute(f"{_ONE}/open", OpenRegistration, "Open an activity for registration"),
    CommandRoute(f"{_ONE}/hold", HoldActivity, "Tell that an activity was held"),
    CommandRoute(f"{_ONE}/cancel", CancelActivity, "Cancel an activity"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/activities", ACTIVITY, "Activities"),)
