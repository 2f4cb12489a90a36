"""Flows and stocks: sums of contributions, from the roll-ups where they reach and from facts at the edges.

A fact (unit, day, amount) contributes to an ancestor over the span [f, t) of its unit. A flow: the amount on
its day, if that lies in the span. A stock: the amount on the later of its day and f, and minus the amount on
t, so that a unit that moves carries its members along.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from services.projection.catalogue import Metric
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import BEGINNING, Scope, Tree, Window, reaching

# Amounts by breakdown (key of combo).
Totals = Mapping[int, int]

MONTH, DAY = 0, 1
LOWEST_WITH_MONTHS: Final = 4
LOWEST_WITH_DAYS: Final = 2

OF_REACH = """
SELECT f.combo, sum(f.amount)::bigint AS amount
FROM reach JOIN fact f ON f.unit = reach.unit AND f.metric = $7 AND f.day BETWEEN reach.first AND reach.last
WHERE f.sequence <= ($3::bigint[])[f.lane + 1]
GROUP BY f.combo
"""

# What spans that begin or end within [$4, $5] bring along or take away.
MOVED_STOCK = """
SELECT f.combo, sum(moved.sign * f.amount)::bigint AS amount
FROM (SELECT unit, valid_from AS before, 1 AS sign FROM tree WHERE valid_from BETWEEN $4 AND $5
      UNION ALL
      SELECT unit, valid_to, -1 FROM tree WHERE valid_to BETWEEN $4 AND $5) AS moved
JOIN fact f ON f.unit = moved.unit AND f.metric = $7 AND f.day < moved.before
WHERE f.sequence <= ($3::bigint[])[f.lane + 1] AND $6::date IS NULL
GROUP BY f.combo
"""

ROLLED_UP = """
SELECT combo, sum(amount)::bigint AS amount FROM rollup
WHERE ancestor = $1 AND line IN ($2, -1) AND metric = $3 AND grain = $4 AND start BETWEEN $5 AND $6
GROUP BY combo
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


async def totals(snapshot: Snapshot, scope: Scope, what: Sum) -> Totals:
    """The sum by breakdown; values that add up to zero may be missing."""
    if scope.rolled is None or scope.rolled > LOWEST_WITH_MONTHS:
        return await _of_facts(snapshot, scope, scope.tree, what)
    as_was = await _of_roll_ups(snapshot, scope, what)
    if scope.basis == "as-was":
        return as_was
    then = await _sums(snapshot, scope, Tree.MOVED, _judged_then(what), what.metric)
    now = await _of_facts(snapshot, scope, Tree.MOVED, what)
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


async def _of_facts(snapshot: Snapshot, scope: Scope, tree: Tree, what: Sum) -> Totals:
    return await _sums(snapshot, scope, tree, window_of(scope, what), what.metric)


async def _sums(snapshot: Snapshot, scope: Scope, tree: Tree, window: Window, metric: Metric) -> Totals:
    rows = await snapshot.connection.fetch(reaching(tree, OF_REACH), *scope.arguments(window), metric.number)
    return {row["combo"]: row["amount"] for row in rows}


async def _of_roll_ups(snapshot: Snapshot, scope: Scope, what: Sum) -> Totals:
    first_whole, after_whole = whole_months(what.first, what.last)
    parts = []
    if first_whole < after_whole:
        months = MONTH, first_whole, after_whole - timedelta(1)
        parts.append(await _rolled_up(snapshot, scope, what, months))
    for first, last in edges(what.first, what.last):
        if scope.rolled is not None and scope.rolled <= LOWEST_WITH_DAYS:
            parts.append(await _rolled_up(snapshot, scope, what, (DAY, first, last)))
        else:
            parts.extend(await _of_edge(snapshot, scope, what.metric, Window(first, last, None)))
    return _together(*parts)


async def _rolled_up(snapshot: Snapshot, scope: Scope, what: Sum, grain: tuple[int, date, date]) -> Totals:
    rows = await snapshot.connection.fetch(ROLLED_UP, scope.unit, scope.line, what.metric.number, *grain)
    return {row["combo"]: row["amount"] for row in rows}


async def _of_edge(snapshot: Snapshot, scope: Scope, metric: Metric, window: Window) -> list[Totals]:
    sums = [await _sums(snapshot, scope, Tree.PRESENT, window, metric)]
    if metric.kind == "stock":
        statement = reaching(Tree.MOVED, MOVED_STOCK)
        rows = await snapshot.connection.fetch(statement, *scope.arguments(window), metric.number)
        sums.append({row["combo"]: row["amount"] for row in rows})
    return sums


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


def _together(*parts: Totals, minus: Totals | None = None) -> Totals:
    result: Counter[int] = Counter()
    for part in parts:
        result.update(part)
    result.subtract(minus or {})
    return dict(result)
