"""Days and periods as cadres write them."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionstream.imports import dates
from unionstream.imports.cells import Cell
from unionstream.imports.problems import CellInvalid


@pytest.mark.parametrize(
    "cell",
    [
        "2006-03-05",
        "2006/3/5",
        "2006.3.5",
        "2006年3月5日",
        "２００６年３月５日",
        "20060305",
        20060305,
        "2006-03-05 14:30:00",
        38781,
        38781.75,
        "38781",
        date(2006, 3, 5),
        datetime(2006, 3, 5, 9, 30),  # noqa: DTZ001 - a cell has no time zone
    ],
)
def test_one_day_written_in_many_ways(cell: Cell) -> None:
    assert dates.day(cell) == date(2006, 3, 5)


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2023-02-29", "date-impossible"),
        ("2006-13-01", "date-impossible"),
        (20060231, "date-impossible"),
        ("3/5/2006", "date-unreadable"),
        ("06-03-05", "date-unreadable"),
        ("三月五日", "date-unreadable"),
        (3, "date-unreadable"),
        (60, "date-unreadable"),
        (float("nan"), "date-unreadable"),
        (1e300, "date-unreadable"),
        (True, "date-unreadable"),
    ],
)
def test_impossible_and_ambiguous_days_are_refused(cell: Cell, code: str) -> None:
    with pytest.raises(CellInvalid) as caught:
        dates.day(cell)
    assert caught.value.code == code


@given(st.dates(date(1900, 3, 1), date(2099, 12, 31)))
def test_serial_numbers_count_as_the_spreadsheet_counts(day: date) -> None:
    serial = (day - date(1899, 12, 30)).days
    assert dates.day(float(serial)) == day
    assert dates.day(f"{day:%Y}年{day.month}月{day.day}日") == day


@pytest.mark.parametrize(
    ("cell", "period"),
    [
        ("2006", "2006"),
        (2006.0, "2006"),
        ("2006年度", "2006"),
        ("2006-03", "2006-03"),
        ("2006年3月", "2006-03"),
        ("200603", "2006-03"),
        (200603, "2006-03"),
        (date(2006, 3, 1), "2006-03"),
        ("2006-03-31", "2006-03"),
        ("2006年一季度", "2006-Q1"),
        ("2006年第4季度", "2006-Q4"),
        ("2006q2", "2006-Q2"),
    ],
)
def test_periods(cell: Cell, period: str) -> None:
    assert dates.period(cell) == period


@pytest.mark.parametrize("cell", ["2006-13", "上年", "2006年五季度", "20063", ""])
def test_unreadable_periods_are_refused(cell: Cell) -> None:
    with pytest.raises(CellInvalid, match="period-unreadable"):
        dates.period(cell)
