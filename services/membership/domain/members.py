"""A person's membership, one aggregate for life: join once and move along (DOMAIN MEM-01 to MEM-04).

Facts of one membership are recorded in the order of their dates, so that stocks are right on every day.
"""

from datetime import date
from typing import Any
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import BeforeLatestFact, check_happened
from services.membership.domain.placed import At
from shared.contracts.membership import (
    AboutMember,
    MemberCorrected,
    MemberIdleEnded,
    MemberIdleRecorded,
    MemberJoined,
    MemberKindChanged,
    MemberLeft,
    MemberResumed,
    MemberRetained,
    MemberRetired,
    MembershipEvent,
    MemberTransferredIn,
    MemberTransferredOut,
)
from shared.errors import Refused

IN_SERVICE, RETAINED, RETIRED, LEFT = "in_service", "retained", "retired", "left"


class NoLivingMembership(Refused):
    """The membership has ended."""

    code = "no-living-membership"


class BeforeJoining(BeforeLatestFact):
    """The membership had not begun on that date."""

    code = "before-joining"


class Member(BaseModel):
    """State of a membership; `latest_on` dates its latest fact, `joined_on` the present joining.

    From `proposed_on` on it is proposed as ended, for nobody has heard of the member (DOMAIN MEM-04).
    """

    model_config = ConfigDict(frozen=True)

    person: UUID
    union: UUID
    standing: str
    sex: str
    worker_kind: str
    joined_on: date
    latest_on: date
    employer: UUID | None = None
    proposed_on: date | None = None
    idle_recorder: str | None = None

    @property
    def living(self) -> bool:
        """Whether the membership has not ended."""
        return self.standing != LEFT


def membership_of(person: UUID) -> UUID:
    """The id of a person's membership: one per person, so that nobody can have two living ones."""
    return uuid5(person, "membership")


def evolve(member: Member | None, placed: At) -> Member:
    """The next state; the unit counts, for the union is not in the event's body."""
    unit, event = placed
    if isinstance(event, MemberJoined):
        return Member(
            person=event.person,
            union=unit,
            standing=IN_SERVICE,
            sex=event.sex,
            worker_kind=event.worker_kind,
            joined_on=event.occurredon,
            latest_on=event.occurredon,
            employer=event.employer,
        )
    if member is None:
        raise TypeError(f"{type(event).__name__} before the person joined")
    return member.model_copy(update={"latest_on": event.occurredon, **_change(unit, event)})


STANDING_AFTER: dict[type, str] = {
    MemberLeft: LEFT,
    MemberRetired: RETIRED,
    MemberRetained: RETAINED,
    MemberResumed: IN_SERVICE,
}


def _change(unit: UUID, event: Any) -> dict[str, Any]:
    match event:
        case MemberTransferredOut():
            return {}
        case MemberTransferredIn():
            return {"union": unit, "employer": None}
        case MemberCorrected() | MemberKindChanged():
            return {"sex": event.sex, "worker_kind": event.worker_kind}
        case MemberIdleRecorded():
            return {"proposed_on": event.proposed_on, "idle_recorder": event.recorder}
        case MemberIdleEnded():
            return {"proposed_on": None, "idle_recorder": None}
        case _ if type(event) in STANDING_AFTER:
            return {"standing": STANDING_AFTER[type(event)]}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a member")


def check_fact(member: Member, on: date, today: date) -> None:
    """Raises unless the membership lives and the date is neither in the future nor before an earlier fact."""
    if not member.living:
        raise NoLivingMembership(
            f"the membership ended on {member.latest_on.isoformat()}", "member", "", "join again first"
        )
    check_happened(on, today)
    if on < member.joined_on:
        raise BeforeJoining(
            f"the member joined on {member.joined_on.isoformat()}",
            "on",
            on.isoformat(),
            f"give a date from {member.joined_on.isoformat()} on",
        )
    if on < member.latest_on:
        raise BeforeLatestFact(
            f"the latest fact of this membership is of {member.latest_on.isoformat()}",
            "on",
            on.isoformat(),
            f"give a date from {member.latest_on.isoformat()} on",
        )


def no_longer_idle(member: Member, on: date) -> tuple[At, ...]:
    """What has to be said first when the member leaves, goes or rests: the proposal falls away."""
    if member.proposed_on is None:
        return ()
    ends = max(member.proposed_on, on)
    ended = MemberIdleEnded(occurredon=on, person=member.person, proposed_on=member.proposed_on, ends_on=ends)
    return (At(member.union, ended),)


def about(member: Member) -> dict[str, Any]:
    """The fields of `AboutMember`."""
    fields = AboutMember.model_fields.keys() - MembershipEvent.model_fields.keys()
    return member.model_dump(include=set(fields))
