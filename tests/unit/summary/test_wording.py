"""Numbers and periods in running Chinese."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.queries import display
from unionstream.summary import wording


@pytest.mark.parametrize(
    ("value", "qualifier", "printed"),
    [
        (376, "", "376人"),
        (50, "余", "50余人"),
        (10_000, "余", "1万余人"),
        (200, "近", "近200人"),
        (1_400, "左右", "1400人左右"),
        (10_000, "", "10000人"),
    ],
)
def test_a_round_number_carries_its_qualifier_and_its_measure_word(
    value: int, qualifier: str, printed: str
) -> None:
    assert wording.count(value, "人", qualifier) == printed


@pytest.mark.parametrize(
    ("fen", "qualifier", "printed"),
    [
        (6_000_000, "近", "近6万元"),
        (50_000_000, "余", "50余万元"),
        (6_000_000, "左右", "6万元左右"),
        (200_000, "余", "2000余元"),
    ],
)
def test_round_money_too(fen: int, qualifier: str, printed: str) -> None:
    assert wording.money(fen, qualifier) == printed


@given(st.integers(-(10**12), 10**12))
def test_money_is_printed_as_the_projection_prints_it(fen: int) -> None:
    assert wording.money(fen) == display.money(fen)


@pytest.mark.parametrize(
    ("now", "before", "decimals", "printed"),
    [
        (149, 94, 2, "增长58.51%"),
        (7_402, 4_680, 2, "增长58.16%"),
        (294, 276, 1, "增长6.5%"),
        (90, 100, 1, "下降10%"),
        (5, 5, 1, "持平"),
    ],
)
def test_growth_is_said_in_words(now: int, before: int, decimals: int, printed: str) -> None:
    assert wording.change(now, before, decimals) == printed


def test_a_share_below_all_is_never_printed_as_all() -> None:
    assert wording.percent(9_999, 10_000, 0) == "99%"
    assert wording.percent(10_000, 10_000, 0) == "100%"
    assert wording.percent(317, 1_500, 0) == "21%"


@pytest.mark.parametrize(
    ("first", "last", "days", "as_of"),
    [
        (date(2018, 1, 1), date(2018, 12, 31), "全年", "截至年底"),
        (date(2006, 1, 1), date(2006, 8, 31), "1—8月", "截至8月底"),
        (date(2006, 1, 1), date(2006, 1, 31), "1月", "截至1月底"),
        (date(2006, 1, 1), date(2006, 8, 24), "1月1日至8月24日", "截至8月24日"),
        (date(2024, 1, 1), date(2024, 2, 29), "1—2月", "截至2月底"),
        (date(2013, 10, 1), date(2014, 9, 30), "2013年10月1日至2014年9月30日", "截至9月底"),
    ],
)
def test_a_period_is_said_as_cadres_say_it(first: date, last: date, days: str, as_of: str) -> None:
    assert (wording.days(first, last), wording.as_of(last)) == (days, as_of)


def test_headings_count_in_chinese() -> None:
    assert [wording.ordinal(n) for n in (1, 10, 11, 20, 21)] == ["一", "十", "十一", "二十", "二十一"]


def test_a_leap_day_has_a_year_before() -> None:
    assert wording.year_before(date(2024, 2, 29)) == date(2023, 2, 28)
