"""Disclosures: put together by one, published by another, for a time."""

from datetime import date
from typing import Any

import pytest

from services.finance.domain import disclosures
from services.finance.domain.disclosures import Disclosure, Posting
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import DisclosedItem, DisclosurePrepared
from shared.stages import BeforeLastStep, StepOutOfTurn
from tests.unit.finance.spending import UNION

DAY, END, AFTER = date(2013, 3, 1), date(2013, 3, 31), date(2013, 4, 1)
CARS = DisclosedItem(item="vehicles_run", amount_fen=100)


def prepared(*items: DisclosedItem) -> DisclosurePrepared:
    return DisclosurePrepared(
        occurredon=DAY,
        union=UNION,
        kind="public_expenses",
        year=2012,
        items=items or (CARS,),
        recorder="ada",
    )


def disclosure(*events: Any) -> Disclosure:
    state = disclosures.evolve(None, prepared())
    for event in events:
        state = disclosures.evolve(state, event)
    return state


def test_a_line_stands_once() -> None:
    with pytest.raises(disclosures.ItemTwice):
        disclosures.decide_prepare(prepared(CARS, CARS))


def test_who_put_it_together_does_not_publish_it() -> None:
    with pytest.raises(ApproverIsRecorder):
        disclosures.decide_publish(disclosure(), Posting("board", END, DAY), "ada")


def test_it_is_not_taken_down_before_it_is_put_up() -> None:
    with pytest.raises(disclosures.PostedBackwards):
        disclosures.decide_publish(disclosure(), Posting("board", date(2013, 2, 28), DAY), "bo")
    with pytest.raises(BeforeLastStep):
        disclosures.decide_publish(disclosure(), Posting("board", END, date(2013, 2, 28)), "bo")


def test_it_is_published_once() -> None:
    published = disclosures.decide_publish(disclosure(), Posting("board", END, DAY), "bo")
    with pytest.raises(StepOutOfTurn):
        disclosures.decide_publish(disclosure(*published), Posting("board", END, DAY), "bo")


def test_taken_down_it_tells_until_when_it_would_have_hung() -> None:
    published = disclosures.decide_publish(disclosure(), Posting("board", END, DAY), "bo")
    (event,) = disclosures.decide_withdraw(disclosure(*published), "撤1号", END)
    assert (event.old_posted_until, event.channel) == (END, "board")
    with pytest.raises(disclosures.PostingOver):
        disclosures.decide_withdraw(disclosure(*published), "撤1号", AFTER)
    with pytest.raises(StepOutOfTurn):
        disclosures.decide_withdraw(disclosure(), "撤1号", DAY)
