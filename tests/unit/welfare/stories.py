"""Help told as the business would: states and decisions whose defaults are valid."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from services.welfare.domain import funding
from services.welfare.domain.funds import Fund
from services.welfare.domain.funds import evolve as evolve_fund

UNION = UUID("0196f000-0000-7000-8000-000000000001")
ABOVE = UUID("0196f000-0000-7000-8000-000000000002")
BELOW = UUID("0196f000-0000-7000-8000-000000000003")
FUND = UUID("0196f000-0000-7000-8000-0000000000f1")
OTHER_FUND = UUID("0196f000-0000-7000-8000-0000000000f2")
PAYMENT = UUID("0196f000-0000-7000-8000-0000000000a1")

FundDecision = Callable[[Fund], tuple[Any, ...]]


def day(month: int, number: int = 1) -> date:
    return date(2013, month, number)


def opened(source: str = "county", union: UUID = UNION, **but: Any) -> Fund:
    """A fund of 2013, opened on New Year's day."""
    opening = funding.Opening(union, source, "any", but.pop("year", 2013), but.pop("holders_only", None))
    (event,) = funding.decide_open(None, opening, day(1))
    return evolve_fund(None, event)


def after(fund: Fund, *decisions: FundDecision) -> Fund:
    for decide in decisions:
        fund = reduce(evolve_fund, decide(fund), fund)
    return fund


def allocated(fen: int, on: date = date(2013, 2, 1), giver_fund: UUID | None = None) -> FundDecision:
    said = funding.Allocation(fen, "县工〔2013〕1号", None, giver_fund)
    return lambda fund: funding.decide_allocate(fund, said, on)


def drawn(fen: int, on: date = date(2013, 3, 1)) -> FundDecision:
    return lambda fund: funding.decide_draw(fund, PAYMENT, fen, on)


def restored(fen: int, on: date = date(2013, 4, 1)) -> FundDecision:
    return lambda fund: funding.decide_restore(fund, PAYMENT, fen, on)


def returned(fen: int, on: date = date(2013, 12, 1)) -> FundDecision:
    return lambda fund: funding.decide_return(fund, funding.Allocation(fen, "县工〔2013〕2号"), on)


def passed_on(fen: int, on: date = date(2013, 3, 1)) -> FundDecision:
    below = opened(union=BELOW)
    return lambda fund: funding.decide_pass_on(fund, below, OTHER_FUND, fen, on)


def recovered(fen: int, on: date = date(2013, 12, 1)) -> FundDecision:
    return lambda fund: funding.decide_recover(fund, OTHER_FUND, fen, on)


def closed(on: date = date(2013, 12, 31)) -> FundDecision:
    return lambda fund: funding.decide_close(fund, on)
