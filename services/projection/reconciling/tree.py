"""Figures of the tree held against each other: parent and children, transfers, parts of a partition.

All is read in one snapshot, so that nothing that is only on its way looks like a difference.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.projection.catalogue import load
from services.projection.queries import additive
from services.projection.queries.additive import Sum, Totals
from services.projection.queries.question import Question
from services.projection.queries.snapshot import Snapshot
from services.projection.reconciling import behind
from services.projection.reconciling.differences import Difference

# $1 the union, $2 line, $3 cut, $4 and $5 days. Whose facts reach the union through a child, or are its own.
CHILDREN = """
WITH child AS (
    SELECT unit, valid_from, valid_to FROM edge
    WHERE parent = $1 AND CASE WHEN inner_edge THEN line = 0 ELSE line = $2 END
), reach AS (
    SELECT s.unit, greatest(c.valid_from, s.valid_from) AS valid_from,
           least(c.valid_to, s.valid_to) AS valid_to
    FROM child AS c JOIN span AS s ON s.ancestor = c.unit AND s.line IN ($2, -1)
         AND s.valid_from < c.valid_to AND c.valid_from < s.valid_to
    UNION ALL SELECT $1, '-infinity', 'infinity'
)
SELECT m.id, sum(f.amount)::bigint AS amount
FROM reach AS r JOIN fact AS f ON f.unit = r.unit AND f.sequence <= ($3::bigint[])[f.lane + 1]
JOIN metric AS m ON m.number = f.metric
WHERE CASE WHEN m.stock THEN f.day <= $5 AND r.valid_from <= $5 AND r.valid_to > $5
           ELSE f.day BETWEEN greatest($4, r.valid_from) AND least($5, r.valid_to - 1) END
GROUP BY m.id
"""

# Every transfer says both ends; $1 the union, $2 and $3 days, $4 and $5 metrics. What has no counterpart once
# all streams of its topic have been read further: the other end may still be on its way in another stream.
TRANSFERS = """
SELECT lane, sequence, metric = $4 AS gone, unit FROM unmatched_transfers($1, $2, $3, $4, $5)"""
OUT, IN = "members_transferred_out", "members_transferred_in"
# Where more sums than these are wrong, the others are told without a place and events.
MOST_LOOKED_INTO = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """A union and the days it is looked at for."""

    snapshot: Snapshot
    question: Question

    @property
    def unit(self) -> UUID:
        """Whose figures."""
        return self.question.unit.id

    @property
    def days(self) -> tuple[date, date]:
        """First and last."""
        return self.question.first, self.question.last


async def differences(asked: Asked) -> list[Difference]:
    """All three."""
    below = await _of_children(asked)
    told: list[Difference] = []
    for what, totals in await _totals(asked):
        whole, added = sum(totals.values()), below.get(what.metric.id, 0)
        if whole != added:
            told.append(await _children(asked, what, (added, whole), closely=len(told) < MOST_LOOKED_INTO))
        told += await _parts(asked, what, totals)
    return told + await _transfers(asked)


async def _of_children(asked: Asked) -> Mapping[str, int]:
    scope = asked.question.scope
    rows = await asked.snapshot.connection.fetch(
        CHILDREN, scope.unit, scope.line, list(scope.cut.numbers), *asked.days
    )
    return {row["id"]: row["amount"] for row in rows}


async def _totals(asked: Asked) -> list[tuple[Sum, Totals]]:
    first, last = asked.days
    sums = [
        additive.stock(each, last) if each.kind == "stock" else additive.flow(each, first, last)
        for each in load().metrics.values()
        if not each.target
    ]
    totals = await additive.totals(asked.snapshot, asked.question.scope, sums)
    return list(zip(sums, totals, strict=True))


async def _children(asked: Asked, what: Sum, sums: tuple[int, int], *, closely: bool) -> Difference:
    added, whole = sums
    spots, events = await behind.below(asked.snapshot, asked.question, what) if closely else ([], ())
    metric = what.metric
    return Difference(
        "children", asked.unit, metric.id, str(added), str(whole), metric.zh, events, spots=spots
    )


async def _parts(asked: Asked, what: Sum, totals: Totals) -> list[Difference]:
    combos: Mapping[int, Mapping[str, str]] = await asked.snapshot.combos()
    nowhere: dict[str, Counter[int]] = defaultdict(Counter)
    for combo, amount in totals.items():
        for dim, how in what.metric.dims.items():
            if how == "partition" and not combos[combo].get(dim):
                nowhere[dim][combo] += amount
    return [
        Difference(
            "parts", asked.unit, what.metric.id, "0", str(sum(without.values())), dim,
            await behind.without(asked.snapshot, asked.question, what, without),
        )
        for dim, without in nowhere.items()
        if sum(without.values())
    ]  # fmt: skip


async def _transfers(asked: Asked) -> list[Difference]:
    book = load()
    numbers = [book.metric(name).number for name in (OUT, IN)]
    rows = await asked.snapshot.connection.fetch(TRANSFERS, asked.question.scope.unit, *asked.days, *numbers)
    return [_unmatched(row) for row in rows]


def _unmatched(row: Any) -> Difference:
    names = (OUT, IN) if row["gone"] else (IN, OUT)
    return Difference(
        "transfers", row["unit"], names[0], "1", "0", names[1], ((row["lane"], row["sequence"]),)
    )
