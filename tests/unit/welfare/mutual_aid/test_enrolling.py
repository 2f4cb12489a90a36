"""Who may hold what, for how much, and from when it pays."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from services.welfare.domain.mutual_aid import enrolling as rules
from services.welfare.domain.mutual_aid import offering, products
from services.welfare.domain.mutual_aid.period import PeriodStageWrong
from shared.catalogues import NotInCatalogue
from shared.contracts.welfare import MutualAidEnrolled
from shared.errors import Problem
from shared.rules import rule
from tests.unit.welfare.mutual_aid.covers import (
    Decision,
    after,
    cancelled,
    collected,
    enrolled,
    entry,
    filed,
    known,
    period,
)


def refused(reason: type[Problem], decide: Decision, *given: Decision) -> Problem:
    with pytest.raises(Problem) as caught:
        decide(after(*given))
    assert type(caught.value) is reason
    assert caught.value.remedy
    assert caught.value.field
    return caught.value


def the(decide: Decision, *given: Decision) -> MutualAidEnrolled:
    (event,) = decide(after(*given))
    assert isinstance(event, MutualAidEnrolled)
    return event


@pytest.mark.parametrize(
    ("product", "shares", "years", "fen"),
    [
        ("in_service", 1, 1, 6_000),
        ("special", 3, 1, 6_000),
        ("special", 2, 3, 12_000),
        ("ankang", 1, 1, 1_500),
        ("ankang", 3, 4, 15_000),
    ],
)
def test_a_premium_is_that_of_product_shares_and_term(
    product: str, shares: int, years: int, fen: int
) -> None:
    assert the(enrolled(product, shares=shares, years=years)).premium_fen == fen


def test_a_retired_person_pays_another_premium() -> None:
    assert the(enrolled("retired", standing="retired")).premium_fen == 13_000


def test_cover_runs_with_the_period_and_for_some_products_for_years() -> None:
    year, years = the(enrolled()), the(enrolled("ankang", years=4))
    assert (year.cover_from, year.cover_until) == (date(2013, 1, 1), date(2013, 12, 31))
    assert (years.cover_from, years.cover_until) == (date(2013, 1, 1), date(2016, 12, 31))


def test_a_leap_day_at_the_end_becomes_the_last_of_february() -> None:
    offer = period(starts_on=date(2011, 3, 1), ends_on=date(2012, 2, 29), enrol_from=date(2011, 2, 1))
    assert the(enrolled("special", offer, years=3)).cover_until == date(2014, 2, 28)
    assert the(enrolled("special", offer, years=1)).cover_until == date(2012, 2, 29)


@pytest.mark.parametrize(("product", "until"), [("in_service", (2013, 3, 1)), ("special", (2013, 3, 31))])
def test_who_begins_waits_sixty_days_and_ninety_for_severe_illness(
    product: str, until: tuple[int, int, int]
) -> None:
    event = the(enrolled(product))
    assert (event.renewed, event.waiting_until) == (False, date(*until))


def test_who_renews_without_a_break_does_not_wait() -> None:
    event = the(enrolled(offer=period(15)), enrolled())
    assert (event.renewed, event.on_time, event.waiting_until) == (True, True, None)


def test_who_interrupts_or_comes_late_waits() -> None:
    interrupted = the(enrolled(offer=period(16)), enrolled())
    late = the(enrolled(offer=period(15), on=date(2014, 1, 1)), enrolled())
    assert (interrupted.renewed, interrupted.waiting_until) == (False, date(2016 - 1, 3, 1))
    assert (late.renewed, late.on_time, late.waiting_until) == (True, False, date(2014, 3, 1))
    assert late.warnings == ("enrolled-late",)


def test_what_ran_on_elsewhere_is_taken_with_a_warning() -> None:
    event = the(enrolled(continues=True))
    assert (event.waiting_until, event.warnings) == (None, ("continuation-declared",))


def test_a_product_over_years_is_not_bought_again_within_them() -> None:
    three = enrolled("special", years=3)
    refused(rules.AlreadyInsured, enrolled("special", period(16)), three)
    assert the(enrolled("special", period(17)), three).renewed


def test_what_was_cancelled_may_be_bought_again() -> None:
    assert the(enrolled(), enrolled(), cancelled()).enrolment == entry(2)


@pytest.mark.parametrize(
    ("reason", "wish"),
    [
        (offering.ProductNotOffered, {"product": "special", "years": 2}),
        (offering.ProductNotOffered, {"offer": period(products=("special",))}),
        (offering.ProductNeedsStanding, {"standing": "retired"}),
        (offering.ProductNeedsStanding, {"product": "retired"}),
        (offering.ProductNeedsStanding, {"standing": None}),
        (offering.ProductNeedsSex, {"product": "ankang", "sex": "male"}),
        (offering.TooManyShares, {"shares": 2}),
        (offering.TooManyShares, {"product": "special", "shares": 4}),
        (offering.EnrolmentNotOpen, {"on": date(2012, 11, 30)}),
        (offering.EnrolmentNotOpen, {"on": date(2014, 1, 1)}),
        (PeriodStageWrong, {"offer": period(stage="opened")}),
        (PeriodStageWrong, {"offer": period(stage="settled")}),
        (NotInCatalogue, {"product": "lottery"}),
    ],
)
def test_an_enrolment_that_a_rule_forbids(reason: type[Problem], wish: dict[str, Any]) -> None:
    refused(reason, enrolled(**wish))


def test_a_refusal_names_the_rule() -> None:
    problem = refused(offering.TooManyShares, enrolled("special", shares=4))
    assert "mutual_aid.special.shares" in problem.detail
    assert (
        "mutual_aid_products.ankang.sex"
        in refused(offering.ProductNeedsSex, enrolled("ankang", sex="male")).remedy
    )


def test_a_fee_goes_into_the_pool_once() -> None:
    (event,) = collected()(after(enrolled()))
    assert [(each.account, each.fen) for each in getattr(event, "postings", ())] == [
        ("mutual_pool", 6_000),
        ("mutual_premiums", -6_000),
    ]
    refused(rules.FeeAlreadyCollected, collected(), enrolled(), collected())
    refused(rules.BeforeEnrolment, collected(on=date(2012, 11, 1)), enrolled())
    refused(rules.EnrolmentUnknown, collected(2), enrolled())


def test_a_cancelled_enrolment_gives_its_premium_back() -> None:
    assert known(after(enrolled(), collected())).premiums_fen == 6_000
    assert known(after(enrolled(), collected(), cancelled())).premiums_fen == 0
    refused(rules.EnrolmentCancelled, collected(), enrolled(), cancelled())
    refused(rules.EnrolmentHasClaims, cancelled(on=date(2013, 7, 1)), enrolled(), collected(), filed())


def test_a_local_rule_may_leave_an_area_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def local(key: str, on: date, area: str) -> int:
        return 0 if area == "330225" and "premium" in key else rule(key, on, area)

    monkeypatch.setattr(products, "rule", local)
    problem = refused(offering.ProductNotOffered, enrolled(area="330225"))
    assert "mutual_aid.in_service.premium_1y_fen" in problem.detail
    assert the(enrolled(area="330203")).premium_fen == 6_000
