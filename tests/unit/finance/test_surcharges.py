"""Surcharge on late dues, and dues of members."""

from datetime import date, timedelta
from functools import reduce

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.account import DuesAccount, evolve
from services.finance.domain.member_dues import (
    Collected,
    NoMemberDues,
    NotAMonth,
    decide_receive,
    due_on_wages,
)
from services.finance.domain.surcharges import (
    NoSurchargeHere,
    NothingToSurcharge,
    SurchargeBeyondCharged,
    decide_receive_surcharge,
    decide_surcharge,
)
from tests.unit.finance.books import Books, assessed, entry

BEIJING, CHONGQING = "110000000000", "500000000000"
OWED = Books().given(assessed()).account  # 1,000 yuan, due on 2013-08-15
DUE = date(2013, 8, 15)


def charged(account: DuesAccount, days: int, area: str) -> DuesAccount:
    events = decide_surcharge(account, entry(1), DUE + timedelta(days), area)
    return reduce(evolve, events, account)


def of(account: DuesAccount) -> int:
    return account.assessments[entry(1)].surcharged_fen


def test_five_per_mille_a_day() -> None:
    assert of(charged(OWED, 10, BEIJING)) == 5_000


def test_days_are_charged_once() -> None:
    assert of(charged(charged(OWED, 10, BEIJING), 30, BEIJING)) == 15_000


def test_in_chongqing_it_reaches_the_principal_on_day_200() -> None:
    assert of(charged(OWED, 199, CHONGQING)) == 99_500
    full = charged(OWED, 500, CHONGQING)
    assert of(full) == 100_000
    with pytest.raises(NothingToSurcharge):
        charged(full, 501, CHONGQING)
    assert of(charged(OWED, 500, BEIJING)) == 250_000


def test_elsewhere_there_is_none() -> None:
    with pytest.raises(NoSurchargeHere) as caught:
        charged(OWED, 10, "330000000000")
    assert caught.value.code == "no-surcharge-here"


def test_nothing_is_late_on_the_due_day() -> None:
    with pytest.raises(NothingToSurcharge) as caught:
        charged(OWED, 0, BEIJING)
    assert caught.value.code == "nothing-to-surcharge"


def test_no_more_is_received_than_was_charged() -> None:
    account = charged(OWED, 10, BEIJING)
    (event,) = decide_receive_surcharge(account, entry(1), 4_000, DUE + timedelta(11))
    assert {each.account: each.fen for each in event.postings} == {"bank": 4_000, "surcharges": -4_000}
    with pytest.raises(SurchargeBeyondCharged) as caught:
        decide_receive_surcharge(evolve(account, event), entry(1), 1_001, DUE + timedelta(12))
    assert caught.value.code == "surcharge-beyond-charged"


@pytest.mark.parametrize(("wages", "fen"), [([456_700], 2_280), ([999], 0), ([1_000, 1_999, 456_700], 2_290)])
def test_members_pay_half_a_per_cent_of_whole_tens_of_yuan(wages: list[int], fen: int) -> None:
    assert due_on_wages(wages, "2013-07") == fen


@given(st.lists(st.integers(1, 10**7), max_size=20))
def test_members_never_pay_more_than_half_a_per_cent(wages: list[int]) -> None:
    assert due_on_wages(wages, "2013-07") * 200 <= sum(wages)


def test_members_pay_something_for_one_month() -> None:
    with pytest.raises(NotAMonth) as longer:
        decide_receive(Collected("2013", 1, 100, DUE))
    with pytest.raises(NoMemberDues) as nothing:
        decide_receive(Collected("2013-07", 1, 0, DUE))
    assert (longer.value.code, nothing.value.code) == ("not-a-month", "no-member-dues")
