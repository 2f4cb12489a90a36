"""Competitions: entries, results, ranks and prizes by the contest's rules."""

from __future__ import annotations

from datetime import date
from functools import reduce
from itertools import count
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.events.domain import competitions as rules
from services.events.domain import ranking, results
from services.events.domain.competitions import Competition, CompetitionEntry, Turnout, evolve
from shared.contracts.events import CompetitionAnnounced, RankedEntry
from shared.errors import Refused
from shared.stages import BeforeLastStep, StepOutOfTurn

DAY, HELD, LATER = date(2013, 3, 1), date(2013, 5, 20), date(2013, 6, 1)


def told(state: Competition, events: tuple[Any, ...]) -> Competition:
    return reduce(evolve, events, state)


def announced(**but: Any) -> Competition:
    said: dict[str, Any] = {
        "occurredon": DAY,
        "union": UUID(int=1),
        "kind": "skill_contest",
        "discipline": "cnc_lathe",
        "theme": "general",
        "pilot": False,
        "rank_rule": "dense",
        "prize_rule": "repeat",
        "single_events": 1,
        "limit": 9,
        "document": "工〔2013〕3号",
    } | but
    return evolve(None, rules.decide_announce(CompetitionAnnounced(**said))[0])


def entered(state: Competition, people: int) -> Competition:
    for number in range(1, people + 1):
        entry = CompetitionEntry(entrant_kind="person", entrant=UUID(int=number), people=1)
        state = told(state, rules.decide_enter(state, UUID(int=100 + number), entry, DAY))
    return state


def held(people: int = 7, **but: Any) -> Competition:
    state = entered(announced(**but), people)
    return told(state, rules.decide_hold(state, Turnout(), HELD))


def ranks(*numbers: int) -> list[tuple[UUID, int]]:
    return [(UUID(int=100 + place), rank) for place, rank in zip(count(1), numbers, strict=False)]


def ranked(*numbers: int, **but: Any) -> Competition:
    state = held(len(numbers), **but)
    return told(state, results.decide_rank(state, 1, ranks(*numbers), HELD))


def refused(reason: type[Refused], decide: Any) -> None:
    with pytest.raises(reason) as caught:
        decide()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def test_a_craft_is_named_where_people_compete_in_one() -> None:
    refused(rules.DisciplineMissing, lambda: announced(discipline="other"))


def test_an_entry_counts_once_and_up_to_the_limit() -> None:
    state = entered(announced(limit=2), 1)
    same = CompetitionEntry(entrant_kind="person", entrant=UUID(int=1), people=1)
    refused(rules.EnteredAlready, lambda: rules.decide_enter(state, UUID(int=7), same, DAY))
    full = told(state, rules.decide_enter(state, *_team(1)))
    refused(rules.CompetitionFull, lambda: rules.decide_enter(full, *_team(2)))
    refused(rules.EntryUnknown, lambda: rules.decide_withdraw(full, UUID(int=5), DAY))
    (gone,) = rules.decide_withdraw(full, UUID(int=101), DAY)
    assert len(evolve(full, gone).entries) == 1


def _team(number: int) -> tuple[UUID, CompetitionEntry, date]:
    return UUID(int=50 + number), CompetitionEntry(entrant_kind="team", entrant=UUID(int=1), people=5), DAY


def test_one_union_may_send_several_teams() -> None:
    state = announced()
    for number in (1, 2):
        state = told(state, rules.decide_enter(state, *_team(number)))
    (event,) = rules.decide_hold(state, Turnout(), HELD)
    assert event.model_dump(include={"teams", "participants", "units"}) == {
        "teams": 2,
        "participants": 10,
        "units": 0,
    }


def test_who_took_part_is_told_once() -> None:
    refused(rules.NobodyTookPart, lambda: rules.decide_hold(announced(), Turnout(), HELD))
    by_name = entered(announced(), 1)
    refused(rules.EntriesCounted, lambda: rules.decide_hold(by_name, Turnout(participants=3), HELD))


def test_steps_come_in_their_order() -> None:
    refused(rules.RoundOutOfOrder, lambda: rules.decide_round(announced(), 2, 5, HELD))
    refused(StepOutOfTurn, lambda: rules.decide_start(held(), LATER))
    refused(StepOutOfTurn, lambda: rules.decide_close(announced(), LATER))
    refused(BeforeLastStep, lambda: rules.decide_close(held(), DAY))


