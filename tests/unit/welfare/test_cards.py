"""A card's course, and the merchants."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain import cards as rules
from services.welfare.domain import merchants
from services.welfare.domain.cards import ServiceCard, evolve
from services.welfare.domain.merchants import Merchant
from shared.errors import Problem
from tests.support.scenario import Scenario

UNION, PERSON, SHOP, CARD = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
DAY = date(2013, 6, 1)


def told(*steps: Any) -> ServiceCard:
    (first,) = rules.decide_collect(None, UNION, PERSON, DAY)
    return reduce(lambda state, step: reduce(evolve, step(state, DAY), state), steps, evolve(None, first))


def used(state: ServiceCard, on: date) -> Any:
    return rules.decide_use(state, 2, on)


def test_a_card_is_made_delivered_used() -> None:
    card = told(rules.decide_issue, rules.decide_deliver, used)
    assert (card.stage, card.used) == ("delivered", True)
    assert rules.decide_use(card, 1, DAY)[0].first is False


def test_a_lost_card_is_replaced_and_delivered_again() -> None:
    steps = (rules.decide_issue, rules.decide_deliver, rules.decide_lose, rules.decide_replace)
    assert told(*steps).stage == "issued"
    assert told(*steps, rules.decide_deliver).stage == "delivered"


def test_a_cancelled_card_says_whether_it_was_out() -> None:
    (early,) = rules.decide_cancel(told(), DAY)
    (late,) = rules.decide_cancel(told(rules.decide_issue, rules.decide_deliver), DAY)
    assert [(each.issued, each.delivered) for each in (early, late)] == [(False, False), (True, True)]


@pytest.mark.parametrize(
    ("step", "given"),
    [
        (rules.decide_deliver, ()),
        (used, (rules.decide_issue,)),
        (rules.decide_lose, (rules.decide_issue,)),
        (rules.decide_replace, (rules.decide_issue, rules.decide_deliver)),
        (rules.decide_issue, (rules.decide_issue,)),
        (rules.decide_cancel, (rules.decide_cancel,)),
    ],
)
def test_steps_come_in_order(step: Any, given: Any) -> None:
    with pytest.raises(Problem) as caught:
        step(told(*given), DAY)
    assert caught.value.code == "card-stage-wrong"


def test_one_card_each_and_no_step_before_the_last() -> None:
    with pytest.raises(rules.CardExists):
        rules.decide_collect(CARD, UNION, PERSON, DAY)
    with pytest.raises(rules.BeforeCardStep):
        rules.decide_issue(told(), date(2013, 5, 31))


def test_a_merchant_is_contracted_once_at_a_time() -> None:
    story: Scenario[Merchant] = Scenario(merchants.evolve)
    (first,) = merchants.decide_contract(None, UNION, SHOP, DAY)
    story.given(first)
    story.when(lambda s: merchants.decide_contract(s, UNION, SHOP, DAY))
    story.then_refused(merchants.MerchantContractedAlready, "employer")
    story.when(lambda s: merchants.decide_end(s, date(2013, 5, 1)))
    story.then_refused(merchants.BeforeMerchantContract, "ended_on")
    story.when(lambda s: merchants.decide_end(s, date(2013, 7, 1)))
    story.given(*story._decided())
    story.then_refused(merchants.MerchantEndedAlready, "merchant")
    story.when(lambda s: merchants.decide_contract(s, UNION, SHOP, DAY))
    story.then_refused(merchants.BeforeMerchantContract, "contracted_on")
    story.when(lambda s: merchants.decide_contract(s, UNION, SHOP, date(2013, 8, 1)))
    assert len(story._decided()) == 1
