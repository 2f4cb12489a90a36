"""Closing the money of a union that has ended (DOMAIN ORG-13).

On a merger the successor gets it, on a division several heirs by numbers of workers, on a dissolution the
next higher union. All of what is held and owed goes; an audit comes first.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.finance.domain.money import MoneyIsClosed, UnionMoney
from shared.contracts.finance import UnionMoneyClosed, UnionMoneyPassedOn, UnionMoneyTakenOver
from shared.contracts.money import Posting
from shared.errors import Refused
from shared.shares import divided

PASSED_ON, TAKEN_OVER = "closing_passed_on", "closing_taken_over"


class UnionNotEnded(Refused):
    """A union that exists keeps its money."""

    code = "union-not-ended"


class ClosedBeforeEnd(Refused):
    """Money is passed on when the union has ended, not before."""

    code = "closed-before-end"


class NoHeir(Refused):
    """The topmost union has nobody above it."""

    code = "no-heir"


class HeirNotPossible(Refused):
    """A union that has ended, or the same one twice, is no heir."""

    code = "heir-not-possible"


class Heir(NamedTuple):
    """Who takes over; `workers` weigh the parts where there are several."""

    union: UUID
    workers: int | None = None


class Closing(NamedTuple):
    """What is decided about one union."""

    ended_on: date | None
    on: date
    audit: str
    heirs: tuple[Heir, ...]


class Handover(NamedTuple):
    """Both ends of what one heir takes over."""

    heir: UUID
    given: UnionMoneyPassedOn
    taken: UnionMoneyTakenOver


def decide_close(money: UnionMoney, closing: Closing) -> tuple[tuple[Handover, ...], UnionMoneyClosed]:
    """Afterwards every account that holds or owes is at zero; nothing is lost between the heirs."""
    ended_on = _refuse_early(money, closing)
    balances = money.of_side("held", "owed")
    handovers = tuple(
        _handover(money.union, closing, heir, part)
        for heir, part in zip(closing.heirs, _parts(balances, closing.heirs), strict=True)
        if any(part.values())
    )
    closed = UnionMoneyClosed(
        occurredon=closing.on,
        audit=closing.audit,
        ended_on=ended_on,
        heirs=len(closing.heirs),
        amount_fen=sum(balances.values()),
    )
    return handovers, closed


def weights_of(heirs: Sequence[Heir]) -> tuple[int, ...]:
    """Numbers of workers; one heir takes it all."""
    return tuple(heir.workers or 0 for heir in heirs) if len(heirs) > 1 else (1,)


def _parts(balances: Mapping[str, int], heirs: Sequence[Heir]) -> list[dict[str, int]]:
    parts: list[dict[str, int]] = [{} for _ in heirs]
    for account, fen in balances.items():
        for part, share in zip(parts, divided(abs(fen), weights_of(heirs)), strict=True):
            part[account] = share if fen > 0 else -share
    return parts


def _handover(union: UUID, closing: Closing, heir: Heir, part: Mapping[str, int]) -> Handover:
    fen = sum(part.values())
    given = [Posting(account=account, fen=-each) for account, each in part.items() if each]
    taken = [Posting(account=account, fen=each) for account, each in part.items() if each]
    if fen:
        given.append(Posting(account=PASSED_ON, fen=fen))
        taken.append(Posting(account=TAKEN_OVER, fen=-fen))
    return Handover(
        heir.union,
        UnionMoneyPassedOn(
            occurredon=closing.on,
            heir=heir.union,
            audit=closing.audit,
            workers=heir.workers,
            amount_fen=fen,
            postings=tuple(given),
        ),
        UnionMoneyTakenOver(
            occurredon=closing.on,
            ended=union,
            audit=closing.audit,
            amount_fen=fen,
            postings=tuple(taken),
        ),
    )


def _refuse_early(money: UnionMoney, closing: Closing) -> date:
    if money.closed_on:
        raise MoneyIsClosed(
            f"it was closed on {money.closed_on}",
            field="union",
            value=str(money.union),
            remedy="nothing is to be done",
        )
    if closing.ended_on is None:
        raise UnionNotEnded(
            "the union exists",
            field="union",
            value=str(money.union),
            remedy="record its merger or dissolution first",
        )
    if closing.on < closing.ended_on:
        raise ClosedBeforeEnd(
            f"the union ended on {closing.ended_on}",
            field="closed_on",
            value=str(closing.on),
            remedy="give that day or a later one",
        )
    unions = [heir.union for heir in closing.heirs]
    if len(set(unions)) < len(unions) or money.union in unions:
        raise HeirNotPossible(
            "an heir is named twice, or is the union itself",
            field="heirs",
            value=str(money.union),
            remedy="name each living heir once",
        )
    if not unions:
        raise NoHeir(
            "nobody is above the union",
            field="union",
            value=str(money.union),
            remedy="name the heirs",
        )
    return closing.ended_on