def test_a_result_before_it_is_held() -> None:
    state = entered(announced(), 2)
    refused(results.ResultBeforeHeld, lambda: results.decide_rank(state, 1, ranks(1, 2), HELD))
    refused(results.ResultBeforeHeld, lambda: results.decide_rank(held(2), 1, ranks(1, 2), DAY))


@pytest.mark.parametrize(
    ("rule", "right", "wrong"),
    [("dense", (1, 2, 2, 3), (1, 2, 2, 4)), ("gapped", (1, 2, 2, 4), (1, 2, 2, 3))],
)
def test_after_those_who_tie_comes_what_the_contest_says(
    rule: str, right: tuple[int, ...], wrong: tuple[int, ...]
) -> None:
    state = held(4, rank_rule=rule)
    results.decide_rank(state, 1, ranks(*right), HELD)
    refused(ranking.RanksWithHole, lambda: results.decide_rank(state, 1, ranks(*wrong), HELD))
    refused(ranking.RanksWithHole, lambda: results.decide_rank(state, 1, ranks(2, 3), HELD))


def test_a_list_of_results_names_each_entry_once_and_only_entries() -> None:
    twice = [*ranks(1), *ranks(1)]
    refused(ranking.RankedTwice, lambda: results.decide_rank(held(), 1, twice, HELD))
    stranger = [(UUID(int=9), 1)]
    refused(rules.EntryUnknown, lambda: results.decide_rank(held(), 1, stranger, HELD))
    refused(results.SingleEventUnknown, lambda: results.decide_rank(held(), 2, ranks(1), HELD))


def test_a_later_list_tells_the_earlier_one() -> None:
    state = ranked(1, 2)
    (event,) = results.decide_rank(state, 1, ranks(1, 1), LATER)
    assert [each.rank for each in event.old_results] == [1, 2]
    assert event.occurredon == HELD


def test_prizes_go_by_rank_and_end_the_ranking() -> None:
    state = ranked(1, 2, 2)
    refused(results.NotRanked, lambda: results.decide_prizes(held(), 1, [(1, 5)], HELD))
    refused(ranking.PrizeWithoutRank, lambda: results.decide_prizes(state, 1, [(3, 5)], HELD))
    refused(ranking.PrizeTwice, lambda: results.decide_prizes(state, 1, [(1, 5), (1, 6)], HELD))
    paid = told(state, results.decide_prizes(state, 1, [(1, 30_000), (2, 20_000)], HELD))
    refused(results.PrizesDecidedAlready, lambda: results.decide_rank(paid, 1, ranks(1, 2, 3), LATER))


def test_those_who_tie_repeat_or_share_their_prize() -> None:
    (repeated,) = results.decide_prizes(ranked(1, 2, 2), 1, [(2, 20_001)], HELD)
    assert repeated.fen == 40_002
    (shared,) = results.decide_prizes(ranked(1, 2, 2, prize_rule="share"), 1, [(2, 20_001)], HELD)
    assert [each.fen for each in shared.prizes] == [10_001, 10_000]


@settings(max_examples=50)
@given(st.dictionaries(st.uuids(), st.integers(0, 10), min_size=1), st.sampled_from(["dense", "gapped"]))
def test_ranks_made_from_scores_never_have_a_hole(scores: dict[UUID, int], rule: ranking.RankRule) -> None:
    made = ranking.ranks_of(scores, rule)
    ranking.refuse_holes(made.values(), rule)
    assert all((scores[a] > scores[b]) == (made[a] < made[b]) for a in scores for b in scores)


@settings(max_examples=50)
@given(st.lists(st.integers(1, 4), min_size=1, max_size=8), st.integers(1, 10**6))
def test_a_shared_prize_is_given_whole(numbers: list[int], fen: int) -> None:
    those = [
        RankedEntry(entry=UUID(int=place), entrant_kind="person", entrant=UUID(int=place), rank=rank)
        for place, rank in enumerate(numbers)
    ]
    prizes = ranking.prizes_of(those, [(numbers[0], fen)], "share")
    assert sum(each.fen for each in prizes) == fen
