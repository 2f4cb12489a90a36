"""Hardship funds of enterprises: stories and laws."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.domain import employer_funds as rules
from services.welfare.domain.employer_funds import EmployerFund, evolve
from services.welfare.domain.entries import BeforeLastEntry
from services.welfare.domain.funding import MoneyLeft, PaymentBeyondBalance
from shared.contracts.welfare import HardshipFundContributed, HardshipFundEstablished, HardshipFundPaid
from shared.errors import Problem

UNION, MILL, WORKER = (UUID(int=0x0196F000_0000_7000_8000_000000000000 + n) for n in (1, 2, 3))
BEGUN = date(2013, 1, 1)
Step = Callable[[EmployerFund], tuple[Any, ...]]


def begun() -> HardshipFundEstablished:
    return HardshipFundEstablished(
        occurredon=BEGUN, union=UNION, employer=MILL, above_scale=False, document="厂工〔2013〕1号"
    )


def paid_in(fen: int, on: date = date(2013, 2, 1)) -> Step:
    return lambda fund: rules.decide_contribute(fund, "employer", fen, on)


def paid_out(fen: int, on: date = date(2013, 3, 1)) -> Step:
    return lambda fund: rules.decide_pay_out(fund, WORKER, fen, "", on)


def closed(on: date = date(2013, 12, 1)) -> Step:
    return lambda fund: rules.decide_close(fund, on)


def after(*steps: Step) -> EmployerFund:
    fund = evolve(None, begun())
    for step in steps:
        fund = reduce(evolve, step(fund), fund)
    return fund


def test_an_employer_has_one_fund_until_it_is_closed() -> None:
    with pytest.raises(rules.EmployerFundExists):
        rules.decide_establish(after(), begun())
    assert rules.decide_establish(after(closed()), begun()) == (begun(),)


def test_nobody_is_paid_more_than_there_is() -> None:
    with pytest.raises(PaymentBeyondBalance):
        paid_out(101)(after(paid_in(100)))
    with pytest.raises(PaymentBeyondBalance):
        paid_out(1, date(2013, 1, 31))(after(paid_in(100)))
    assert after(paid_in(100), paid_out(100)).left_fen == 0


def test_only_an_empty_fund_is_closed() -> None:
    with pytest.raises(MoneyLeft):
        closed()(after(paid_in(100)))
    with pytest.raises(rules.EmployerFundClosed):
        paid_in(1)(after(closed()))


def test_nothing_happens_before_it_was_established() -> None:
    with pytest.raises(BeforeLastEntry):
        paid_in(1, date(2012, 12, 31))(after())


def test_coming_above_scale_is_told_with_what_was_before() -> None:
    (event,) = rules.decide_reclassify(after(), BEGUN, above_scale=True)
    assert (event.old_above_scale, event.above_scale) == (False, True)
    with pytest.raises(rules.ScaleUnchanged):
        rules.decide_reclassify(after(), BEGUN, above_scale=False)


fen = st.integers(1, 100)
days = st.integers(0, 40).map(lambda n: BEGUN + timedelta(n))


@given(st.lists(st.one_of(st.builds(paid_in, fen, days), st.builds(paid_out, fen, days)), max_size=30))
def test_what_is_left_is_what_came_in_less_what_went_out_and_what_the_postings_say(steps: list[Step]) -> None:
    fund, history = after(), list[Any]()
    for step in steps:
        try:
            events = step(fund)
        except Problem:
            continue
        history += events
        fund = reduce(evolve, events, fund)
    came = sum(each.fen for each in history if isinstance(each, HardshipFundContributed))
    went = sum(each.fen for each in history if isinstance(each, HardshipFundPaid))
    held = [
        (each.occurredon, posting.fen)
        for each in history
        for posting in each.postings
        if posting.account == "employer_fund"
    ]
    assert fund.left_fen == came - went == sum(much for _, much in held)
    assert all(sum(much for on, much in held if on <= day) >= 0 for day, _ in held)
    assert EmployerFund.model_validate_json(fund.model_dump_json()) == fund
