"""A round of evaluation: who may vote, who has voted, and sums of scores that nobody can take apart.

That somebody took part is claimed under the person's id. The scores are added to sums that carry no voter,
no actor and no event, and are kept sealed: whoever reads the database after each ballot reads nothing. Both
are one transaction. The sums leave their box only after the round, and only when enough ballots are in it.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never
from uuid import UUID, uuid5

from shared.catalogues import catalogue
from shared.contracts.rights import (
    Candidate,
    DimensionScore,
    EvaluationRoundClosed,
    EvaluationRoundOpened,
    EvaluationScored,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule

BOXES = UUID("b9c0a1be-5f2f-5d63-8c0e-3f6c1f0a7e55")
RoundEvent = EvaluationRoundOpened | EvaluationScored | EvaluationRoundClosed


class EvaluationOver(Refused):
    """The round is closed."""

    code = "evaluation-over"


class VotedAlready(Refused):
    """One ballot for each voter."""

    code = "ballot-given-already"


class VoterNotOfUnit(Refused):
    """Those who vote belong to the union of the round."""

    code = "voter-not-of-unit"


class ScoresIncomplete(Refused):
    """A ballot scores every candidate in each of the five dimensions."""

    code = "scores-incomplete"


class MoreBallotsThanInvited(Refused):
    """Everybody who was invited has voted."""

    code = "more-ballots-than-invited"


class TooFewBallots(Refused):
    """With so few ballots the sums would tell who gave which score."""

    code = "too-few-ballots"


class CandidateTwice(Refused):
    """A candidate stands in the list once."""

    code = "candidate-twice"


class BeforeEvaluation(Refused):
    """The day lies before the opening of the round."""

    code = "before-evaluation"


class EvaluationRound(Frozen):
    """What may be seen of a round at any time: nothing of its scores."""

    union: UUID
    kind: str
    candidates: tuple[UUID, ...]
    invited: int
    opened_on: date
    closed: bool = False


class Tally(Frozen):
    """How many ballots, and the sums of their scores by dimension, for each candidate in their order."""

    ballots: int = 0
    totals: tuple[Mapping[str, int], ...] = ()

    def total(self, dimension: str) -> int:
        """Over all candidates."""
        return sum(each[dimension] for each in self.totals)


class BallotBox(Frozen):
    """A sealed tally, in hex, another one after every ballot. Never listed, never on a stream."""

    wrapped_key: str = ""
    record: str = ""


def dimensions() -> tuple[str, ...]:
    """The five, in their order."""
    return tuple(catalogue("evaluation_dimensions"))


def box_id(round_: UUID) -> UUID:
    """One for each round."""
    return uuid5(BOXES, str(round_))


def decide_open(opened: EvaluationRoundOpened) -> tuple[EvaluationRoundOpened]:
    """Each candidate once."""
    if len(set(opened.candidates)) < len(opened.candidates):
        raise CandidateTwice(
            "a candidate stands there twice",
            field="candidates",
            value=str(len(opened.candidates)),
            remedy="name each candidate once",
        )
    return (opened,)


def refuse_ballot(state: EvaluationRound, voter_union: UUID | None, on: date, *, voted: bool) -> None:
    """Raises EvaluationOver, BeforeEvaluation, VoterNotOfUnit, VotedAlready."""
    _refuse_outside(state, on, "given_on")
    if voter_union != state.union:
        raise VoterNotOfUnit(
            "the voter belongs to another union",
            field="voter",
            value="",
            remedy="let members of the union vote",
        )
    if voted:
        raise VotedAlready(
            "a ballot was given already", field="voter", value="", remedy="nothing is to be done"
        )


def with_ballot(state: EvaluationRound, tally: Tally, scores: Sequence[Mapping[str, int]]) -> Tally:
    """The tally with one ballot more; the ballot itself is nowhere kept."""
    if tally.ballots >= state.invited:
        raise MoreBallotsThanInvited(
            f"{state.invited} were invited",
            field="voter",
            value="",
            remedy="check how many were invited",
        )
    names = dimensions()
    if len(scores) != len(state.candidates) or any(set(each) != set(names) for each in scores):
        raise ScoresIncomplete(
            f"{len(state.candidates)} candidates have {len(names)} scores each",
            field="scores",
            value="",
            remedy=f"give {', '.join(names)} for every candidate, in the order of the round",
        )
    before = tally.totals or tuple(dict.fromkeys(names, 0) for _ in scores)
    totals = tuple(
        {name: old[name] + given[name] for name in names} for old, given in zip(before, scores, strict=True)
    )
    return Tally(ballots=tally.ballots + 1, totals=totals)


def decide_close(
    state: EvaluationRound, tally: Tally, document: str, on: date
) -> tuple[EvaluationScored, EvaluationRoundClosed]:
    """Sums per dimension over all ballots and candidates."""
    _refuse_outside(state, on, "closed_on")
    least = rule("evaluation.ballots_least", on)
    if tally.ballots < least:
        raise TooFewBallots(
            f"there are {tally.ballots} ballots",
            field="evaluation",
            value=str(tally.ballots),
            remedy=f"close it when there are {least} or more",
        )
    scores = tally.ballots * len(state.candidates)
    counted = tuple(
        DimensionScore(dimension=name, total=tally.total(name), scores=scores) for name in dimensions()
    )
    return (
        EvaluationScored(occurredon=on, kind=state.kind, ballots=tally.ballots, dimensions=counted),
        EvaluationRoundClosed(
            occurredon=on,
            kind=state.kind,
            candidates=tuple(Candidate(person=each) for each in state.candidates),
            dimensions=len(counted),
            invited=state.invited,
            ballots=tally.ballots,
            document=document,
        ),
    )


def evolve(state: EvaluationRound | None, event: RoundEvent) -> EvaluationRound:
    """The round after the event."""
    match event:
        case EvaluationRoundOpened():
            kept = event.model_dump(include={"union", "kind", "candidates", "invited"})
            return EvaluationRound(**kept, opened_on=event.occurredon)
        case EvaluationScored():
            assert state is not None
            return state
        case EvaluationRoundClosed():
            assert state is not None
            return state.model_copy(update={"closed": True})
        case _:
            assert_never(event)


def _refuse_outside(state: EvaluationRound, on: date, field: str) -> None:
    if state.closed:
        raise EvaluationOver(
            "the round is closed", field="evaluation", value="closed", remedy="open a new round"
        )
    if on < state.opened_on:
        raise BeforeEvaluation(
            f"it was opened on {state.opened_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
