"""Rates: rounded once, half up, and never up to what was not reached."""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.queries.derived import change, period_before, share, year_before

amounts = st.integers(min_value=0, max_value=10**15)
positive = st.integers(min_value=1, max_value=10**15)
decimals = st.integers(min_value=0, max_value=4)


@pytest.mark.parametrize(
    ("part", "whole", "places", "expected"),
    [
        (91_280_000, 160_000_000, 0, "57"),  # 912,800 yuan of 1.6 million
        (5, 8, 2, "62.50"),
        (29_626, 29_849, 2, "99.25"),
        (1_817, 1_500, 2, "121.13"),
        (1, 8, 1, "12.5"),
        (1, 200, 0, "1"),  # half up
        (0, 7, 2, "0.00"),
        (999_999, 1_000_000, 0, "99"),
        (999_999, 1_000_000, 2, "99.99"),
        (8, 8, 0, "100"),
    ],
)
def test_shares_as_summaries_print_them(part: int, whole: int, places: int, expected: str) -> None:
    assert str(share(part, whole, 100, places)) == expected


@pytest.mark.parametrize(
    ("now", "before", "expected"),
    [(149, 94, "58.51"), (7_402, 4_680, "58.16"), (90, 100, "-10.00"), (5, 5, "0.00"), (0, 3, "-100.00")],
)
def test_growth_as_summaries_print_it(now: int, before: int, expected: str) -> None:
    assert str(change(now, before, 100, 2)) == expected


@given(amounts, positive, decimals)
def test_a_hundred_percent_means_that_all_is_done(part: int, whole: int, places: int) -> None:
    value = share(part, whole, 100, places)
    assert (value >= 100) == (part >= whole)


@given(amounts, positive, decimals)
def test_a_share_is_the_nearest_of_its_decimals(part: int, whole: int, places: int) -> None:
    value = share(part, whole, 100, places)
    exact = Fraction(part * 100, whole)
    unit = Fraction(1, 10**places)
    assert abs(Fraction(value) - exact) <= (unit if part < whole and exact > 100 - unit else unit / 2)


@given(amounts, positive, decimals)
def test_growth_rounds_like_the_decimal_module(now: int, before: int, places: int) -> None:
    exact = Decimal((now - before) * 100 * 10 ** (places + 6) // before)
    value = change(now, before, 100, places)
    assert abs(value - exact.scaleb(-places - 6)) <= Decimal(1).scaleb(-places)
    assert value.as_tuple().exponent == -places
    assert value == value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def test_a_year_before_a_leap_day_is_the_last_of_february() -> None:
    assert year_before(date(2024, 2, 29)) == date(2023, 2, 28)
    assert year_before(date(2024, 3, 1)) == date(2023, 3, 1)


@pytest.mark.parametrize(
    ("first", "last", "before"),
    [
        ("2010-01-01", "2010-12-31", ("2009-01-01", "2009-12-31")),
        ("2010-04-01", "2010-06-30", ("2010-01-01", "2010-03-31")),
        ("2010-03-01", "2010-03-31", ("2010-02-01", "2010-02-28")),
        ("2010-02-01", "2010-02-28", ("2010-01-01", "2010-01-31")),
        ("2010-01-01", "2010-08-31", ("2009-05-01", "2009-12-31")),
        ("2010-03-10", "2010-03-16", ("2010-03-03", "2010-03-09")),
        ("2010-03-01", "2010-03-16", ("2010-02-13", "2010-02-28")),
        ("2012-03-01", "2012-03-01", ("2012-02-29", "2012-02-29")),
    ],
)
def test_the_period_before_is_as_many_months_or_days(first: str, last: str, before: tuple[str, str]) -> None:
    found = period_before(date.fromisoformat(first), date.fromisoformat(last))
    assert tuple(map(str, found)) == before


@given(st.dates(date(1950, 1, 1), date(2100, 1, 1)), st.integers(0, 800))
def test_the_period_before_ends_where_the_period_begins(first: date, days: int) -> None:
    last = first + timedelta(days)
    start, end = period_before(first, last)
    assert start <= end == first - timedelta(1)
    if (first.day, (last + timedelta(1)).day) == (1, 1):
        assert start.day == 1
    else:
        assert end - start == last - first
