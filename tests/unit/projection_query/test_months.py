"""A period as whole months and edge days: nothing left out, nothing twice."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from services.projection.queries.additive import edges, whole_months

days = st.dates(min_value=date(1990, 1, 1), max_value=date(2100, 1, 1))


@given(days, st.integers(min_value=0, max_value=800))
def test_months_and_edges_make_up_the_period(first: date, length: int) -> None:
    last = first + timedelta(length)
    start, end = whole_months(first, last)
    pieces = sorted([*edges(first, last), *([(start, end - timedelta(1))] if start < end else [])])
    assert pieces[0][0] == first
    assert pieces[-1][1] == last
    for (_, before), (after, _) in pairwise(pieces):
        assert after == before + timedelta(1)
    assert start.day == end.day == 1


@given(days)
def test_a_month_needs_no_edges(first: date) -> None:
    start = first.replace(day=1)
    last = (start + timedelta(32)).replace(day=1) - timedelta(1)
    assert list(edges(start, last)) == []
