"""Results and prizes of a competition that was held."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.events.domain.competitions import Competition, entry_of
from services.events.domain.ranking import prizes_of, refuse_holes, refuse_twice
from shared.contracts.events import CompetitionPrizesDecided, CompetitionRanked, RankedEntry
from shared.errors import Refused
from shared.stages import refuse_step


class ResultBeforeHeld(Refused):
    """What has not been held has no results."""

    code = "result-before-held"


class SingleEventUnknown(Refused):
    """The competition has fewer single events."""

    code = "single-event-unknown"


class PrizesDecidedAlready(Refused):
    """Prizes rest on the ranks."""

    code = "prizes-decided-already"


class NotRanked(Refused):
    """Prizes go by rank."""

    code = "not-ranked"


def decide_rank(
    state: Competition, single_event: int, ranks: Sequence[tuple[UUID, int]], on: date
) -> tuple[CompetitionRanked]:
    """Entry and rank; until prizes are decided a later list takes the place of the earlier one.

    Raises ResultBeforeHeld, RanksWithHole, RankedTwice, EntryUnknown, SingleEventUnknown.
    """
    if state.held_on is None or on < state.held_on:
        raise ResultBeforeHeld(
            "it has not been held by then", field="on", value=str(on), remedy="tell first that it was held"
        )
    refuse_step(
        state,
        (
            "held",
            "ranked",
        ),
        on,
        "on",
    )
    _refuse_unknown(state, single_event)
    _refuse_prized(state, single_event)
    refuse_twice([entry for entry, _ in ranks])
    refuse_holes([rank for _, rank in ranks], state.rank_rule)
    return (
        CompetitionRanked(
            occurredon=state.held_on,
            **state.about,
            single_event=single_event,
            old_results=state.results.get(single_event, ()),
            results=tuple(_ranked(state, entry, rank) for entry, rank in ranks),
        ),
    )


def decide_prizes(
    state: Competition, single_event: int, named: Sequence[tuple[int, int]], on: date
) -> tuple[CompetitionPrizesDecided]:
    """`named`: fen by rank. Raises NotRanked, PrizesDecidedAlready, PrizeWithoutRank, PrizeTwice."""
    refuse_step(
        state,
        (
            "held",
            "ranked",
            "commended",
        ),
        on,
        "on",
    )
    _refuse_prized(state, single_event)
    if single_event not in state.results:
        raise NotRanked(
            "there are no results", field="single_event", value=str(single_event), remedy="rank it first"
        )
    prizes = prizes_of(state.results[single_event], named, state.prize_rule)
    total = sum(each.fen for each in prizes)
    return (
        CompetitionPrizesDecided(
            occurredon=on, **state.about, single_event=single_event, prizes=prizes, fen=total
        ),
    )


def _ranked(state: Competition, entry: UUID, rank: int) -> RankedEntry:
    found = entry_of(state, entry)
    return RankedEntry(entry=entry, entrant_kind=found.entrant_kind, entrant=found.entrant, rank=rank)


def _refuse_unknown(state: Competition, single_event: int) -> None:
    if single_event > state.single_events:
        raise SingleEventUnknown(
            f"there are {state.single_events}",
            field="single_event",
            value=str(single_event),
            remedy="give a number up to that",
        )


def _refuse_prized(state: Competition, single_event: int) -> None:
    if single_event in state.prized:
        raise PrizesDecidedAlready(
            "its prizes are decided",
            field="single_event",
            value=str(single_event),
            remedy="nothing can change in its ranks",
        )
