"""Funds by source."""

from datetime import date

import pytest

from services.welfare.domain import funding
from services.welfare.domain.entries import BeforeLastEntry
from services.welfare.domain.funds import fund_id
from shared.contracts.welfare import FundDrawn
from tests.unit.welfare.stories import (
    ABOVE,
    OTHER_FUND,
    PAYMENT,
    UNION,
    after,
    allocated,
    closed,
    day,
    drawn,
    opened,
    passed_on,
    recovered,
    restored,
    returned,
)


def test_a_union_has_one_fund_of_a_source_purpose_and_year() -> None:
    opening = funding.Opening(UNION, "county", "any", 2013, None)
    with pytest.raises(funding.FundExists):
        funding.decide_open(opened(), opening, day(2))
    assert fund_id(UNION, "county", "any", 2013) != fund_id(UNION, "county", "any", None)


def test_central_money_is_for_file_holders_unless_the_fund_says_otherwise() -> None:
    assert opened("central").holders_only
    assert not opened("central", holders_only=False).holders_only
    assert not opened("county").holders_only


def test_a_payment_draws_on_the_fund_and_says_what_is_left() -> None:
    fund = after(opened(), allocated(1000))
    (event,) = funding.decide_draw(fund, PAYMENT, 400, day(3))
    assert isinstance(event, FundDrawn)
    assert (event.source, event.fen, event.left_fen) == ("county", 400, 600)
    assert [(each.account, each.fen) for each in event.postings] == [("relief", 400), ("funds", -400)]


@pytest.mark.parametrize("take", [drawn(1001), returned(1001), passed_on(1001)])
def test_nothing_takes_more_than_there_is(take: object) -> None:
    fund = after(opened(), allocated(1000))
    with pytest.raises(funding.PaymentBeyondBalance) as refusal:
        take(fund)  # type: ignore[operator]
    assert refusal.value.code == "payment-beyond-balance"


def test_a_payment_may_not_come_before_its_money() -> None:
    fund = after(opened(), allocated(1000, day(6)))
    with pytest.raises(funding.PaymentBeyondBalance):
        drawn(1, day(5))(fund)
    assert after(fund, drawn(1000, day(6))).left_fen == 0


def test_a_payment_of_an_earlier_day_may_not_take_what_was_paid_later() -> None:
    fund = after(opened(), allocated(1000), drawn(800, day(6)))
    with pytest.raises(funding.PaymentBeyondBalance):
        drawn(201, day(4))(fund)
    assert after(fund, drawn(200, day(4))).left_fen == 0


def test_a_reversed_payment_can_be_paid_again() -> None:
    fund = after(opened(), allocated(1000), drawn(1000), restored(1000))
    assert after(fund, drawn(1000, day(5))).left_fen == 0


def test_money_is_passed_on_with_its_source() -> None:
    fund = after(opened("province"), allocated(1000))
    with pytest.raises(funding.SourceDiffers):
        funding.decide_pass_on(fund, opened("county", ABOVE), OTHER_FUND, 1, day(3))


def test_no_more_comes_back_than_was_passed_on() -> None:
    fund = after(opened(), allocated(1000), passed_on(300), recovered(200))
    assert (fund.left_fen, fund.passed_on_fen) == (900, 100)
    with pytest.raises(funding.NotPassedOn):
        recovered(101)(fund)


def test_only_an_empty_fund_is_closed_and_then_for_good() -> None:
    fund = after(opened(), allocated(1000))
    with pytest.raises(funding.MoneyLeft):
        closed()(fund)
    fund = after(fund, returned(1000), closed())
    with pytest.raises(funding.FundIsClosed):
        allocated(1)(fund)


def test_nothing_moves_before_the_fund_was_opened() -> None:
    with pytest.raises(BeforeLastEntry):
        allocated(1, date(2012, 12, 31))(opened())


def test_another_year_is_warned_of() -> None:
    assert funding.warnings_on(opened(), date(2014, 1, 1)) == ("fund-of-another-year",)
    assert funding.warnings_on(opened(year=None), date(2014, 1, 1)) == ()


def test_own_money_comes_out_of_the_bank_and_other_money_from_outside() -> None:
    for source, account in (("self_raised", "bank"), ("county", "funds_received")):
        (event,) = allocated(5)(opened(source))
        assert [(each.account, each.fen, each.source) for each in event.postings] == [
            ("funds", 5, source),
            (account, -5, source),
        ]


def test_money_is_passed_on_to_another_union() -> None:
    fund = after(opened(), allocated(1000))
    with pytest.raises(funding.FundOfSameUnion):
        funding.decide_pass_on(fund, opened(), OTHER_FUND, 1, day(3))


def test_what_comes_back_into_a_closed_fund_can_be_returned() -> None:
    fund = after(opened(), allocated(1000), drawn(1000), closed(), restored(1000, date(2014, 1, 5)))
    assert after(fund, returned(1000, date(2014, 1, 6))).left_fen == 0
