"""Expenditure and prizes: what is asked for, approved by others, paid with papers."""

from datetime import date
from typing import Any

import pytest

from services.finance.domain import expenses, prizes
from services.finance.domain.heads import purposes
from services.finance.domain.prizes import PRIZE_ABOVE_CAP, WINNERS_ABOVE_SHARE, decide_award
from shared.approval import ApproverIsRecorder
from shared.catalogues import NotInCatalogue
from shared.contracts.finance import Prize
from shared.contracts.money import moved
from shared.stages import BeforeLastStep, StepOutOfTurn
from tests.support.scenario import Scenario
from tests.unit.finance.spending import contest, prize, wish

APPROVED, PAID = date(2019, 3, 10), date(2019, 3, 20)


def expense(*stages: str, **but: Any) -> Scenario[expenses.Expense]:
    """Told up to the last stage named."""
    state: expenses.Expense | None = None
    steps: dict[str, Any] = {
        "requested": lambda _: expenses.decide_request(wish(**but), "ada", grassroots=True),
        "approved": lambda e: expenses.decide_approve(e, APPROVED, "bo"),
        "paid": lambda e: expenses.decide_pay(e, "收据12号", PAID),
    }
    story = []
    for stage in ("requested", *stages):
        for event in steps[stage](state):
            state = expenses.evolve(state, event)
            story.append(event)
    return Scenario(expenses.evolve).given(*story)


def test_the_purpose_says_the_head() -> None:
    (event,) = expenses.decide_request(wish(), "ada", grassroots=True)
    assert (event.head, event.warnings) == ("activities", ())


@pytest.mark.parametrize(
    ("payer", "grassroots", "warned"), [("union", True, 1), ("employer", True, 0), ("union", False, 0)]
)
def test_a_grassroots_union_is_warned_of_what_the_employer_pays(
    payer: str, *, grassroots: bool, warned: int
) -> None:
    (event,) = expenses.decide_request(
        wish(purpose="health_checks", payer=payer), "ada", grassroots=grassroots
    )
    assert len(event.warnings) == warned


@pytest.mark.parametrize(
    ("said", "warned"),
    [
        ({"amount_fen": 200_000}, ()),
        ({"amount_fen": 200_001}, ("per-person-above-cap",)),
        ({"amount_fen": 200_001, "payer": "employer"}, ()),
        ({"amount_fen": 200_001, "person_times": None}, ()),
        ({"amount_fen": 200_001, "on": date(2013, 1, 1)}, ()),
    ],
)
def test_souvenirs_for_union_money_have_a_cap_a_person(said: dict[str, Any], warned: tuple[str, ...]) -> None:
    (event,) = expenses.decide_request(wish(purpose="souvenirs", **said), "ada", grassroots=True)
    assert event.warnings == warned


@pytest.mark.parametrize("dont", ["gifts", "banquets", "bonuses", "leisure", "hidden_fund", "guarantees"])
def test_none_of_the_eight_donts_is_a_purpose(dont: str) -> None:
    with pytest.raises(NotInCatalogue):
        purposes().checked(dont, "purpose")


def test_who_asks_does_not_approve() -> None:
    expense().when(lambda e: expenses.decide_approve(e, APPROVED, "ada")).then_refused(ApproverIsRecorder)


def test_what_is_not_approved_is_not_paid() -> None:
    expense().when(lambda e: expenses.decide_pay(e, "收据1号", PAID)).then_refused(StepOutOfTurn)


def test_nothing_is_paid_before_its_approval() -> None:
    early = date(2019, 3, 9)
    expense("approved").when(lambda e: expenses.decide_pay(e, "收据1号", early)).then_refused(BeforeLastStep)


def test_union_money_is_posted_and_an_employers_is_not() -> None:
    union, mill = expense("approved"), expense("approved", payer="employer")
    posted = [
        expenses.decide_pay(scenario.when(lambda _: ()).then(), "收据1号", PAID)[0].postings
        for scenario in (union, mill)
    ]
    assert posted == [moved(50_000, to="spent_activities", out_of="bank"), ()]


def test_a_reversal_posts_the_payment_back() -> None:
    state = expense("approved", "paid").when(lambda _: ()).then()
    (event,) = expenses.decide_reverse(state, "退〔2019〕1号", PAID, "bo")
    assert event.postings == moved(-50_000, to="spent_activities", out_of="bank")
    with pytest.raises(ApproverIsRecorder):
        expenses.decide_reverse(state, "退〔2019〕1号", PAID, "ada")


@pytest.mark.parametrize(("stages", "fen"), [((), 0), (("approved",), 50_000)])
def test_what_is_cancelled_gives_up_what_was_approved(stages: tuple[str, ...], fen: int) -> None:
    (event,) = expenses.decide_cancel(expense(*stages).when(lambda _: ()).then(), PAID)
    assert event.approved_fen == fen


def test_what_is_paid_is_reversed_and_not_cancelled() -> None:
    expense("approved", "paid").when(lambda e: expenses.decide_cancel(e, PAID)).then_refused(StepOutOfTurn)


THREE = (prize(1, 1, 50_000), prize(2, 2, 30_000), prize(3, 3, 20_000))
SICHUAN = "510100000000"


def test_those_who_tie_have_a_prize_each() -> None:
    tied = (prize(1, 1, 30_000), prize(2, 2, 20_000), prize(3, 2, 20_000))
    (event,) = decide_award(contest(), tied, "ada")
    assert [each.rank for each in event.prizes] == [1, 2, 2]


@pytest.mark.parametrize(
    ("said", "warnings"),
    [
        ({}, ()),
        ({"participants": 4}, (WINNERS_ABOVE_SHARE,)),
        ({"participants": 5}, ()),
        ({"area": SICHUAN}, (PRIZE_ABOVE_CAP,)),
        ({"area": SICHUAN, "on": date(2013, 11, 1)}, ()),
        ({"area": SICHUAN, "participants": 3, "payer": "employer"}, ()),
    ],
)
def test_limits_bind_union_money_by_area_and_date(said: dict[str, Any], warnings: tuple[str, ...]) -> None:
    (event,) = decide_award(contest(**said), THREE, "ada")
    assert event.warnings == warnings


@pytest.mark.parametrize(
    ("participants", "awarded", "why"),
    [(2, THREE, prizes.WinnersBeyondParticipants), (9, (THREE[0], THREE[0]), prizes.WinnerTwice)],
)
def test_impossible_lists_are_refused(
    participants: int, awarded: tuple[Prize, ...], why: type[Exception]
) -> None:
    with pytest.raises(why):
        decide_award(contest(participants=participants), awarded, "ada")


def test_prizes_are_paid_by_another_and_once() -> None:
    scenario = Scenario(prizes.evolve).given(*decide_award(contest(), THREE, "ada"))
    scenario.when(lambda p: prizes.decide_pay(p, "签收1号", PAID, "ada")).then_refused(BeforeLastStep)
    on = date(2019, 11, 20)
    scenario.when(lambda p: prizes.decide_pay(p, "签收1号", on, "ada")).then_refused(ApproverIsRecorder)
    (paid,) = prizes.decide_pay(scenario.when(lambda _: ()).then(), "签收1号", on, "bo")
    assert paid.postings == moved(100_000, to="spent_activities", out_of="bank")
    scenario.given(paid).when(lambda p: prizes.decide_pay(p, "签收1号", on, "bo")).then_refused(StepOutOfTurn)
