"""Counting what is listed under a union, where a rule asks for it."""

from uuid import UUID

from services.membership.aggregates import EMPLOYER, MEMBER
from services.membership.domain.members import IN_SERVICE, Member
from shared.work.needs import Listed, Own
from shared.work.work import Work


def covered_by(work: Work, unit: UUID) -> list[UUID]:
    """The employers that the union covers; others may be registered there without being covered."""
    work.want(Listed(EMPLOYER.name, unit))
    listed = work.listed(EMPLOYER, unit)
    work.want(*(Own(each) for each in listed))
    states = ((each, work.get(EMPLOYER, each)) for each in listed)
    return [each for each, state in states if state is not None and state.union == unit]


def members_at_least(work: Work, unit: UUID, enough: int) -> bool:
    """Whether the union has so many members in service."""
    work.want(Listed(MEMBER.name, unit))
    if len(work.listed(MEMBER, unit)) < enough:
        return False
    return members_counted(work, unit) >= enough


def members_counted(work: Work, unit: UUID) -> int:
    """How many members in service the union has, by what is listed there; not those of its sub-unions."""
    return len(members_in_service(work, unit))


def members_in_service(work: Work, unit: UUID) -> list[Member]:
    """The members in service of the union itself."""
    return [state for _, state in living_members(work, unit) if state.standing == IN_SERVICE]


def women_counted(work: Work, unit: UUID, what: str) -> int:
    """Women among the members in service, or on the payrolls of the employers that the union covers."""
    if what == "members":
        return sum(state.sex == "female" for state in members_in_service(work, unit))
    employers = (work.get(EMPLOYER, each) for each in covered_by(work, unit))
    return sum(each.headcount.women for each in employers if each is not None and each.headcount)


def living_members(work: Work, unit: UUID) -> list[tuple[UUID, Member]]:
    """Those of the union who have not left, in the order of their ids."""
    work.want(Listed(MEMBER.name, unit))
    listed = work.listed(MEMBER, unit)
    work.want(*(Own(each) for each in listed))
    states = ((each, work.get(MEMBER, each)) for each in listed)
    return [(each, state) for each, state in states if state is not None and state.living]
