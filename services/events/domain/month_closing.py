"""Closing a month: scores go into the year, the order is published, flags are given or moved."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from typing import NamedTuple
from uuid import UUID

from services.events.domain.scoreboards import (
    Scoreboard,
    ScoreboardEvent,
    evolve,
    flags_of,
    refuse_unready,
    scores_of,
    standings_of,
    year_scores,
)
from shared.contracts.events import AnnualScoreAccumulated, MonthlyRankingPublished, ScoreFlagChanged


class AtUnion(NamedTuple):
    """An event and the union at which it counts."""

    union: UUID
    event: ScoreboardEvent


def decide_close(state: Scoreboard, month: date, on: date) -> tuple[AtUnion, ...]:
    """Raises ScoresMissing, MonthClosed, MonthOutsideYear."""
    refuse_unready(state, month)
    return decide_publish(state, month, on)


def decide_publish(state: Scoreboard, month: date, on: date) -> tuple[AtUnion, ...]:
    """What the points of the month now say, as changes of what was published."""
    known = state.month(month)
    scores = scores_of(known)
    added = tuple(_added(state, month, on, scores))
    after = reduce(evolve, [each.event for each in added], state)
    ranking = standings_of(scores, state.rank_rule)
    published = MonthlyRankingPublished(
        occurredon=on,
        month=month,
        edition=known.editions + 1,
        ranking=ranking,
        year_ranking=standings_of(year_scores(after), state.rank_rule),
    )
    flags = flags_of(ranking, month)
    return (*added, AtUnion(state.union, published), *_flags(state, month, on, flags))


def _added(state: Scoreboard, month: date, on: date, scores: dict[UUID, int]) -> Iterator[AtUnion]:
    before = state.month(month).scores
    for entrant, score in scores.items():
        if before.get(entrant) != score:
            old = before.get(entrant)
            event = AnnualScoreAccumulated(
                occurredon=on, entrant=entrant, month=month, old_score=old, score=score
            )
            yield AtUnion(entrant, event)


def _flags(state: Scoreboard, month: date, on: date, flags: dict[UUID, str]) -> Iterator[AtUnion]:
    before = state.month(month).flags
    for entrant in state.entrants:
        old, new = before.get(entrant), flags.get(entrant)
        if old != new:
            event = ScoreFlagChanged(occurredon=on, entrant=entrant, month=month, old_flag=old, flag=new)
            yield AtUnion(entrant, event)
