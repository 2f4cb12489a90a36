"""Points out of a hundred, once for each department; the month's order, its flags, corrections that show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.events.domain import scoreboards as rules
from services.events.domain.month_closing import decide_close, decide_publish
from services.events.domain.scoreboards import Scoreboard, evolve
from shared.contracts.events import MonthlyScoreCorrected, MonthlyScoreRecorded, ScoreboardOpened
from shared.errors import Refused

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
MAY, DAY = date(2013, 5, 1), date(2013, 6, 3)


def opened(entrants: tuple[UUID, ...] = (A, B, C), rank_rule: str = "dense") -> Scoreboard:
    said = ScoreboardOpened(
        occurredon=date(2013, 1, 5),
        union=UUID(int=9),
        year=2013,
        entrants=entrants,
        departments=("quality", "safety"),
        criteria=7,
        rank_rule=rank_rule,
        document="工〔2013〕1号",
    )
    return evolve(None, rules.decide_open(said)[0])


def given(entrant: UUID, department: str, month: date, points: int) -> MonthlyScoreRecorded:
    return MonthlyScoreRecorded(
        occurredon=DAY, entrant=entrant, month=month, department=department, points=points
    )


def scored(*totals: tuple[int, int], rank_rule: str = "dense") -> Scoreboard:
    state = opened(rank_rule=rank_rule)
    for entrant, pair in zip((A, B, C), totals, strict=False):
        for department, points in zip(("quality", "safety"), pair, strict=True):
            state = reduce(evolve, rules.decide_score(state, given(entrant, department, MAY, points)), state)
    return state


def closed(*totals: tuple[int, int], rank_rule: str = "dense") -> Scoreboard:
    state = scored(*totals, rank_rule=rank_rule)
    return reduce(evolve, [each.event for each in decide_close(state, MAY, DAY)], state)


def corrected(entrant: UUID, points: int) -> MonthlyScoreCorrected:
    return MonthlyScoreCorrected(
        occurredon=DAY,
        entrant=entrant,
        month=MAY,
        department="quality",
        old_points=0,
        points=points,
        document="工〔2013〕2号",
    )


def refused(reason: type[Refused], decide: Any) -> None:
    with pytest.raises(reason) as caught:
        decide()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def test_points_are_out_of_a_hundred_and_given_once() -> None:
    state = scored((90, 80))
    rules.decide_score(state, given(B, "quality", MAY, 100))
    refused(rules.PointsBeyondMost, lambda: rules.decide_score(state, given(B, "quality", MAY, 101)))
    refused(rules.ScoredAlready, lambda: rules.decide_score(state, given(A, "quality", MAY, 90)))


def test_points_belong_to_the_scoreboard() -> None:
    state = opened()
    refused(rules.EntrantUnknown, lambda: rules.decide_score(state, given(UUID(int=8), "quality", MAY, 9)))
    refused(rules.DepartmentUnknown, lambda: rules.decide_score(state, given(A, "finance", MAY, 9)))
    other = date(2014, 5, 1)
    refused(rules.MonthOutsideYear, lambda: rules.decide_score(state, given(A, "quality", other, 9)))
    refused(rules.MonthOutsideYear, lambda: decide_close(state, other, DAY))
    refused(rules.OpenedTwice, lambda: opened((A, A)))


def test_a_month_is_closed_once_when_all_points_are_there() -> None:
    refused(rules.ScoresMissing, lambda: decide_close(scored((90, 80)), MAY, DAY))
    refused(rules.MonthOpen, lambda: rules.decide_correct(scored((90, 80)), corrected(A, 5)))
    done = closed((90, 81), (90, 80), (70, 70))
    refused(rules.MonthClosed, lambda: decide_close(done, MAY, DAY))
    refused(rules.MonthClosed, lambda: rules.decide_score(done, given(A, "quality", MAY, 9)))


def test_first_second_and_last_have_their_flags() -> None:
    state = closed((90, 81), (90, 80), (70, 70))
    assert state.month(MAY).flags == {A: "red", B: "pink", C: "yellow"}
    assert [each.score for each in state.standings] == [8550, 8500, 7000]


@pytest.mark.parametrize(
    ("points", "rank_rule", "flags"),
    [
        (((9, 9), (9, 9), (9, 9)), "dense", ["red", "red", "red"]),
        (((9, 9), (9, 9), (8, 8)), "dense", ["red", "red", "pink"]),
        (((9, 9), (9, 9), (8, 8)), "gapped", ["red", "red", "yellow"]),
    ],
)
def test_ties_share_a_flag(points: Sequence[tuple[int, int]], rank_rule: str, flags: Sequence[str]) -> None:
    assert [*closed(*points, rank_rule=rank_rule).month(MAY).flags.values()] == flags


def test_a_correction_shows_both_values_and_ranks_anew() -> None:
    state = closed((90, 81), (90, 80), (70, 70))
    assert rules.decide_correct(state, corrected(C, 70)) == ()
    refused(rules.PointsBeyondMost, lambda: rules.decide_correct(state, corrected(C, 101)))
    (event,) = rules.decide_correct(state, corrected(C, 100))
    assert (event.old_points, event.points) == (70, 100)
    after = evolve(state, event)
    after = reduce(evolve, [each.event for each in decide_publish(after, MAY, DAY)], after)
    assert after.month(MAY).flags == {A: "red", B: "pink", C: "pink"}
    assert [each.score for each in after.standings] == [8550, 8500, 8500]
    assert after.month(MAY).editions == 2
