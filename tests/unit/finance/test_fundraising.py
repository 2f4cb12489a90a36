"""Raised funds and goods: no more goes out than came in."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import fundraising
from services.finance.domain.fundraising import DonatedGoods, Donation, Fundraising, FundraisingEvent, Use
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import FundraisingOpened
from shared.contracts.money import moved
from shared.errors import Problem
from shared.stages import StepOutOfTurn
from tests.unit.finance.spending import UNION

DAY, BEFORE = date(2013, 1, 20), date(2013, 1, 19)
OPENED = FundraisingOpened(occurredon=DAY, union=UNION, purpose="condolence", recorder="ada")


def drive(*events: FundraisingEvent) -> Fundraising:
    state = fundraising.evolve(None, OPENED)
    for event in events:
        state = fundraising.evolve(state, event)
    return state


def money(fen: int = 1_000, on: date = DAY) -> Donation:
    return Donation("party_members", 10, fen, on)


def goods(quantity: int = 2, on: date = DAY) -> DonatedGoods:
    return DonatedGoods("party_members", "fertiliser", quantity, None, on)


def use(amount: int, on: date = DAY) -> Use:
    return Use(amount, 1, "领1号", on)


def test_money_is_held_for_its_purpose() -> None:
    (raised,) = fundraising.decide_raise(drive(), money())
    assert raised.postings == moved(1_000, to="raised_funds", out_of="raised")
    (spent,) = fundraising.decide_spend(drive(raised), use(400), "bo")
    assert spent.postings == moved(400, to="spent_services", out_of="raised_funds")
    assert drive(raised, spent).left_fen == 600


def test_no_more_money_is_spent_than_is_left() -> None:
    raised = fundraising.decide_raise(drive(), money())
    with pytest.raises(fundraising.SpentBeyondRaised):
        fundraising.decide_spend(drive(*raised), use(1_001), "bo")


def test_no_more_goods_are_given_than_are_left() -> None:
    raised = fundraising.decide_raise_goods(drive(), goods())
    with pytest.raises(fundraising.GivenBeyondRaised):
        fundraising.decide_give(drive(*raised), "fertiliser", use(3), "bo")
    with pytest.raises(fundraising.GivenBeyondRaised):
        fundraising.decide_give(drive(*raised), "rice", use(1), "bo")


def test_who_opened_it_does_not_approve_what_goes_out() -> None:
    both = (
        *fundraising.decide_raise(drive(), money()),
        *fundraising.decide_raise_goods(drive(), goods()),
    )
    with pytest.raises(ApproverIsRecorder):
        fundraising.decide_spend(drive(*both), use(1), "ada")
    with pytest.raises(ApproverIsRecorder):
        fundraising.decide_give(drive(*both), "fertiliser", use(1), "ada")


def test_a_closed_collection_takes_nothing_in_and_may_spend_what_is_left() -> None:
    raised = fundraising.decide_raise(drive(), money())
    closed = fundraising.decide_close(drive(*raised), DAY)
    assert closed[0].left_fen == 1_000
    with pytest.raises(StepOutOfTurn):
        fundraising.decide_raise(drive(*raised, *closed), money())
    with pytest.raises(StepOutOfTurn):
        fundraising.decide_raise_goods(drive(*raised, *closed), goods())
    assert fundraising.decide_spend(drive(*raised, *closed), use(1_000), "bo")


def test_nothing_happens_before_it_was_opened() -> None:
    for decide in (
        lambda: fundraising.decide_raise(drive(), money(on=BEFORE)),
        lambda: fundraising.decide_raise_goods(drive(), goods(on=BEFORE)),
        lambda: fundraising.decide_spend(drive(), use(1, BEFORE), "bo"),
    ):
        with pytest.raises(fundraising.BeforeOpening):
            decide()


@given(st.lists(st.tuples(st.booleans(), st.integers(1, 1_000)), max_size=40))
def test_what_is_left_is_what_was_raised_less_what_was_spent(steps: list[tuple[bool, int]]) -> None:
    state, raised, spent = drive(), 0, 0
    for comes_in, fen in steps:
        try:
            if comes_in:
                state = fundraising.evolve(state, *fundraising.decide_raise(state, money(fen)))
                raised += fen
            else:
                state = fundraising.evolve(state, *fundraising.decide_spend(state, use(fen), "bo"))
                spent += fen
        except Problem:
            continue
    assert state.left_fen == raised - spent >= 0
