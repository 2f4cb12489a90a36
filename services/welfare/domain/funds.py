"""A fund of one union, source and purpose, in integer fen (DOMAIN WEL-06).

At every moment: allocated = drawn (less restored) + passed on (less recovered) + returned + left; and what is
left was never negative on any business date.
"""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.welfare.domain.dated import available, changed
from shared.contracts.welfare import (
    FundAllocated,
    FundClosed,
    FundDrawn,
    FundOpened,
    FundPassedOn,
    FundRecovered,
    FundRestored,
    FundReturned,
)

FundEvent = (
    FundOpened
    | FundAllocated
    | FundPassedOn
    | FundDrawn
    | FundRestored
    | FundReturned
    | FundRecovered
    | FundClosed
)

_NAMESPACE = UUID("2f0d4c58-1f62-5a63-9a3e-4f0a1f1d7c11")


class Fund(BaseModel):
    """Sums since it was opened; `days` has the net change of every business date on which it changed."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    source: str
    purpose: str
    year: int | None
    holders_only: bool
    opened_on: date
    allocated_fen: int = 0
    drawn_fen: int = 0
    passed_on_fen: int = 0
    returned_fen: int = 0
    passed: Mapping[UUID, int] = {}
    days: Mapping[date, int] = {}
    closed: bool = False

    @property
    def left_fen(self) -> int:
        """In the fund after everything that is known."""
        return self.allocated_fen - self.drawn_fen - self.passed_on_fen - self.returned_fen

    def available_fen(self, on: date) -> int:
        """What may be taken out on a day so that no later day falls below zero."""
        return available(self.days, on)


def fund_id(union: UUID, source: str, purpose: str, year: int | None) -> UUID:
    """There is one fund per union, source, purpose and year (None: open-ended)."""
    return uuid5(_NAMESPACE, f"fund/{union}/{source}/{purpose}/{year or 'open'}")


def evolve(fund: Fund | None, event: FundEvent) -> Fund:
    """The fund after the event."""
    if isinstance(event, FundOpened):
        return Fund(
            union=event.union,
            source=event.source,
            purpose=event.purpose,
            year=event.year,
            holders_only=event.holders_only,
            opened_on=event.occurredon,
        )
    assert fund is not None, "a fund is opened first"
    if isinstance(event, FundClosed):
        return fund.model_copy(update={"closed": True})
    return _moved(fund, event)


def _moved(
    fund: Fund,
    event: FundAllocated | FundPassedOn | FundDrawn | FundRestored | FundReturned | FundRecovered,
) -> Fund:
    match event:
        case FundAllocated(fen=fen):
            return _with(fund, event.occurredon, fen, allocated_fen=fen)
        case FundPassedOn(fen=fen, to_fund=other):
            return _passed(_with(fund, event.occurredon, -fen, passed_on_fen=fen), other, fen)
        case FundDrawn(fen=fen):
            return _with(fund, event.occurredon, -fen, drawn_fen=fen)
        case FundRestored(fen=fen):
            return _with(fund, event.occurredon, fen, drawn_fen=-fen)
        case FundReturned(fen=fen):
            return _with(fund, event.occurredon, -fen, returned_fen=fen)
        case FundRecovered(fen=fen, from_fund=other):
            return _passed(_with(fund, event.occurredon, fen, passed_on_fen=-fen), other, -fen)
        case _:
            assert_never(event)


def _with(fund: Fund, on: date, net: int, **added: int) -> Fund:
    sums = {name: getattr(fund, name) + fen for name, fen in added.items()}
    return fund.model_copy(update={**sums, "days": changed(fund.days, on, net)})


def _passed(fund: Fund, other: UUID, fen: int) -> Fund:
    return fund.model_copy(update={"passed": {**fund.passed, other: fund.passed.get(other, 0) + fen}})
