"""Who may give a ballot, what a ballot must hold, and that sums are all that is left of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import UUID

import pytest

from services.rights.commands import evaluations as commands
from services.rights.domain import ethics, evaluations
from services.rights.domain.evaluations import EvaluationRound, Tally
from shared.contracts.rights import EthicsReviewed, EvaluationBand, EvaluationRoundOpened
from shared.errors import Problem
from shared.vault import SealBroken, Vault

UNION, OTHER, ONE, TWO = UUID(int=1), UUID(int=2), UUID(int=3), UUID(int=4)
DAY = date(2013, 12, 1)
HIGH = dict.fromkeys(evaluations.dimensions(), 90)
LOW = dict.fromkeys(evaluations.dimensions(), 61)


def opened(*candidates: UUID) -> EvaluationRoundOpened:
    return EvaluationRoundOpened(
        occurredon=DAY, union=UNION, kind="middle_managers", candidates=candidates, invited=6
    )


def round_() -> EvaluationRound:
    return evaluations.evolve(None, opened(ONE, TWO))


def filled(ballots: int) -> Tally:
    box = Tally()
    for _ in range(ballots):
        box = evaluations.with_ballot(round_(), box, [HIGH, LOW])
    return box


def refused(reason: type[Problem], step: Callable[[], Any]) -> None:
    with pytest.raises(Problem) as caught:
        step()
    assert type(caught.value) is reason
    assert caught.value.field
    assert caught.value.remedy


def test_only_sums_are_left() -> None:
    sums = tuple(dict.fromkeys(evaluations.dimensions(), total) for total in (450, 305))
    assert filled(5) == Tally(ballots=5, totals=sums)
    scored, closed = evaluations.decide_close(round_(), filled(5), "1号", DAY)
    assert {(each.total, each.scores) for each in scored.dimensions} == {(755, 10)}
    assert (closed.ballots, closed.dimensions) == (5, 5)
    over = evaluations.evolve(evaluations.evolve(round_(), scored), closed)
    refused(evaluations.EvaluationOver, lambda: evaluations.decide_close(over, filled(5), "1号", DAY))


def test_a_box_is_sealed_anew_with_every_ballot_and_opens_for_its_round_only() -> None:
    vault, one, other = Vault(bytes(range(32))), UUID(int=7), UUID(int=8)
    first, again = (commands.sealed_box(vault, one, filled(3)) for _ in range(2))
    assert first != again
    assert commands.tally_of(vault, one, first) == commands.tally_of(vault, one, again) == filled(3)
    assert commands.tally_of(vault, one, None) == Tally()
    with pytest.raises(SealBroken):
        commands.tally_of(vault, other, first)


def test_a_few_ballots_are_not_counted() -> None:
    refused(evaluations.TooFewBallots, lambda: evaluations.decide_close(round_(), filled(4), "1号", DAY))


def test_who_may_give_a_ballot() -> None:
    evaluations.refuse_ballot(round_(), UNION, DAY, voted=False)
    refused(
        evaluations.VotedAlready,
        lambda: evaluations.refuse_ballot(round_(), UNION, DAY, voted=True),
    )
    refused(
        evaluations.VoterNotOfUnit,
        lambda: evaluations.refuse_ballot(round_(), OTHER, DAY, voted=False),
    )
    refused(
        evaluations.BeforeEvaluation,
        lambda: evaluations.refuse_ballot(round_(), UNION, date(2013, 11, 30), voted=False),
    )
    refused(
        evaluations.MoreBallotsThanInvited,
        lambda: evaluations.with_ballot(round_(), filled(6), [HIGH, LOW]),
    )


@pytest.mark.parametrize("scores", [[HIGH], [HIGH, {"virtue": 90}], [HIGH, LOW | {"luck": 1}]])
def test_a_ballot_scores_everybody_in_every_dimension(scores: list[dict[str, int]]) -> None:
    refused(evaluations.ScoresIncomplete, lambda: evaluations.with_ballot(round_(), Tally(), scores))


def test_a_candidate_stands_once() -> None:
    refused(evaluations.CandidateTwice, lambda: evaluations.decide_open(opened(ONE, ONE)))


def test_bands_add_up_once_a_semester() -> None:
    bands = (EvaluationBand(band="excellent", people=4), EvaluationBand(band="good", people=6))
    said: dict[str, Any] = {"occurredon": DAY, "union": UNION, "semester": "autumn", "document": "1号"}
    review = EthicsReviewed(**said, reviewed=10, bands=bands)
    (event,) = ethics.decide_review(None, review)
    state = ethics.evolve(None, event)
    refused(ethics.ReviewedAlready, lambda: ethics.decide_review(state, review))
    for wrong in (bands[:1], bands[:1] * 2):
        beside = EthicsReviewed(**said, reviewed=8, bands=wrong[:1])
        refused(ethics.BandsBesideReviewed, lambda beside=beside: ethics.decide_review(None, beside))  # type: ignore[misc]
    twice = EthicsReviewed(**said, reviewed=8, bands=bands[:1] * 2)
    refused(ethics.BandsBesideReviewed, lambda: ethics.decide_review(None, twice))
