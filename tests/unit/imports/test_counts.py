"""Whole numbers and years as cadres write them."""

import pytest

from unionstream.imports import counts
from unionstream.imports.cells import Cell
from unionstream.imports.problems import CellInvalid


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (12, 12),
        (12.0, 12),
        ("1,234", 1234),
        ("１２", 12),
        ("12人", 12),
        ("3 户", 3),
        ("40人次", 40),
        ("213 篇", 213),
        ("95分", 95),
        ("0", 0),
    ],
)
def test_what_was_counted_is_a_whole_number(cell: Cell, count: int) -> None:
    assert counts.whole(cell) == count


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (12.5, "number-unreadable"),
        ("12.5", "number-unreadable"),
        ("1,23", "number-unreadable"),
        ("十二", "number-unreadable"),
        ("1e5", "number-unreadable"),
        (float("nan"), "number-unreadable"),
        (True, "number-unreadable"),
        (-3, "number-too-small"),
        ("-3", "number-too-small"),
        ("9999999999999", "number-too-large"),
    ],
)
def test_what_is_no_count_is_refused(cell: Cell, code: str) -> None:
    with pytest.raises(CellInvalid) as caught:
        counts.whole(cell)
    assert caught.value.code == code


def test_a_least_number_is_kept() -> None:
    assert counts.whole(1, least=1) == 1
    with pytest.raises(CellInvalid, match="number-too-small"):
        counts.whole(0, least=1)


@pytest.mark.parametrize("cell", [2006, 2006.0, "2006", "2006年", "2006年度", "２００６"])
def test_a_year(cell: Cell) -> None:
    assert counts.year(cell) == 2006


@pytest.mark.parametrize("cell", ["06", 20061, "去年", "2006-03"])
def test_what_is_no_year_is_refused(cell: Cell) -> None:
    with pytest.raises(CellInvalid, match="year-unreadable"):
        counts.year(cell)
