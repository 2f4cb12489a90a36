"""Ranks that may be shared but leave no hole, and prizes by rank."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Literal
from uuid import UUID

from shared.contracts.events import EntryPrize, RankedEntry
from shared.errors import Refused
from shared.shares import divided

RankRule = Literal["dense", "gapped"]
PrizeRule = Literal["repeat", "share"]


class RanksWithHole(Refused):
    """After k who share rank r comes r+1 (dense) or r+k (gapped), and nothing else."""

    code = "ranks-with-hole"


class RankedTwice(Refused):
    """One entry stands twice in one list."""

    code = "ranked-twice"


class PrizeWithoutRank(Refused):
    """Nobody has the rank of this prize."""

    code = "prize-without-rank"


class PrizeTwice(Refused):
    """Two prizes are named for one rank."""

    code = "prize-twice"


def refuse_holes(ranks: Iterable[int], rule: RankRule) -> None:
    """Raises RanksWithHole, naming the first rank that may not stand where it stands."""
    due = 1
    for rank, sharing in sorted(Counter(ranks).items()):
        if rank != due:
            raise RanksWithHole(
                f"rank {due} comes next by the contest's rule ({rule})",
                field="rank",
                value=str(rank),
                remedy=f"give rank {due} to somebody",
            )
        due += 1 if rule == "dense" else sharing


def refuse_twice(entries: Sequence[UUID]) -> None:
    """Raises RankedTwice."""
    for entry, times in Counter(entries).items():
        if times > 1:
            raise RankedTwice("an entry has one rank", field="entry", value=str(entry), remedy="name it once")


def ranks_of(scores: Mapping[UUID, int], rule: RankRule) -> dict[UUID, int]:
    """The highest score is first; equal scores share a rank."""
    ranks: dict[UUID, int] = {}
    due = 1
    for score, sharing in sorted(Counter(scores.values()).items(), reverse=True):
        ranks |= {each: due for each, its in scores.items() if its == score}
        due += 1 if rule == "dense" else sharing
    return dict(sorted(ranks.items(), key=lambda each: (each[1], each[0])))


def prizes_of(
    results: Sequence[RankedEntry], named: Sequence[tuple[int, int]], rule: PrizeRule
) -> tuple[EntryPrize, ...]:
    """`named`: fen by rank. Those who tie each get it, or share it to the fen, by the contest's rule.

    Raises PrizeWithoutRank, PrizeTwice.
    """
    ranks = [rank for rank, _ in named]
    for rank in ranks:
        if ranks.count(rank) > 1:
            raise PrizeTwice(
                "a rank has one prize", field="rank", value=str(rank), remedy="name each rank once"
            )
    return tuple(prize for rank, fen in named for prize in _of_rank(results, rank, fen, rule))


def _of_rank(results: Sequence[RankedEntry], rank: int, fen: int, rule: PrizeRule) -> list[EntryPrize]:
    those = [each for each in results if each.rank == rank]
    if not those:
        raise PrizeWithoutRank(
            "nobody has this rank", field="rank", value=str(rank), remedy="name a rank of the results"
        )
    parts = divided(fen, [1] * len(those)) if rule == "share" else (fen,) * len(those)
    return [
        EntryPrize(entry=each.entry, entrant_kind=each.entrant_kind, rank=rank, fen=part)
        for each, part in zip(those, parts, strict=True)
    ]
