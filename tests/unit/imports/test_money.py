"""Amounts as cadres write them."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionstream.imports import money
from unionstream.imports.cells import Cell
from unionstream.imports.problems import CellInvalid


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        ("912800", 91_280_000),
        (912800.0, 91_280_000),
        (0.1 + 0.2, 30),
        (1234.56, 123_456),
        ("1,234,567.89", 123_456_789),
        ("１，２３４．５０", 123_450),
        ("28。6万元", 28_600_000),
        ("1.2 万", 1_200_000),
        ("0.000001万", 1),
        ("￥100", 10_000),
        ("¥ 100.5元", 10_050),
        ("100元整", 10_000),
        ("50分", 50),
        ("0.5亿", 5_000_000_000),
        (".5", 50),
        ("5.", 500),
        (7, 700),
    ],
)
def test_an_amount_is_exact_to_the_fen(cell: Cell, fen: int) -> None:
    assert money.fen(cell) == fen


def test_the_headings_unit_holds_unless_the_cell_names_one() -> None:
    assert money.fen("28.6", money.UNITS["万元"]) == 28_600_000
    assert money.fen("28.6元", money.UNITS["万元"]) == 2_860


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("12.345", "amount-fraction-of-fen"),
        (12.345, "amount-fraction-of-fen"),
        ("0.0000001万", "amount-fraction-of-fen"),
        ("0", "amount-not-positive"),
        ("-5", "amount-not-positive"),
        ("-0.00", "amount-not-positive"),
        ("1,23", "amount-unreadable"),
        ("1,2345", "amount-unreadable"),
        ("1.2E+05", "amount-unreadable"),
        ("1e3000000", "amount-unreadable"),
        ("nan", "amount-unreadable"),
        ("", "amount-unreadable"),
        ("十万", "amount-unreadable"),
        ("12;50", "amount-unreadable"),
        (True, "amount-unreadable"),
        (float("inf"), "amount-unreadable"),
        ("100000000001", "amount-too-large"),
    ],
)
def test_what_is_not_a_payable_amount_is_refused(cell: Cell, code: str) -> None:
    with pytest.raises(CellInvalid) as caught:
        money.fen(cell)
    assert caught.value.code == code
    assert caught.value.remedy


@given(st.integers(min_value=1, max_value=10**12))
def test_every_amount_survives_each_way_of_writing_it(fen: int) -> None:
    yuan = Decimal(fen) / 100
    assert money.fen(f"{yuan:f}") == fen
    assert money.fen(f"{yuan:,.2f}") == fen
    assert money.fen(float(yuan)) == fen
    assert money.fen(f"{yuan / 10_000:f}万元") == fen
