"""An activity: from the plan to what was counted at it (DOMAIN ACT-04 to ACT-08)."""

from datetime import date
from typing import Literal, TypedDict, assert_never
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.events import (
    ActivityAnnounced,
    ActivityAttended,
    ActivityCancelled,
    ActivityCoOrganised,
    ActivityCorrected,
    ActivityCounts,
    ActivityHeld,
    ActivityPartner,
    ActivityPlanned,
    ActivityRegistered,
    ActivityRegistrationOpened,
    ActivityRegistrationWithdrawn,
    ActivityReported,
    ActivityTeamRegistered,
    ActivityTeamWithdrawn,
)
from shared.errors import Refused

Entering = ActivityRegistered | ActivityRegistrationWithdrawn | ActivityTeamRegistered | ActivityTeamWithdrawn
ActivityHappening = (
    ActivityPlanned
    | ActivityAnnounced
    | ActivityRegistrationOpened
    | Entering
    | ActivityHeld
    | ActivityCoOrganised
    | ActivityAttended
    | ActivityCancelled
    | ActivityReported
    | ActivityCorrected
)
Status = Literal["planned", "announced", "open", "held", "cancelled", "reported"]
AHEAD: tuple[Status, ...] = ("planned", "announced", "open")


class ActivityElsewhere(Refused):
    """The activity is not at the stage that this needs."""

    code = "activity-not-at-this-stage"


class ActivityNotHeld(Refused):
    """Nothing can be told of what has not taken place."""

    code = "activity-not-held"


class Topic(TypedDict):
    """What every event repeats of its activity."""

    union: UUID
    activity_kind: str
    activity_topic: str
    activity_occasion: str
    edition: int | None


class Activity(BaseModel):
    """`people` and `teams` are registered now, `attended` and `hours` counted person by person."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    activity_kind: str
    activity_topic: str
    activity_occasion: str
    edition: int | None = None
    role: str
    partners: tuple[ActivityPartner, ...]
    planned_for: date
    status: Status = "planned"
    closes_on: date | None = None
    max_people: int | None = None
    max_teams: int | None = None
    people: int = 0
    teams: int = 0
    attended: int = 0
    hours: int = 0
    held_on: date | None = None
    counts: ActivityCounts | None = None

    @property
    def topic(self) -> Topic:
        """What its events repeat."""
        return Topic(
            union=self.union,
            activity_kind=self.activity_kind,
            activity_topic=self.activity_topic,
            activity_occasion=self.activity_occasion,
            edition=self.edition,
        )

    def held(self) -> date:
        """The day on which it was held; raises ActivityNotHeld."""
        if self.held_on is None:
            raise ActivityNotHeld(
                f"the activity is {self.status}",
                field="activity",
                value=self.status,
                remedy="tell first that it was held",
            )
        return self.held_on


def evolve(activity: Activity | None, event: ActivityHappening) -> Activity:
    """The activity after the event."""
    if isinstance(event, ActivityPlanned):
        return Activity(
            union=event.union,
            activity_kind=event.activity_kind,
            activity_topic=event.activity_topic,
            activity_occasion=event.activity_occasion,
            edition=event.edition,
            role=event.role,
            partners=event.partners,
            planned_for=event.planned_for,
        )
    assert activity is not None, "an activity is planned first"
    return activity.model_copy(update=_changes(activity, event))


def refuse_unless(activity: Activity, *stages: Status) -> None:
    """Raises ActivityElsewhere."""
    if activity.status not in stages:
        raise ActivityElsewhere(
            f"the activity is {activity.status}",
            field="activity",
            value=activity.status,
            remedy=f"it would have to be {' or '.join(stages)}",
        )


def _changes(now: Activity, event: ActivityHappening) -> dict[str, object]:
    match event:
        case ActivityRegistrationOpened(closes_on=day, max_people=people, max_teams=teams):
            return {"status": "open", "closes_on": day, "max_people": people, "max_teams": teams}
        case ActivityHeld(occurredon=day):
            return {"status": "held", "held_on": day}
        case ActivityCancelled():
            return {"status": "cancelled"}
        case ActivityAttended(hours=hours):
            return {"attended": now.attended + 1, "hours": now.hours + hours}
        case ActivityReported(counts=counts) | ActivityCorrected(counts=counts):
            return {"status": "reported", "counts": counts}
        case _:
            return _entered(now, event)


def _entered(
    now: Activity, event: Entering | ActivityAnnounced | ActivityCoOrganised | ActivityPlanned
) -> dict[str, object]:
    match event:
        case ActivityRegistered():
            return {"people": now.people + 1}
        case ActivityRegistrationWithdrawn():
            return {"people": now.people - 1}
        case ActivityTeamRegistered():
            return {"teams": now.teams + 1}
        case ActivityTeamWithdrawn():
            return {"teams": now.teams - 1}
        case ActivityAnnounced():
            return {"status": "announced"}
        case ActivityCoOrganised() | ActivityPlanned():
            return {}
        case _:
            assert_never(event)
