"""Dues that members pay themselves (DOMAIN FIN-03)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid5

from services.finance.domain import periods
from shared.contracts.finance import MemberDuesReceived
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule

_NAMESPACE = UUID("3b9de1c4-7f4d-5a39-8f83-66a31d1f41e7")


class NotAMonth(Refused):
    """Members pay by the month."""

    code = "not-a-month"


class NoMemberDues(Refused):
    """Every wage is below the first step."""

    code = "no-member-dues"


class MemberDues(Frozen):
    """What members of one union paid for one calendar year; payments of members, not members."""

    union: UUID
    year: int
    received_fen: int = 0
    payments: int = 0


class Collected(NamedTuple):
    """How many members paid for a month, and how much together."""

    month: str
    members: int
    amount_fen: int
    on: date


@lru_cache(maxsize=65536)
def member_dues_id(union: UUID, year: int) -> UUID:
    """The member dues of a union for a calendar year."""
    return uuid5(_NAMESPACE, f"member-dues/{union}/{year}")


def due_on_wage(wage_fen: int, on: date, area: str = "") -> int:
    """0.5 % of a month's wage, parts below ten yuan ignored: 4,567.00 yuan → 22.80 yuan."""
    step = rule("member_dues.wage_step_fen", on, area)
    return wage_fen // step * rule("member_dues.fen_a_step", on, area)


def due_on_wages(wages_fen: Sequence[int], month: str, area: str = "") -> int:
    """Together, each wage by itself; by the rule of the month's first day."""
    return sum(due_on_wage(wage, periods.parse(month).first, area) for wage in wages_fen)


def decide_receive(collected: Collected) -> tuple[MemberDuesReceived]:
    """For one month; the money is the union's alone."""
    period = periods.parse(collected.month)
    if (period.first.year, period.first.month) != (period.last.year, period.last.month):
        raise NotAMonth("it is a longer period", field="month", value=collected.month, remedy="give YYYY-MM")
    if not collected.amount_fen:
        raise NoMemberDues(
            "the dues of these wages are zero",
            field="wages_fen",
            value=str(collected.members),
            remedy="give wages in fen, not in yuan",
        )
    return (
        MemberDuesReceived(
            occurredon=collected.on,
            month=collected.month,
            members=collected.members,
            amount_fen=collected.amount_fen,
            postings=moved(collected.amount_fen, to="bank", out_of="member_dues"),
        ),
    )


def evolve(dues: MemberDues, event: MemberDuesReceived) -> MemberDues:
    """The year after the payment."""
    return dues.model_copy(
        update={
            "received_fen": dues.received_fen + event.amount_fen,
            "payments": dues.payments + event.members,
        }
    )
