"""Pairs of people, and people who look for work."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.welfare.domain import employment, help_pairs
from services.welfare.domain.employment import JobSeeker
from services.welfare.domain.help_pairs import HelpPair, Match
from shared.errors import Problem

UNION, HELPER, HELPED, OTHER = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
DAY, LATER, BEFORE = date(2013, 6, 1), date(2013, 7, 1), date(2013, 5, 1)


def refused(reason: type[Problem], decide: Any) -> None:
    with pytest.raises(Problem) as caught:
        decide()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def pair(pledged: int = 100) -> HelpPair:
    match = Match("one_on_one", HELPER, HELPED, pledged, DAY)
    return help_pairs.evolve(None, help_pairs.decide_match(None, UNION, match)[0])


def test_a_pair_gives_what_it_pledged_or_more() -> None:
    (first,) = help_pairs.decide_deliver(pair(), 60, 1, LATER)
    assert help_pairs.warnings_on(pair(), first) == ()
    helping = help_pairs.evolve(pair(), first)
    (second,) = help_pairs.decide_deliver(helping, 41, 0, LATER)
    assert help_pairs.warnings_on(helping, second) == ("given-more-than-pledged",)
    (end,) = help_pairs.decide_end(help_pairs.evolve(helping, second), LATER)
    assert (end.pledged_fen, end.given_fen) == (100, 101)


def test_what_was_not_pledged_in_money_may_be_given() -> None:
    (event,) = help_pairs.decide_deliver(pair(0), 60, 0, LATER)
    assert help_pairs.warnings_on(pair(0), event) == ()


def test_what_a_pair_may_not() -> None:
    alone = Match("one_on_one", HELPER, HELPER, 0, DAY)
    refused(help_pairs.HelpsOneself, lambda: help_pairs.decide_match(None, UNION, alone))
    again = alone._replace(helped=HELPED)
    refused(help_pairs.PairExists, lambda: help_pairs.decide_match(OTHER, UNION, again))
    refused(help_pairs.NothingDelivered, lambda: help_pairs.decide_deliver(pair(), 0, 0, LATER))
    refused(help_pairs.BeforePairStep, lambda: help_pairs.decide_end(pair(), BEFORE))
    ended = help_pairs.evolve(pair(), help_pairs.decide_end(pair(), LATER)[0])
    refused(help_pairs.PairEnded, lambda: help_pairs.decide_deliver(ended, 1, 0, LATER))


def seeker() -> JobSeeker:
    return employment.evolve(None, employment.decide_register(None, UNION, HELPED, DAY)[0])


def test_a_search_ends_with_work_or_without() -> None:
    referred = employment.evolve(seeker(), employment.decide_refer(seeker(), None, LATER)[0])
    assert referred.seeking
    employed = employment.evolve(referred, employment.decide_employ(referred, OTHER, LATER)[0])
    ended = employment.evolve(seeker(), employment.decide_end(seeker(), LATER)[0])
    assert (employed.stage, ended.stage) == ("employed", "ended")
    refused(employment.SearchOver, lambda: employment.decide_refer(employed, None, LATER))
    refused(employment.SearchOver, lambda: employment.decide_employ(ended, None, LATER))


def test_one_search_at_a_time_and_no_step_before_the_last() -> None:
    refused(employment.AlreadySeeking, lambda: employment.decide_register(OTHER, UNION, HELPED, DAY))
    refused(employment.BeforeJobStep, lambda: employment.decide_end(seeker(), BEFORE))
