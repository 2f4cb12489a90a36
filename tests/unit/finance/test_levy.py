"""The preparation levy: who may be levied from when, and what becomes of it."""

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import levy as levies
from services.finance.domain.allowing import (
    LevyBelowSizeLimit,
    LevyNotYetAllowed,
    LevyOnCoveredEmployer,
    Payer,
    ground_for,
)
from services.finance.domain.basis import LevyBasis
from services.finance.domain.levy import LevyDemand, LevyEvent, LevyPayment, NewUnion, PreparationLevy, evolve
from services.finance.domain.periods import parse
from shared.errors import Problem

TOWN, MILL, UNION, PREPARATION, RECEIPT = (UUID(int=number) for number in (4, 5, 6, 7, 8))
NINGBO, SHANGHAI = "330200000000", "310000000000"
STARTED = date(2013, 5, 20)
PREPARED = LevyBasis(registered_on=date(2000, 1, 1), started={PREPARATION: STARTED})
ENDED = PREPARED.model_copy(update={"ended": {PREPARATION: date(2013, 6, 1)}})
NONE = PreparationLevy(unit=TOWN, employer=MILL)
JULY = date(2013, 7, 31)


def noticed(registered_on: date) -> LevyBasis:
    return LevyBasis(registered_on=registered_on, notices=(STARTED,))


def payer(**but: Any) -> Payer:
    return Payer(**{"employer": MILL, "basis": PREPARED, "area": "", **but})


def demand(**but: Any) -> LevyDemand:
    usual: dict[str, Any] = {"period": "2013-06", "payroll_fen": 5_000_000, "amount_fen": None, "on": JULY}
    return LevyDemand(**usual | but)


def paid(fen: int, period: str = "2013-06") -> LevyPayment:
    return LevyPayment(period, "own", fen, JULY, RECEIPT)


def after(levy: PreparationLevy, *events: LevyEvent) -> PreparationLevy:
    return reduce(evolve, events, levy)


def test_two_per_cent_of_wages_from_the_month_after_the_start() -> None:
    (event,) = levies.decide_assess(NONE, demand(), payer())
    assert (event.amount_fen, event.rate_bp) == (100_000, 200)
    assert (event.basis, event.basis_on) == ("preparation", STARTED)


@pytest.mark.parametrize(
    ("who", "period", "allowed"),
    [
        (payer(), "2013-05", False),
        (payer(), "2013-06", True),
        (payer(), "2013", False),
        (payer(area=SHANGHAI), "2013-05", True),
        (payer(area=SHANGHAI), "2013-04", False),
        (payer(basis=LevyBasis()), "2013-06", False),
        (payer(basis=LevyBasis(notices=(STARTED,))), "2013-06", True),
        (payer(basis=ENDED), "2013-06", False),
        (payer(basis=noticed(date(2013, 1, 1)), area=NINGBO), "2013-06", False),
        (payer(basis=noticed(date(2012, 1, 1)), area=NINGBO), "2013-06", True),
    ],
)
def test_nobody_is_levied_in_advance(who: Payer, period: str, allowed: bool) -> None:
    if allowed:
        assert ground_for(who, parse(period), JULY).on == STARTED
        return
    with pytest.raises(LevyNotYetAllowed) as caught:
        ground_for(who, parse(period), JULY)
    assert caught.value.code == "levy-not-yet-allowed"


def test_an_employer_with_a_union_pays_dues() -> None:
    with pytest.raises(LevyOnCoveredEmployer) as caught:
        levies.decide_assess(NONE, demand(), payer(covered_by=UNION))
    assert caught.value.code == "levy-on-covered-employer"


