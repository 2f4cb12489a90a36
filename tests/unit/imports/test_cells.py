"""Cells as text, codes and numbers."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from unionstream.imports import cells, places
from unionstream.imports.cells import Cell
from unionstream.imports.problems import CellInvalid


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("  9999992006 ", "9999992006"),
        ("９９９x", "999X"),
        ("'330282121000", "330282121000"),
        (330282121000.0, "330282121000"),
        ("\u200b81330282MC0000012N\t", "81330282MC0000012N"),
    ],
)
def test_codes_are_narrowed(cell: Cell, code: str) -> None:
    assert cells.code(cell) == code


@pytest.mark.parametrize("cell", [1.10105194912310e17, 999999199202290018, "1.10105E+17", "9.99999e17"])
def test_numbers_that_lost_digits_are_refused(cell: Cell) -> None:
    with pytest.raises(CellInvalid) as caught:
        cells.code(cell)
    assert caught.value.code == "number-lost-digits"
    assert "text" in caught.value.remedy


@pytest.mark.parametrize("words", ["张\x00三", "张\ud800三", "\x1b[2J"])
def test_nul_and_lone_surrogates_are_refused(words: str) -> None:
    with pytest.raises(CellInvalid, match="unreadable-characters"):
        cells.text(words)


def test_names_keep_their_characters() -> None:
    assert cells.text(" 阿卜杜拉·买买提\u3000 江 ") == "阿卜杜拉·买买提 江"


def test_a_date_is_no_name() -> None:
    with pytest.raises(CellInvalid, match="text-expected"):
        cells.text(date(2006, 3, 5))


@given(st.text(alphabet=st.characters(codec=None)))
def test_whatever_stood_in_a_cell_can_be_written_to_a_file(words: str) -> None:
    assert "\x00" not in cells.shown(words)
    cells.shown(words).encode()


@pytest.mark.parametrize(
    ("words", "union"),
    [
        ("330282121000", "330282121000"),
        ("81330282mc0000012n".upper(), "81330282MC0000012N"),
        ("01890A5D-AC96-774B-BCCE-B302099A8057", "01890a5d-ac96-774b-bcce-b302099a8057"),
    ],
)
def test_a_union_is_named_by_code_or_id(words: str, union: str) -> None:
    assert places.union(words) == union


@pytest.mark.parametrize(
    ("words", "code"),
    [
        ("天元镇总工会", "union-not-a-code"),
        ("330282000001", "division-code-level-missing"),
        ("81330282MC0000012M", "credit-code-check"),
    ],
)
def test_a_name_or_a_wrong_code_is_refused(words: str, code: str) -> None:
    with pytest.raises(CellInvalid) as caught:
        places.union(words)
    assert caught.value.code == code
