"""Laws of funds that hold after any history."""

from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.welfare.domain.funding import PaymentBeyondBalance
from services.welfare.domain.funds import Fund, evolve
from shared.contracts.money import Posted
from shared.contracts.welfare import FundAllocated, FundDrawn, FundPassedOn, FundReturned
from shared.errors import Problem
from tests.unit.welfare.stories import (
    FundDecision,
    allocated,
    drawn,
    opened,
    passed_on,
    recovered,
    returned,
)

fen = st.integers(1, 100)
days = st.integers(0, 40).map(lambda n: date(2013, 1, 1) + timedelta(n))
step: st.SearchStrategy[FundDecision] = st.one_of(
    st.builds(allocated, fen, days),
    st.builds(allocated, fen, days),
    st.builds(drawn, fen, days),
    st.builds(passed_on, fen, days),
    st.builds(recovered, fen, days),
    st.builds(returned, fen, days),
)


def carried_out(steps: list[FundDecision]) -> tuple[Fund, list[Posted]]:
    fund, history = opened(), list[Posted]()
    for decide in steps:
        try:
            events = decide(fund)
        except Problem:
            continue
        history += events
        fund = reduce(evolve, events, fund)
    return fund, history


@given(st.lists(step, max_size=40))
def test_what_was_allocated_was_drawn_passed_on_returned_or_is_left(steps: list[FundDecision]) -> None:
    fund, history = carried_out(steps)
    sums = {kind: sum(e.fen for e in history if isinstance(e, kind)) for kind in (FundAllocated, FundDrawn)}
    assert fund.allocated_fen == sums[FundAllocated]
    assert fund.drawn_fen == sums[FundDrawn]
    assert fund.returned_fen == sum(e.fen for e in history if isinstance(e, FundReturned))
    assert 0 <= fund.passed_on_fen <= sum(e.fen for e in history if isinstance(e, FundPassedOn))
    assert fund.allocated_fen == fund.drawn_fen + fund.passed_on_fen + fund.returned_fen + fund.left_fen


@given(st.lists(step, max_size=40))
def test_what_is_left_is_what_the_postings_say_and_never_negative_on_any_day(
    steps: list[FundDecision],
) -> None:
    fund, history = carried_out(steps)
    held = 0
    for on in sorted({event.occurredon for event in history}):
        held = sum(
            posting.fen
            for event in history
            for posting in event.postings
            if event.occurredon <= on and posting.account == "funds"
        )
        assert held >= 0
    assert held == fund.left_fen
    assert all(sum(posting.fen for posting in event.postings) == 0 for event in history)


@given(st.lists(step, max_size=25), days)
def test_whatever_is_said_to_be_available_can_be_paid_and_not_a_fen_more(
    steps: list[FundDecision], on: date
) -> None:
    fund, _ = carried_out(steps)
    available = fund.available_fen(on)
    assert 0 <= available <= fund.left_fen
    if available:
        assert drawn(available, on)(fund)
    with pytest.raises(PaymentBeyondBalance):
        drawn(available + 1, on)(fund)


@given(st.lists(step, max_size=25))
def test_a_fund_survives_being_stored(steps: list[FundDecision]) -> None:
    fund, _ = carried_out(steps)
    assert Fund.model_validate_json(fund.model_dump_json()) == fund
