"""Periods, numbers and dates."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.numbering import LARGEST_NUMBER, account_id, account_of, entry_id, number_of
from services.finance.domain.periods import Period, month_after, parse
from shared.standing import (
    BeforeEstablishment,
    DateInFuture,
    UnionEnded,
    refuse_future,
    refuse_unless_existing,
)
from shared.units import UnitCopy


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2012", date(2012, 1, 1), date(2012, 12, 31)),
        ("2012-02", date(2012, 2, 1), date(2012, 2, 29)),
        ("2012-12", date(2012, 12, 1), date(2012, 12, 31)),
        ("2012-Q1", date(2012, 1, 1), date(2012, 3, 31)),
        ("2012-Q4", date(2012, 10, 1), date(2012, 12, 31)),
    ],
)
def test_a_period_is_a_month_a_quarter_or_a_year(text: str, first: date, last: date) -> None:
    assert parse(text) == Period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12",
        "2012-00",
        "2012-13",
        "2012-Q0",
        "2012-Q5",
        "2012-1",
        "1949",
        "2200",
        "2012-02-01",
        "２０１２",
    ],
)
def test_anything_else_is_no_period(text: str) -> None:
    with pytest.raises(ValueError, match="YYYY"):
        parse(text)


def test_the_month_after_december_is_january() -> None:
    assert month_after(parse("2012-12"), 15) == date(2013, 1, 15)


def test_a_year_covers_its_months_and_only_those() -> None:
    assert parse("2012").covers(parse("2012-12"))
    assert not parse("2012-12").covers(parse("2012"))
    assert not parse("2012").overlaps(parse("2013-01"))


@given(st.uuids(), st.integers(1950, 2199), st.integers(1, LARGEST_NUMBER))
def test_an_entry_tells_its_account_and_its_number(union: UUID, year: int, number: int) -> None:
    account = account_id(union, year)
    entry = entry_id(account, number)
    assert (account_of(entry), number_of(entry)) == (account, number)
    assert entry.version == 8
    assert entry.variant == account.variant == UUID(int=account.int).variant


def test_accounts_of_other_unions_and_years_are_others() -> None:
    one, other = UUID(int=1), UUID(int=2)
    assert len({account_id(one, 2013), account_id(one, 2014), account_id(other, 2013)}) == 3


@pytest.mark.parametrize("number", [0, -1, LARGEST_NUMBER + 1])
def test_there_is_no_entry_outside_the_numbers(number: int) -> None:
    with pytest.raises(ValueError, match="entries"):
        entry_id(account_id(UUID(int=1), 2013), number)


def union(ended_on: date | None = None, successor: UUID | None = None) -> UnitCopy:
    return UnitCopy(
        name="Union of the mill",
        level=6,
        kind="enterprise",
        form="committee",
        division=None,
        divisions=(),
        established_on=date(2012, 3, 1),
        ended_on=ended_on,
        successor=successor,
        hung=(),
    )


def test_today_is_not_the_future() -> None:
    refuse_future(date(2013, 8, 1), date(2013, 8, 1), "received_on")
    with pytest.raises(DateInFuture):
        refuse_future(date(2013, 8, 2), date(2013, 8, 1), "received_on")


def test_a_union_takes_no_money_before_its_first_day() -> None:
    refuse_unless_existing(union(), date(2012, 3, 1), "received_on")
    with pytest.raises(BeforeEstablishment):
        refuse_unless_existing(union(), date(2012, 2, 29), "received_on")


def test_a_merged_unions_late_money_is_sent_to_the_successor() -> None:
    merged = union(date(2013, 6, 1), UUID(int=7))
    refuse_unless_existing(merged, date(2013, 5, 31), "received_on")
    with pytest.raises(UnionEnded) as caught:
        refuse_unless_existing(merged, date(2013, 6, 1), "received_on")
    assert str(UUID(int=7)) in caught.value.remedy
