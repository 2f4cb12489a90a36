"""A cut as text: what comes back is what went out, and a slip of the pen is noticed."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.queries.cut import ALPHABET, Cut, parse
from services.projection.queries.refusals import BadCut

cuts = st.builds(
    lambda numbers: Cut.of(dict(enumerate(numbers))),
    st.lists(st.integers(min_value=0, max_value=2**63 - 1), max_size=48),
)


@given(cuts)
def test_a_cut_is_read_back_from_its_text(cut: Cut) -> None:
    assert parse(str(cut)) == cut


@given(cuts)
def test_upper_case_and_blanks_around_do_not_matter(cut: Cut) -> None:
    assert parse(f"  {str(cut).upper()}\n") == cut


@given(cuts, st.data())
def test_one_wrong_character_is_noticed(cut: Cut, data: st.DataObject) -> None:
    text = str(cut)
    place = data.draw(st.integers(min_value=2, max_value=len(text) - 1))
    letter = data.draw(st.sampled_from([each for each in ALPHABET if each != text[place]]))
    with pytest.raises(BadCut):
        parse(text[:place] + letter + text[place + 1 :])


@given(st.text(max_size=300))
def test_any_other_text_is_refused_and_never_breaks(text: str) -> None:
    with pytest.raises(BadCut):
        parse(f"c2{text}")
    with suppress(BadCut):
        assert str(parse(text)) == text.strip().lower()


@pytest.mark.parametrize("text", ["", "c1", "c2000", "c1" + "z" * 5000, "c10000\x00"])
def test_what_is_no_cut_is_refused(text: str) -> None:
    with pytest.raises(BadCut):
        parse(text)


@given(cuts, cuts)
def test_what_both_know_is_beyond_neither(one: Cut, other: Cut) -> None:
    both = one.meet(other)
    assert not list(both.beyond(one))
    assert not list(both.beyond(other))


def test_a_lane_that_is_not_named_stands_at_nothing() -> None:
    assert Cut((3,)).at(40) == 0
    assert list(Cut((3, 0, 7)).beyond(Cut((3,)))) == [2]
