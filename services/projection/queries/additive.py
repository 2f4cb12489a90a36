"""Flows and stocks: sums of contributions, from the roll-ups where they reach and from facts at the edges.

A fact (unit, day, amount) contributes to an ancestor over the span [f, t) of its unit. A flow: the amount on
its day, if that lies in the span. A stock: the amount on the later of its day and f, and minus the amount on
t, so that a unit that moves carries its members along.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.projection.catalogue import Metric
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import BEGINNING, Scope, Tree, Window, reaching

# Amounts by breakdown (key of combo).
Totals = Mapping[int, int]
Wanted = tuple[Window, Metric]
# The place of a sum among those asked for, metric, grain, first and last start of roll-ups.
Piece = tuple[int, int, int, date, date]

MONTH, DAY = 0, 1
LOWEST_WITH_MONTHS: Final = 4
LOWEST_WITH_DAYS: Final = 2

OF_REACH = """
SELECT f.metric, f.combo, sum(f.amount)::bigint AS amount
FROM reach JOIN fact f ON f.unit = reach.unit AND f.metric = ANY ($7::smallint[])
     AND f.day BETWEEN reach.first AND reach.last
WHERE f.sequence <= ($3::bigint[])[f.lane + 1]
GROUP BY f.metric, f.combo
"""

# What spans that begin or end within [$4, $5] bring along or take away.
MOVED_STOCK = """
SELECT f.metric, f.combo, sum(moved.sign * f.amount)::bigint AS amount
FROM (SELECT unit, valid_from AS before, 1 AS sign FROM tree WHERE valid_from BETWEEN $4 AND $5
      UNION ALL
      SELECT unit, valid_to, -1 FROM tree WHERE valid_to BETWEEN $4 AND $5) AS moved
JOIN fact f ON f.unit = moved.unit AND f.metric = ANY ($7::smallint[]) AND f.day < moved.before
WHERE f.sequence <= ($3::bigint[])[f.lane + 1] AND $6::date IS NULL
GROUP BY f.metric, f.combo
"""

ROLLED_UP = """
SELECT w.place, r.combo, sum(r.amount)::bigint AS amount
FROM unnest($3::integer[], $4::smallint[], $5::smallint[], $6::date[], $7::date[])
     AS w(place, metric, grain, first, last)
JOIN rollup AS r ON r.ancestor = $1 AND r.line IN ($2, -1) AND r.metric = w.metric AND r.grain = w.grain
     AND r.start BETWEEN w.first AND w.last
GROUP BY w.place, r.combo
"""

# What single facts of subjects count, at units that moved.
SINGLES = """
SELECT f.metric, f.combo, count(*) AS amount
FROM reach JOIN fact f ON f.unit = reach.unit AND f.metric = ANY ($7::smallint[])
     AND f.day BETWEEN reach.first AND reach.last
JOIN counted_subject k ON k.metric = f.metric AND k.subject = f.subject AND NOT k.several
WHERE f.sequence <= ($3::bigint[])[f.lane + 1] AND f.amount > 0
GROUP BY f.metric, f.combo
"""

ANY_REPORT = """
SELECT EXISTS (SELECT FROM reach JOIN fact f
    ON f.unit = reach.unit AND f.metric = $7 AND f.day BETWEEN reach.first AND reach.last
    WHERE f.sequence <= ($3::bigint[])[f.lane + 1])