def test_an_area_may_spare_the_small(monkeypatch: pytest.MonkeyPatch) -> None:
    limits = {"levy.min_sales_fen": 500_000_000}
    monkeypatch.setattr(
        "services.finance.domain.allowing.local_rule", lambda key, _on, _area: limits.get(key)
    )
    small = PREPARED.model_copy(update={"sales": {"2013-02-01/00000002": 499_999_999}})
    with pytest.raises(LevyBelowSizeLimit) as caught:
        levies.decide_assess(NONE, demand(), payer(basis=small))
    assert caught.value.code == "levy-below-size-limit"
    large = small.model_copy(update={"sales": {"2013-02-01/00000002": 500_000_000}})
    assert levies.decide_assess(NONE, demand(), payer(basis=large))


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (demand(period="2013-Q3"), levies.LevyAlreadyAssessed),
        (demand(period="2013-09", payroll_fen=20), levies.LevyRoundsToNothing),
    ],
)
def test_an_assessment_is_refused(what: LevyDemand, why: type[Problem]) -> None:
    levy = after(NONE, *levies.decide_assess(NONE, demand(period="2013-07"), payer()))
    with pytest.raises(why):
        levies.decide_assess(levy, what, payer())


def test_money_for_an_assessed_period_is_taken_whatever_has_happened_since() -> None:
    levy = after(NONE, *levies.decide_assess(NONE, demand(), payer()))
    (event,) = levies.decide_receive(levy, paid(100_000), payer(covered_by=UNION))
    assert {each.account: each.fen for each in event.postings} == {"levy_bank": 100_000, "levy": -100_000}
    with pytest.raises(LevyOnCoveredEmployer):
        levies.decide_receive(levy, paid(1, "2013-07"), payer(covered_by=UNION))


def test_on_establishment_the_new_union_gets_its_share() -> None:
    levy = after(NONE, *levies.decide_receive(NONE, paid(100_003), payer()))
    converted, arrived = levies.decide_convert(levy, NewUnion(UNION, NINGBO), JULY)
    assert (converted.returned_fen, converted.kept_fen) == (60_002, 40_001)
    assert arrived.amount_fen == 60_002
    assert after(levy, converted).balance_fen == 0
    with pytest.raises(levies.NothingToConvert):
        levies.decide_convert(after(levy, converted), NewUnion(UNION, NINGBO), JULY)


@pytest.mark.parametrize(
    ("size", "on", "returned"),
    [("micro", date(2021, 7, 1), 500), ("large", date(2021, 7, 1), 300), ("micro", date(2019, 7, 1), 300)],
)
def test_an_area_may_return_all_of_a_small_firms_levy(size: str, on: date, returned: int) -> None:
    levy = after(NONE, *levies.decide_receive(NONE, paid(500), payer()))
    converted, _ = levies.decide_convert(levy, NewUnion(UNION, "411500000000", size), on)
    assert converted.returned_fen == returned


def test_no_more_goes_back_than_is_held() -> None:
    levy = after(NONE, *levies.decide_receive(NONE, paid(500), payer()))
    with pytest.raises(levies.LevyBeyondBalance) as caught:
        levies.decide_refund(levy, 501, JULY)
    assert caught.value.code == "levy-beyond-balance"


@given(
    st.lists(st.tuples(st.sampled_from(["receive", "refund", "convert"]), st.integers(1, 999)), max_size=20)
)
def test_what_came_in_is_held_paid_back_or_converted(steps: list[tuple[str, int]]) -> None:
    levy, held = NONE, 0
    for what, fen in steps:
        try:
            event = _step(levy, what, fen)
        except Problem:
            continue
        levy = after(levy, event)
        held += sum(each.fen for each in getattr(event, "postings", ()) if each.account == "levy_bank")
        assert levy.balance_fen == held >= 0


def _step(levy: PreparationLevy, what: str, fen: int) -> LevyEvent:
    match what:
        case "receive":
            return levies.decide_receive(levy, paid(fen), payer())[0]
        case "refund":
            return levies.decide_refund(levy, fen, JULY)[0]
    return levies.decide_convert(levy, NewUnion(UNION, ""), JULY)[0]
