"""Plan, announce, open, hold or cancel an activity (DOMAIN ACT-07, CAL-02)."""

from datetime import date
from uuid import UUID

from services.events.domain.activities import AHEAD, Activity, refuse_unless
from services.events.domain.activity_kinds import CountNotOfThisKind, kinds
from shared.contracts.events import (
    ActivityAnnounced,
    ActivityCancelled,
    ActivityCoOrganised,
    ActivityHeld,
    ActivityPartner,
    ActivityPlanned,
    ActivityRegistrationOpened,
)
from shared.errors import Refused


class PartnerTwice(Refused):
    """Every body has one part in an activity."""

    code = "partner-twice"


class DeadlineAfterActivity(Refused):
    """Nobody can register for what is over."""

    code = "deadline-after-activity"


class DeadlinePassed(Refused):
    """Registration cannot end before it begins."""

    code = "deadline-passed"


def decide_plan(plan: ActivityPlanned) -> tuple[ActivityPlanned]:
    """Every organiser once; programmes only where there are some."""
    bodies = [plan.union, *(each.union for each in plan.partners)]
    for number, body in enumerate(bodies):
        if body in bodies[:number]:
            raise PartnerTwice(
                "this union has a part already", field="partners", value=str(body), remedy="name it once"
            )
    if plan.programmes and "programmes" not in kinds()[plan.activity_kind].also:
        raise CountNotOfThisKind(
            f"an activity of this kind ({plan.activity_kind}) has no programmes",
            field="programmes",
            value=str(plan.programmes),
            remedy="leave them out, or plan a celebration or a show",
        )
    return (plan,)


def decide_announce(activity: Activity, document: str, on: date) -> tuple[ActivityAnnounced]:
    """Once, while it is only planned."""
    refuse_unless(activity, "planned")
    return (ActivityAnnounced(**activity.topic, occurredon=on, document=document),)


def decide_open(
    activity: Activity, closes_on: date, limits: tuple[int | None, int | None], on: date
) -> tuple[ActivityRegistrationOpened]:
    """`limits`: people and teams, None for no limit."""
    refuse_unless(activity, "planned", "announced")
    if closes_on > activity.planned_for:
        raise DeadlineAfterActivity(
            f"the activity is planned for {activity.planned_for}",
            field="closes_on",
            value=str(closes_on),
            remedy="give that day or an earlier one",
        )
    if closes_on < on:
        raise DeadlinePassed(
            f"registration opens on {on}",
            field="closes_on",
            value=str(closes_on),
            remedy="give that day or a later one",
        )
    people, teams = limits
    return (
        ActivityRegistrationOpened(
            **activity.topic, occurredon=on, closes_on=closes_on, max_people=people, max_teams=teams
        ),
    )


def decide_hold(activity: Activity, on: date) -> tuple[ActivityHeld]:
    """It took place, on the planned day or another."""
    refuse_unless(activity, *AHEAD)
    return (
        ActivityHeld(**activity.topic, occurredon=on, planned_for=activity.planned_for, role=activity.role),
    )


def co_organised(activity: Activity, on: date) -> tuple[tuple[UUID, ActivityCoOrganised], ...]:
    """What is told at each partner when the activity was held."""
    return tuple((each.union, _told(activity, each, on)) for each in activity.partners)


def decide_cancel(activity: Activity, reason: str, on: date) -> tuple[ActivityCancelled]:
    """Before it was held."""
    refuse_unless(activity, *AHEAD)
    return (
        ActivityCancelled(**activity.topic, occurredon=on, planned_for=activity.planned_for, reason=reason),
    )


def _told(activity: Activity, partner: ActivityPartner, on: date) -> ActivityCoOrganised:
    return ActivityCoOrganised(**activity.topic, occurredon=on, role=partner.role)
