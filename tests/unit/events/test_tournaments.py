"""Tournaments and selection campaigns: stories of rounds, ranks, nominees and votes."""

from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.events.domain import selections, tournaments
from services.events.domain.ranking import RanksWithHole
from services.events.domain.selections import Selection
from services.events.domain.tournaments import Tournament
from shared.contracts.events import NomineeVotes, SelectionPlanned, TournamentPlace, TournamentPlanned

UNION, ANN, BOB = (UUID(f"0196f000-0000-7000-8000-00000000000{n}") for n in (1, 2, 3))
DAY, PAPER = date(2013, 10, 1), "校工〔2013〕3号"
Step = Callable[[Any], tuple[Any, ...]]


def tournament(*steps: Step, compulsory: bool = True) -> Tournament:
    planned = TournamentPlanned(
        occurredon=DAY, union=UNION, sport="table_tennis", rounds=2, compulsory=compulsory, planned_for=DAY
    )
    state = tournaments.evolve(None, planned)
    for step in steps:
        state = reduce(tournaments.evolve, step(state), state)
    return state


def counted(group: int, members: int, entrants: int) -> Step:
    return lambda state: tournaments.decide_count(state, group, members, entrants, DAY)


def played(entrants: int, advanced: int = 0) -> Step:
    return lambda state: tournaments.decide_round(state, entrants, advanced, DAY)


def published(*places: tuple[int, int]) -> Step:
    said = tuple(TournamentPlace(group=group, rank=rank) for group, rank in places)
    return lambda state: tournaments.decide_publish(state, said, PAPER, DAY)


GROUPS = (counted(1, 12, 12), counted(2, 10, 10), counted(3, 8, 8))
OVER = (*GROUPS, played(30, 6), played(6))


def test_a_group_is_counted_once_and_sends_no_more_than_it_has() -> None:
    with pytest.raises(tournaments.GroupCountedTwice):
        counted(1, 12, 12)(tournament(counted(1, 12, 12)))
    with pytest.raises(tournaments.EntrantsBeyondGroup):
        counted(1, 12, 13)(tournament())


def test_who_had_to_take_part_and_did_not_is_warned_of() -> None:
    assert counted(1, 12, 11)(tournament())[0].warnings == ("compulsory-not-all-took-part",)
    assert counted(1, 12, 11)(tournament(compulsory=False))[0].warnings == ()


def test_rounds_follow_each_other_with_those_who_went_on() -> None:
    with pytest.raises(tournaments.AdvancedBeyondEntrants):
        played(30, 31)(tournament(*GROUPS))
    with pytest.raises(tournaments.EntrantsBeyondAdvanced):
        played(7)(tournament(*GROUPS, played(30, 6)))
    with pytest.raises(tournaments.AdvancedBeyondEntrants):
        played(6, 1)(tournament(*GROUPS, played(30, 6)))
    with pytest.raises(tournaments.TournamentOver):
        played(1)(tournament(*OVER))
    assert [played(30, 6)(tournament())[0].stage, played(6)(tournament(played(30, 6)))[0].stage] == [
        "preliminary",
        "final",
    ]


def test_ranks_are_published_after_the_final_without_a_hole() -> None:
    with pytest.raises(tournaments.TournamentNotOver):
        published((1, 1))(tournament(*GROUPS, played(30, 6)))
    over = tournament(*OVER)
    with pytest.raises(RanksWithHole):
        published((1, 1), (2, 3))(over)
    with pytest.raises(tournaments.GroupNotCounted):
        published((9, 1))(over)
    with pytest.raises(tournaments.GroupCountedTwice):
        published((1, 1), (1, 2))(over)
    with pytest.raises(tournaments.TournamentOver):
        published((1, 1))(tournament(*OVER, published((1, 1), (2, 1), (3, 3))))


def selection(*steps: Step) -> Selection:
    planned = SelectionPlanned(
        occurredon=DAY, union=UNION, selection_kind="finest_worker", places=1, planned_for=DAY
    )
    state = selections.evolve(None, planned)
    for step in steps:
        state = reduce(selections.evolve, step(state), state)
    return state


def opened(state: Selection) -> tuple[Any, ...]:
    return selections.decide_open(state, PAPER, DAY)


def proposed(nominee: int, person: UUID | None = None) -> Step:
    return lambda state: selections.decide_propose(state, nominee, person, DAY)


def voted(voters: int, *votes: tuple[int, int]) -> Step:
    said = tuple(NomineeVotes(nominee=nominee, votes=number) for nominee, number in votes)
    return lambda state: selections.decide_vote(state, voters, said, DAY)


def selected(*nominees: int) -> Step:
    return lambda state: selections.decide_select(state, nominees, PAPER, DAY)


LISTED = (opened, proposed(1, ANN), proposed(2, BOB))


def test_nobody_is_nominated_twice_or_too_late() -> None:
    for again in (proposed(1), proposed(3, ANN)):
        with pytest.raises(selections.NominatedTwice):
            again(selection(*LISTED))
    assert proposed(3)(selection(*LISTED))
    for step in ((), (*LISTED, voted(5, (1, 3)))):
        with pytest.raises(selections.SelectionElsewhere):
            proposed(4)(selection(*step))


def test_a_nominee_has_no_more_votes_than_there_are_voters() -> None:
    with pytest.raises(selections.VotesBeyondVoters):
        voted(5, (1, 6))(selection(*LISTED))
    with pytest.raises(selections.NotNominated):
        voted(5, (3, 1))(selection(*LISTED))
    with pytest.raises(selections.NominatedTwice):
        voted(5, (1, 1), (1, 2))(selection(*LISTED))


def test_the_selected_were_nominated_and_voted_on() -> None:
    with pytest.raises(selections.SelectionElsewhere):
        selected(1)(selection(*LISTED))
    counted_votes = selection(*LISTED, voted(5, (1, 3), (2, 2)))
    with pytest.raises(selections.NotNominated):
        selected(3)(counted_votes)
    with pytest.raises(selections.SelectedBeyondPlaces):
        selected(1, 2)(counted_votes)
    assert selected(1)(counted_votes)[0].warnings == ()
    assert selected(2)(counted_votes)[0].warnings == ("selected-with-fewer-votes",)
