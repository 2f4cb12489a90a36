"""Joining, moving along and leaving (DOMAIN MEM-01, MEM-02, MEM-04)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.membership.domain.dates import BeforeLatestFact, check_happened
from services.membership.domain.members import Member, about, check_fact, no_longer_idle
from services.membership.domain.placed import At
from services.membership.domain.unions import Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import MemberJoined, MemberLeft, MemberTransferredIn, MemberTransferredOut
from shared.errors import Refused


class AlreadyMember(Refused):
    """The person has a living membership."""

    code = "already-member"


class BeforeBirth(Refused):
    """The person was not born yet."""

    code = "before-birth"


class SameUnion(Refused):
    """A transfer leads to another union."""

    code = "same-union"


class Applicant(NamedTuple):
    """What the rules need to know of somebody who joins; `born` only where the document tells it."""

    person: UUID
    sex: str
    worker_kind: str
    born: date | None = None
    employer: UUID | None = None


def decide_join(
    member: Member | None, applicant: Applicant, union: tuple[UUID, Union], on: date, today: date
) -> tuple[At, ...]:
    """Approved into a union that lives on that date; who has left may join again from the leaving date on."""
    catalogue("sexes").checked(applicant.sex, "sex")
    catalogue("worker_kinds").checked(applicant.worker_kind, "worker_kind")
    check_happened(on, today, "joined_on")
    if applicant.born is not None and on < applicant.born:
        raise BeforeBirth(
            "the date of joining lies before the day of birth",
            "joined_on",
            on.isoformat(),
            "compare date and document",
        )
    if member is not None and member.living:
        raise AlreadyMember(
            "the person has a living membership at " + str(member.union),
            "document_number",
            "",
            "transfer the member, or end the other membership first",
        )
    if member is not None and on < member.latest_on:
        raise BeforeLatestFact(
            f"the earlier membership ended on {member.latest_on.isoformat()}",
            "joined_on",
            on.isoformat(),
            f"give a date from {member.latest_on.isoformat()} on",
        )
    check_living(union[1], on, "joined_on")
    joined = MemberJoined(
        occurredon=on,
        person=applicant.person,
        sex=applicant.sex,
        worker_kind=applicant.worker_kind,
        employer=applicant.employer,
    )
    return (At(union[0], joined),)


def decide_transfer(member: Member, destination: tuple[UUID, Union], on: date, today: date) -> tuple[At, ...]:
    """Out of one union and into another on one day, keeping the standing (DOMAIN MEM-02)."""
    check_fact(member, on, today)
    unit, union = destination
    if unit == member.union:
        raise SameUnion("the member is there already", "to", str(unit), "nothing to do")
    check_living(union, on)
    facts = {"occurredon": on, "standing": member.standing, **about(member)}
    return (
        *no_longer_idle(member, on),
        At(member.union, MemberTransferredOut(destination=unit, **facts)),
        At(unit, MemberTransferredIn(origin=member.union, **facts)),
    )


def decide_leave(member: Member, reason: str, on: date, today: date) -> tuple[At, ...]:
    """The membership ends for a reason of the catalogue (DOMAIN MEM-04)."""
    catalogue("leave_reasons").checked(reason, "reason")
    check_fact(member, on, today)
    left = MemberLeft(occurredon=on, standing=member.standing, reason=reason, **about(member))
    return (*no_longer_idle(member, on), At(member.union, left))
