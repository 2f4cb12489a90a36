"""Where a sum is wrong, and the events there: months or days, the child, the facts behind them."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from services.projection.queries import additive
from services.projection.queries.additive import DAY, LOWEST_WITH_DAYS, LOWEST_WITH_MONTHS, MONTH, Sum
from services.projection.queries.question import Question
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Tree, reaching
from services.projection.reconciling.differences import MOST_EVENTS, Event, Spot

# The first of so many wrong months or days are told.
MOST_SPOTS = 12

# $1 the union, $2 line. The stretches in which the facts of a unit reach the union, and through which child.
BY_CHILD = """
    SELECT c.unit AS child, s.unit, greatest(c.valid_from, s.valid_from) AS valid_from,
           least(c.valid_to, s.valid_to) AS valid_to
    FROM edge AS c JOIN span AS s ON s.ancestor = c.unit AND s.line IN ($2, -1)
         AND s.valid_from < c.valid_to AND c.valid_from < s.valid_to
    WHERE c.parent = $1 AND CASE WHEN c.inner_edge THEN c.line = 0 ELSE c.line = $2 END
    UNION ALL SELECT $1, $1, '-infinity', 'infinity'
"""
AS_SPANS = (
    "SELECT unit AS child, unit, valid_from, valid_to FROM span WHERE ancestor = $1 AND line IN ($2, -1)"
)

# $3 cut, $4 and $5 days, $6 metric. What a fact contributes, and when: a stock comes and goes with its unit.
OF_FLOW = """
    SELECT r.child, f.lane, f.sequence, f.day, f.amount
    FROM reach AS r JOIN fact AS f ON f.unit = r.unit AND f.metric = $6
         AND f.day BETWEEN greatest($4, r.valid_from) AND least($5, r.valid_to - 1)
    WHERE f.sequence <= ($3::bigint[])[f.lane + 1]
"""
OF_STOCK = """
    SELECT r.child, f.lane, f.sequence, c.day, c.amount
    FROM reach AS r JOIN fact AS f ON f.unit = r.unit AND f.metric = $6 AND f.day < r.valid_to
    CROSS JOIN LATERAL (VALUES (greatest(f.day, r.valid_from), f.amount), (r.valid_to, -f.amount))
         AS c(day, amount)
    WHERE f.sequence <= ($3::bigint[])[f.lane + 1] AND c.day BETWEEN $4 AND $5
"""
ADDED_UP = """
SELECT child, CASE WHEN day >= $7::date AND day < $8::date THEN date_trunc('month', day)::date ELSE day END
       AS start, sum(amount)::bigint AS amount
FROM contribution GROUP BY 1, 2
"""
THERE = """
SELECT lane, sequence FROM contribution
WHERE CASE WHEN day >= $7::date AND day < $8::date THEN date_trunc('month', day)::date ELSE day END
      = ANY ($9::date[]) AND ($10::integer[] IS NULL OR child = ANY ($10))
GROUP BY lane, sequence ORDER BY lane, sequence LIMIT $11
"""
ROLLED_UP = """
SELECT start, sum(amount)::bigint AS amount FROM rollup
WHERE ancestor = $1 AND line IN ($2, -1) AND metric = $3
  AND (grain = $4 AND start >= $5 AND start < $6 OR grain = $7 AND (start < $5 OR start >= $6)
       AND start BETWEEN $8 AND $9)
GROUP BY start
"""
# The children by their ids, and the level under which each is rolled up.
NAMED = """
SELECT n.key, n.id, s.level FROM node AS n
LEFT JOIN span AS s ON s.unit = n.key AND s.ancestor = n.key AND s.line = -1
WHERE n.key = ANY ($1::integer[])
"""
OF_COMBOS = """
SELECT f.lane, f.sequence FROM reach JOIN fact f ON f.unit = reach.unit AND f.metric = $7
     AND f.combo = ANY ($8::integer[]) AND f.day BETWEEN reach.first AND reach.last
