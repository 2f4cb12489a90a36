"""Registration for an activity, by person or team; and who came (DOMAIN ACT-06)."""

from datetime import date
from typing import Literal
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.events.domain.activities import Activity, refuse_unless
from services.events.domain.activity_kinds import kinds, refuse_counts
from shared.contracts.events import (
    ActivityAttended,
    ActivityCounts,
    ActivityRegistered,
    ActivityRegistrationWithdrawn,
    ActivityTeamRegistered,
    ActivityTeamWithdrawn,
)
from shared.errors import Refused

NOT_OF_THE_SEX = "not-of-the-sex-it-is-meant-for"


class RegistrationClosed(Refused):
    """The deadline has passed."""

    code = "registration-closed"


class RegistrationFull(Refused):
    """All places for people are taken."""

    code = "registration-full"


class TeamsFull(Refused):
    """All places for teams are taken."""

    code = "teams-full"


class AlreadyRegistered(Refused):
    """This person or team is registered."""

    code = "already-registered"


class NotRegistered(Refused):
    """This person or team is not registered."""

    code = "not-registered"


class AlreadyAttended(Refused):
    """The person was counted."""

    code = "already-attended"


class Registration(BaseModel):
    """Where one person or team stands with one activity; its facts are events of the activity."""

    model_config = ConfigDict(frozen=True)

    activity: UUID
    status: Literal["registered", "withdrawn", "attended"]
    people: int = 1


def person_entry(activity: UUID, person: UUID) -> UUID:
    """Id of the registration of a person."""
    return uuid5(activity, f"person {person}")


def team_entry(activity: UUID, union: UUID, team: int) -> UUID:
    """Id of the registration of a union's team of this number."""
    return uuid5(activity, f"team {team} of {union}")


def decide_register(
    activity: Activity, before: Registration | None, person: UUID, sex: str, on: date
) -> tuple[ActivityRegistered]:
    """While there are places, until the deadline, once."""
    _refuse_closed(activity, on)
    _refuse_registered(before, str(person))
    if activity.max_people is not None and activity.people >= activity.max_people:
        raise RegistrationFull(
            f"all {activity.max_people} places are taken",
            field="person",
            value=str(person),
            remedy="wait until somebody withdraws",
        )
    meant = kinds()[activity.activity_kind].sex
    warnings = (NOT_OF_THE_SEX,) if meant and sex != meant else ()
    return (ActivityRegistered(**activity.topic, occurredon=on, person=person, sex=sex, warnings=warnings),)


def decide_withdraw(
    activity: Activity, before: Registration | None, person: UUID, sex: str, on: date
) -> tuple[ActivityRegistrationWithdrawn]:
    """Until the activity is held."""
    refuse_unless(activity, "open")
    _registered(before, str(person))
    return (ActivityRegistrationWithdrawn(**activity.topic, occurredon=on, person=person, sex=sex),)


def decide_register_team(
    activity: Activity, before: Registration | None, team: tuple[UUID, int], people: int, on: date
) -> tuple[ActivityTeamRegistered]:
    """`team`: the union and the number of its team."""
    _refuse_closed(activity, on)
    union, number = team
    _refuse_registered(before, f"{union} {number}")
    if activity.max_teams is not None and activity.teams >= activity.max_teams:
        raise TeamsFull(
            f"all {activity.max_teams} places for teams are taken",
            field="team",
            value=str(number),
            remedy="wait until a team withdraws",
        )
    return (
        ActivityTeamRegistered(**activity.topic, occurredon=on, team_union=union, team=number, people=people),
    )


def decide_withdraw_team(
    activity: Activity, before: Registration | None, team: tuple[UUID, int], on: date
) -> tuple[ActivityTeamWithdrawn]:
    """Until the activity is held."""
    refuse_unless(activity, "open")
    union, number = team
    people = _registered(before, f"{union} {number}").people
    return (
        ActivityTeamWithdrawn(**activity.topic, occurredon=on, team_union=union, team=number, people=people),
    )


def decide_attend(
    activity: Activity, before: Registration | None, person: tuple[UUID, str], hours: int, on: date
) -> tuple[ActivityAttended]:
    """Registered before or not; after the activity was held and before it is reported."""
    held_on = activity.held()
    refuse_unless(activity, "held")
    who, sex = person
    refuse_counts(activity.activity_kind, ActivityCounts(hours=hours))
    if before is not None and before.status == "attended":
        raise AlreadyAttended(
            "the person was counted", field="person", value=str(who), remedy="nothing is left to do"
        )
    return (
        ActivityAttended(**activity.topic, occurredon=on, person=who, sex=sex, hours=hours, held_on=held_on),
    )


def _refuse_closed(activity: Activity, on: date) -> None:
    refuse_unless(activity, "open")
    if activity.closes_on and on > activity.closes_on:
        raise RegistrationClosed(
            f"registration ended on {activity.closes_on}",
            field="registered_on",
            value=str(on),
            remedy="ask the organiser",
        )


def _refuse_registered(before: Registration | None, who: str) -> None:
    if before is not None and before.status == "registered":
        raise AlreadyRegistered(
            "it is registered for this activity", field="person", value=who, remedy="nothing is left to do"
        )


def _registered(before: Registration | None, who: str) -> Registration:
    if before is None or before.status != "registered":
        raise NotRegistered(
            "it is not registered for this activity", field="person", value=who, remedy="check who it is"
        )
    return before
