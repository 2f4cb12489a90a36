"""Cursors: given back they name the same place; anything else is refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.queries import cursor
from services.projection.queries.refusals import BadCursor
from services.projection.queries.trace import Traced

positions = st.builds(
    Traced,
    question=st.text(alphabet="0123456789abcdef", min_size=16, max_size=16),
    cut=st.just("c1000"),
    today=st.dates(),
    value=st.none() | st.integers(min_value=-(10**16), max_value=10**16),
    day=st.dates(),
    lane=st.integers(min_value=-1, max_value=47),
    sequence=st.integers(min_value=0, max_value=2**62),
    metric=st.integers(min_value=0, max_value=99),
    block=st.integers(min_value=0, max_value=2**32 - 1),
    offset=st.integers(min_value=0, max_value=2**16 - 1),
)


@given(positions)
def test_a_cursor_is_read_back(position: Traced) -> None:
    assert cursor.read(Traced, cursor.written(position), position.question) == position


@given(positions)
def test_another_questions_cursor_is_refused(position: Traced) -> None:
    with pytest.raises(BadCursor):
        cursor.read(Traced, cursor.written(position), "another")


@given(st.text(max_size=200))
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(BadCursor):
        cursor.read(Traced, text, cursor.digest("question"))


def test_a_question_has_one_digest() -> None:
    assert cursor.digest("a", date(2026, 1, 1)) == cursor.digest("a", date(2026, 1, 1))
    assert cursor.digest("a", "b") != cursor.digest("b", "a")