"""


@dataclass(frozen=True, slots=True)
class Sum:
    """What is added up: a metric over days; for a stock `first` is the beginning of time."""

    metric: Metric
    first: date
    last: date


def flow(metric: Metric, first: date, last: date) -> Sum:
    """A flow of a period."""
    return Sum(metric, first, last)


def stock(metric: Metric, day: date) -> Sum:
    """A stock at the end of a day."""
    return Sum(metric, BEGINNING, day)


async def totals(snapshot: Snapshot, scope: Scope, sums: Sequence[Sum]) -> list[Totals]:
    """Each sum by breakdown, together in a few round trips; values that add up to zero may be missing."""
    if scope.rolled is None or scope.rolled > LOWEST_WITH_MONTHS:
        return await _of_facts(snapshot, scope, scope.tree, sums)
    as_was = await _of_roll_ups(snapshot, scope, sums)
    if scope.basis == "as-was":
        return as_was
    then = await _read(snapshot, scope, Tree.MOVED, [(_judged_then(each), each.metric) for each in sums])
    now = await _of_facts(snapshot, scope, Tree.MOVED, sums)
    return [_together(was, is_now, minus=moved) for was, is_now, moved in zip(as_was, now, then, strict=True)]


async def singles(snapshot: Snapshot, scope: Scope, what: Sum) -> Totals:
    """How many subjects with a single fact count, by breakdown: of level 2 and up, at the present cut."""
    pieces = [(0, -what.metric.number, *grain) for grain in _grains(what)]
    as_was = (await _rolled_up(snapshot, scope, pieces))[0]
    if scope.basis == "as-was":
        return as_was
    windows = window_of(scope, what), _judged_then(what)
    now, then = [
        (await _read(snapshot, scope, Tree.MOVED, [(each, what.metric)], SINGLES))[0] for each in windows
    ]
    return _together(as_was, now, minus=then)


async def reported(snapshot: Snapshot, scope: Scope, what: Sum) -> bool:
    """Whether anything was said at all: an explicit zero differs from no data."""
    statement = reaching(scope.tree, ANY_REPORT)
    arguments = scope.arguments(window_of(scope, what))
    said: bool = await snapshot.connection.fetchval(statement, *arguments, what.metric.number)
    return said


def window_of(scope: Scope, what: Sum) -> Window:
    """The days and the tree of a sum."""
    if what.metric.kind == "stock":
        return scope.stock(what.last)
    return scope.flow(what.first, what.last)


def _judged_then(what: Sum) -> Window:
    return Window(what.first, what.last, what.last if what.metric.kind == "stock" else None)


async def _of_facts(snapshot: Snapshot, scope: Scope, tree: Tree, sums: Sequence[Sum]) -> list[Totals]:
    return await _read(snapshot, scope, tree, [(window_of(scope, each), each.metric) for each in sums])


async def _read(
    snapshot: Snapshot, scope: Scope, tree: Tree, wanted: Sequence[Wanted], statement: str = OF_REACH
) -> list[Totals]:
    """From facts: one round trip for all metrics of a window."""
    together: defaultdict[Window, set[int]] = defaultdict(set)
    for window, metric in wanted:
        together[window].add(metric.number)
    found: defaultdict[tuple[Window, int], dict[int, int]] = defaultdict(dict)
    for window, numbers in together.items():
        rows = await snapshot.connection.fetch(
            reaching(tree, statement), *scope.arguments(window), sorted(numbers)
        )
        for row in rows:
            found[window, row["metric"]][row["combo"]] = row["amount"]
    return [found[window, metric.number] for window, metric in wanted]


async def _of_roll_ups(snapshot: Snapshot, scope: Scope, sums: Sequence[Sum]) -> list[Totals]:
    days = scope.rolled is not None and scope.rolled <= LOWEST_WITH_DAYS
    pieces: list[Piece] = []
    at_edges: list[tuple[int, Wanted]] = []
    for place, each in enumerate(sums):
        for grain, first, last in _grains(each):
            if grain == MONTH or days:
                pieces.append((place, each.metric.number, grain, first, last))
            else:
                at_edges.append((place, (Window(first, last, None), each.metric)))
    found = await _rolled_up(snapshot, scope, pieces)
    for place, part in await _of_edges(snapshot, scope, at_edges):
        found[place].update(part)
    return [found[place] for place in range(len(sums))]


def _grains(what: Sum) -> Iterator[tuple[int, date, date]]:
    start, end = whole_months(what.first, what.last)
    if start < end:
        yield MONTH, start, end - timedelta(1)
    for first, last in edges(what.first, what.last):
        yield DAY, first, last


async def _rolled_up(
    snapshot: Snapshot, scope: Scope, pieces: Sequence[Piece]
) -> defaultdict[int, Counter[int]]:
    found: defaultdict[int, Counter[int]] = defaultdict(Counter)
    if pieces:
        columns = map(list, zip(*pieces, strict=True))
        for row in await snapshot.connection.fetch(ROLLED_UP, scope.unit, scope.line, *columns):
            found[row["place"]][row["combo"]] += row["amount"]
    return found


async def _of_edges(
    snapshot: Snapshot, scope: Scope, at_edges: Sequence[tuple[int, Wanted]]
) -> list[tuple[int, Totals]]:
    here = await _read(snapshot, scope, Tree.PRESENT, [wanted for _, wanted in at_edges])
    found = [(place, part) for (place, _), part in zip(at_edges, here, strict=True)]
    stocks = [(place, wanted) for place, wanted in at_edges if wanted[1].kind == "stock"]
    moved = await _read(snapshot, scope, Tree.MOVED, [wanted for _, wanted in stocks], MOVED_STOCK)
    return found + [(place, part) for (place, _), part in zip(stocks, moved, strict=True)]


def whole_months(first: date, last: date) -> tuple[date, date]:
    """[start, end) of the whole months within the days; empty when start is not before end."""
    start = first if first.day == 1 else _next_month(first)
    after = last + timedelta(1)
    return start, after.replace(day=1)


def edges(first: date, last: date) -> Iterator[tuple[date, date]]:
    """The days outside the whole months: before, after, or all of them."""
    start, end = whole_months(first, last)
    if start >= end:
        yield first, last
        return
    if first < start:
        yield first, start - timedelta(1)
    if end <= last:
        yield end, last


def _next_month(day: date) -> date:
    return (day.replace(day=28) + timedelta(4)).replace(day=1)


def _together(*parts: Totals, minus: Totals) -> Totals:
    result: Counter[int] = Counter()
    for part in parts:
        result.update(part)
    result.subtract(minus)
    return dict(result)
