"""In service, retained, retired; and what the roster had wrong (DOMAIN MEM-03, MEM-07)."""

from datetime import date

from services.membership.domain.dates import NothingChanges
from services.membership.domain.members import (
    IN_SERVICE,
    RETAINED,
    RETIRED,
    Member,
    about,
    check_fact,
    no_longer_idle,
)
from services.membership.domain.placed import At
from shared.catalogues import catalogue
from shared.contracts.membership import (
    MemberCorrected,
    MemberKindChanged,
    MemberResumed,
    MemberRetained,
    MemberRetired,
)
from shared.errors import Refused


class NotInService(Refused):
    """Only a membership in service can be retained."""

    code = "not-in-service"


class NotRetained(Refused):
    """Only a retained membership can be resumed."""

    code = "not-retained"


class AlreadyRetired(Refused):
    """The person has retired already."""

    code = "already-retired"


def decide_retire(member: Member, on: date, today: date) -> tuple[At, ...]:
    """Retired, in service or retained before; keeps the membership (DOMAIN MEM-03)."""
    check_fact(member, on, today)
    if member.standing == RETIRED:
        raise AlreadyRetired("the person has retired already", "member", "", "nothing to do")
    retired = MemberRetired(occurredon=on, old_standing=member.standing, **about(member))
    return (*no_longer_idle(member, on), At(member.union, retired))


def decide_retain(member: Member, on: date, today: date) -> tuple[At, ...]:
    """Membership kept without dues, for example while unemployed (DOMAIN MEM-03)."""
    check_fact(member, on, today)
    if member.standing != IN_SERVICE:
        raise NotInService(
            f"the standing is {member.standing}",
            "member",
            member.standing,
            "only members in service are retained",
        )
    retained = MemberRetained(occurredon=on, old_standing=member.standing, **about(member))
    return (*no_longer_idle(member, on), At(member.union, retained))


def decide_resume(member: Member, on: date, today: date) -> tuple[At, ...]:
    """Back in service."""
    check_fact(member, on, today)
    if member.standing != RETAINED:
        raise NotRetained(
            f"the standing is {member.standing}",
            "member",
            member.standing,
            "only retained memberships are resumed",
        )
    resumed = MemberResumed(occurredon=on, old_standing=member.standing, **about(member))
    return (At(member.union, resumed),)


def decide_correct(
    member: Member, sex: str | None, worker_kind: str | None, on: date, today: date
) -> tuple[At, ...]:
    """The roster was wrong: what figures know of the member is another from `on` on; None leaves it."""
    check_fact(member, on, today)
    if sex is not None:
        catalogue("sexes").checked(sex, "sex")
    if worker_kind is not None:
        catalogue("worker_kinds").checked(worker_kind, "worker_kind")
    corrected = MemberCorrected(
        occurredon=on,
        person=member.person,
        standing=member.standing,
        old_sex=member.sex,
        sex=sex or member.sex,
        old_worker_kind=member.worker_kind,
        worker_kind=worker_kind or member.worker_kind,
    )
    if (corrected.sex, corrected.worker_kind) == (member.sex, member.worker_kind):
        raise NothingChanges("the roster says this already", "member", "", "nothing to do")
    return (At(member.union, corrected),)


def decide_change_kind(member: Member, worker_kind: str, on: date, today: date) -> tuple[At, ...]:
    """Another kind of worker from `on` on; a mistake in the roster is corrected instead (DOMAIN MEM-06)."""
    catalogue("worker_kinds").checked(worker_kind, "worker_kind")
    check_fact(member, on, today)
    if worker_kind == member.worker_kind:
        raise NothingChanges("the member is of this kind", "worker_kind", worker_kind, "nothing to do")
    facts = about(member) | {"worker_kind": worker_kind}
    changed = MemberKindChanged(
        occurredon=on, standing=member.standing, old_worker_kind=member.worker_kind, **facts
    )
    return (At(member.union, changed),)
