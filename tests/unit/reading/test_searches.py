"""What is tried for a number that is missing, and in what order."""

from __future__ import annotations

from shared.reading.searches import Searches

KEY = ("union.test", 0)


def test_a_new_hole_sends_the_reader_back_once() -> None:
    searches = Searches(patience=10)
    assert searches.saw(KEY, applied=4, furthest=7, now=0)
    assert not searches.saw(KEY, applied=4, furthest=9, now=1)
    assert searches.holding == {KEY: 9}


def test_the_end_of_the_partition_is_given_some_time_and_then_everything_is_read_once() -> None:
    searches = Searches(patience=10)
    searches.saw(KEY, applied=4, furthest=7, now=0)
    assert searches.given_up([KEY], now=9) == []
    assert searches.given_up([KEY], now=10) == [(KEY, 5)]
    assert searches.given_up([KEY], now=99) == []


def test_a_search_ends_when_the_highest_number_seen_has_been_applied() -> None:
    searches = Searches(patience=10)
    searches.saw(KEY, applied=4, furthest=7, now=0)
    assert not searches.saw(KEY, applied=7, furthest=7, now=1)
    assert KEY not in searches


def test_a_number_that_came_late_and_alone_sends_the_reader_back_for_those_behind_it() -> None:
    searches = Searches(patience=10)
    searches.saw(KEY, applied=4, furthest=7, now=0)
    assert searches.saw(KEY, applied=5, furthest=5, now=1)
    assert searches.holding == {KEY: 7}
