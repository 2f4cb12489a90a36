"""Deemed to have left: proposed by the calendar, confirmed by a person (DOMAIN MEM-04)."""

from datetime import date

from services.membership.domain.dates import NothingChanges, check_happened, months_after
from services.membership.domain.joining import decide_leave
from services.membership.domain.members import (
    IN_SERVICE,
    BeforeJoining,
    Member,
    check_fact,
    no_longer_idle,
)
from services.membership.domain.placed import At
from services.membership.domain.standing import NotInService
from shared.approval import refuse_own
from shared.contracts.membership import MemberIdleRecorded
from shared.errors import Refused
from shared.rules import rule

DEEMED_LEFT = "deemed_left"
MONTHS = "membership.idle_months"


class NotIdle(Refused):
    """Nobody has recorded that the member is without dues and activity."""

    code = "not-idle"


class NotIdleLongEnough(Refused):
    """The time after which a member is deemed to have left is not over."""

    code = "not-idle-long-enough"


def decide_record_idle(member: Member, since: date, recorder: str, on: date, today: date) -> tuple[At, ...]:
    """No dues and no activity since a day; the end is proposed when the months of the rule are over."""
    check_fact(member, on, today)
    check_happened(since, on, "idle_since")
    if since < member.joined_on:
        raise BeforeJoining(
            f"the member joined on {member.joined_on.isoformat()}",
            "idle_since",
            since.isoformat(),
            f"give a date from {member.joined_on.isoformat()} on",
        )
    if member.standing != IN_SERVICE:
        raise NotInService(
            f"the standing is {member.standing}",
            "member",
            member.standing,
            "retained and retired members need pay no dues",
        )
    if member.proposed_on is not None:
        raise NothingChanges("it is recorded already", "member", "", "nothing to do")
    proposed = months_after(since, rule(MONTHS, on))
    idle = MemberIdleRecorded(
        occurredon=on, person=member.person, idle_since=since, proposed_on=proposed, recorder=recorder
    )
    return (At(member.union, idle),)


def decide_active(member: Member, on: date, today: date) -> tuple[At, ...]:
    """Paid, took part, or has a good reason: nothing is proposed any more."""
    check_fact(member, on, today)
    _check_idle(member)
    return no_longer_idle(member, on)


def decide_deem_left(member: Member, confirming: str, on: date, today: date) -> tuple[At, ...]:
    """Confirmed by somebody else than who recorded it, after talks, when the time is over."""
    check_fact(member, on, today)
    proposed = _check_idle(member)
    refuse_own(member.idle_recorder or "", confirming)
    if on < proposed:
        raise NotIdleLongEnough(
            f"the end is proposed from {proposed.isoformat()} on",
            "on",
            on.isoformat(),
            "wait until then, or record that the member has resigned",
        )
    return decide_leave(member, DEEMED_LEFT, on, today)


def _check_idle(member: Member) -> date:
    if member.proposed_on is None:
        raise NotIdle(
            "the member is not recorded as idle", "member", "", "record first since when, after talks"
        )
    return member.proposed_on
