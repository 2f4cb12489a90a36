"""Members of a dissolved union are retained at the next higher one, never lost (DOMAIN ORG-12, MEM-03)."""

from datetime import date
from uuid import UUID

from services.membership.domain.joining import decide_transfer
from services.membership.domain.members import IN_SERVICE, Member, evolve
from services.membership.domain.placed import At
from services.membership.domain.standing import decide_retain
from services.membership.domain.unions import Union
from shared.errors import Refused


class UnionNotDissolved(Refused):
    """Members are taken up from a dissolved union only; those of a merged one count under its successor."""

    code = "union-not-dissolved"


class NoHigherUnion(Refused):
    """Every union above has ended."""

    code = "no-higher-union"


def check_dissolved(union: Union) -> date:
    """The day of the end; raises UnionNotDissolved."""
    if union.ended_on is None or union.successor is not None:
        raise UnionNotDissolved(
            "the union lives, or was merged",
            "union",
            union.name,
            "transfer its members instead" if union.ended_on is None else "they count under its successor",
        )
    return union.ended_on


def decide_take_up(member: Member, higher: tuple[UUID, Union], on: date, today: date) -> tuple[At, ...]:
    """Out of the dissolved union into the higher one, and retained there; on the latest fact at least."""
    day = max(on, member.latest_on)
    moved = decide_transfer(member, higher, day, today)
    if member.standing != IN_SERVICE:
        return moved
    state = member
    for each in moved:
        state = evolve(state, each)
    return (*moved, *decide_retain(state, day, today))