WHERE f.sequence <= ($3::bigint[])[f.lane + 1]
GROUP BY f.lane, f.sequence ORDER BY f.lane, f.sequence LIMIT $9
"""

Sums = Mapping[date, int]


@dataclass(frozen=True, slots=True)
class Place:
    """A union on a line, or one of its children: where sums are compared."""

    snapshot: Snapshot
    question: Question
    what: Sum
    unit: int
    rolled: int | None

    @property
    def months(self) -> tuple[date, date]:
        """[start, end) of the days that are added up by months; elsewhere days are looked at."""
        start, end = additive.whole_months(self.what.first, self.what.last)
        return (start, end) if start < end else (self.what.first, self.what.first)

    def bounds(self, start: date) -> tuple[date, date]:
        """The days of a month or day."""
        inside = self.months[0] <= start < self.months[1]
        following = (start.replace(day=28) + timedelta(4)).replace(day=1)
        return start, following - timedelta(1) if inside else start

    async def facts(self, reach: str = BY_CHILD) -> Mapping[int, Counter[date]]:
        """What facts say, by child, then month or day."""
        sums: defaultdict[int, Counter[date]] = defaultdict(Counter)
        for row in await self.snapshot.connection.fetch(self._over(reach, ADDED_UP), *self._arguments):
            sums[row["child"]][row["start"]] += row["amount"]
        return sums

    async def found(self) -> Sums:
        """What its figures are read from: roll-ups where there are any, else facts by the spans of units."""
        if self.rolled is None or self.rolled > LOWEST_WITH_MONTHS:
            return _together(await self.facts(AS_SPANS))
        scope, months = self.question.scope, self.months
        rows = await self.snapshot.connection.fetch(
            ROLLED_UP, self.unit, scope.line, self.what.metric.number, MONTH, *months, DAY,
            self.what.first, self.what.last,
        )  # fmt: skip
        sums = {row["start"]: row["amount"] for row in rows}
        return sums if self.rolled <= LOWEST_WITH_DAYS else await self._with_edges(sums)

    async def events(self, starts: Sequence[date], children: Collection[int] | None) -> tuple[Event, ...]:
        """Positions of facts that count in these months or days, through these children (None: all)."""
        arguments = *self._arguments, list(starts), None if children is None else sorted(children)
        rows = await self.snapshot.connection.fetch(self._over(BY_CHILD, THERE), *arguments, MOST_EVENTS)
        return tuple((row["lane"], row["sequence"]) for row in rows)

    async def _with_edges(self, sums: dict[date, int]) -> Sums:
        # Days at the edges are read from facts at these levels: there is nothing else to hold against them.
        start, end = self.months
        facts = _together(await self.facts())
        return {at: n for at, n in sums.items() if start <= at < end} | {
            at: n for at, n in facts.items() if not start <= at < end
        }

    def _over(self, reach: str, rest: str) -> str:
        # Constants of this module only; values travel as parameters.
        of = OF_STOCK if self.what.metric.kind == "stock" else OF_FLOW
        return f"WITH reach AS ({reach}), contribution AS MATERIALIZED ({of}) {rest}"

    @property
    def _arguments(self) -> tuple[object, ...]:
        scope = self.question.scope
        days = self.what.first, self.what.last
        return (self.unit, scope.line, list(scope.cut.numbers), *days, self.what.metric.number, *self.months)


async def below(snapshot: Snapshot, question: Question, what: Sum) -> tuple[list[Spot], tuple[Event, ...]]:
    """Where the children of a union do not add up to it, and the events there, at most MOST_EVENTS.

    A child is named where its own figures are wrong in the same days, or where nobody else has facts there.
    """
    here = Place(snapshot, question, what, question.scope.unit, question.scope.rolled)
    facts, found = await here.facts(), await here.found()
    expected = _together(facts)
    wrong = sorted(at for at in expected.keys() | found if expected.get(at, 0) != found.get(at, 0))
    children = {row["key"]: row for row in await snapshot.connection.fetch(NAMED, list(facts))}
    blamed = await _blamed(here, children, wrong)
    spots, through = [], set[int]()
    for at in wrong[:MOST_SPOTS]:
        told = blamed.get(at) or {key for key, sums in facts.items() if sums[at]}
        through |= told
        child = children[next(iter(told))]["id"] if len(told) == 1 else None
        spots.append(Spot(*here.bounds(at), child, expected.get(at, 0), found.get(at, 0)))
    return spots, await here.events(wrong, through or None) if wrong else ()


async def _blamed(here: Place, children: Mapping[int, Any], wrong: Sequence[date]) -> Mapping[date, set[int]]:
    blamed: defaultdict[date, set[int]] = defaultdict(set)
    for key, row in children.items():
        level = row["level"]
        if key == here.unit or level is None or level > LOWEST_WITH_MONTHS:
            continue
        child = replace(here, unit=key, rolled=level)
        expected, found = _together(await child.facts()), await child.found()
        for at in wrong:
            if expected.get(at, 0) != found.get(at, 0):
                blamed[at].add(key)
    return blamed


async def without(
    snapshot: Snapshot, question: Question, what: Sum, combos: Collection[int]
) -> tuple[Event, ...]:
    """The events whose facts count in a sum with one of these breakdown values, at most MOST_EVENTS."""
    window = additive.window_of(question.scope, what)
    tree = Tree.PRESENT if question.scope.rolled is not None else question.scope.tree
    rows = await snapshot.connection.fetch(
        reaching(tree, OF_COMBOS), *question.scope.arguments(window), what.metric.number, sorted(combos),
        MOST_EVENTS,
    )  # fmt: skip
    return tuple((row["lane"], row["sequence"]) for row in rows)


def _together(by_child: Mapping[int, Counter[date]]) -> Counter[date]:
    sums: Counter[date] = Counter()
    for each in by_child.values():
        sums.update(each)
    return sums
