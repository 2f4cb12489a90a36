"""What is said of subjects one by one: how many there are, what the largest has, what each has at most.

At the present cut, at level 2 and up, those with a single fact are added up from the roll-ups; only
the others are counted one by one. Everything else is counted from facts, and never summed from parts.
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from services.projection.catalogue import Metric
from services.projection.queries import additive
from services.projection.queries.additive import LOWEST_WITH_DAYS, Sum
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Scope, reaching

# A subject counts while what the facts say about it adds up to more than nothing.
COUNTED = """
SELECT s.value, count(*) AS subjects
FROM (SELECT v.value, f.subject
      FROM reach
      JOIN fact f ON f.unit = reach.unit AND f.metric = $7 AND f.day BETWEEN reach.first AND reach.last
      JOIN unnest($8::integer[], $9::text[]) AS v(combo, value) ON v.combo = f.combo
      WHERE f.subject IS NOT NULL AND f.sequence <= ($3::bigint[])[f.lane + 1]
      GROUP BY v.value, f.subject
      HAVING sum(f.amount) > 0) AS s
GROUP BY s.value
"""

# The same of those with several facts, as they stand at the cut of the roll-ups ($3 is not needed).
REPEATED = """
SELECT s.value, count(*) AS subjects
FROM (SELECT v.value, f.subject
      FROM reach
      JOIN repeated f ON f.unit = reach.unit AND f.metric = $7 AND f.day BETWEEN reach.first AND reach.last
      JOIN unnest($8::integer[], $9::text[]) AS v(combo, value) ON v.combo = f.combo
      WHERE f.day BETWEEN $4 AND $5 AND $3::bigint[] IS NOT NULL
      GROUP BY v.value, f.subject
      HAVING sum(f.amount) > 0) AS s
GROUP BY s.value
"""

LARGEST = """
SELECT s.value, max(s.amount)::bigint AS amount
FROM (SELECT v.value, f.subject, sum(f.amount) AS amount
      FROM reach
      JOIN fact f ON f.unit = reach.unit AND f.metric = $7 AND f.day BETWEEN reach.first AND reach.last
      JOIN unnest($8::integer[], $9::text[]) AS v(combo, value) ON v.combo = f.combo
      WHERE f.subject IS NOT NULL AND f.sequence <= ($3::bigint[])[f.lane + 1]
      GROUP BY v.value, f.subject) AS s
GROUP BY s.value
"""

# Told again, a subject is told anew, and not of something more: the largest of its facts is what it has.
LARGEST_EACH = """
SELECT s.value, sum(s.amount)::bigint AS amount
FROM (SELECT v.value, f.subject, max(f.amount) AS amount
      FROM reach
      JOIN fact f ON f.unit = reach.unit AND f.metric = $7 AND f.day BETWEEN reach.first AND reach.last
      JOIN unnest($8::integer[], $9::text[]) AS v(combo, value) ON v.combo = f.combo
      WHERE f.subject IS NOT NULL AND f.sequence <= ($3::bigint[])[f.lane + 1]
      GROUP BY v.value, f.subject) AS s
GROUP BY s.value
"""

KEPT = "SELECT EXISTS (SELECT FROM counted_metric WHERE metric = $1)"


@dataclass(frozen=True, slots=True)
class Subjects:
    """A metric over days, and under which value each breakdown (key of combo) counts, if at all."""

    what: Sum
    values: Mapping[int, str]


async def counted(snapshot: Snapshot, scope: Scope, subjects: Subjects) -> dict[str, int]:
    """Subjects per value."""
    if not await _kept(snapshot, scope, subjects.what.metric):
        return await _by_value(snapshot, scope, COUNTED, subjects)
    found = Counter(await _by_value(snapshot, scope, REPEATED, subjects))
    for combo, single in (await additive.singles(snapshot, scope, subjects.what)).items():
        if combo in subjects.values and single:
            found[subjects.values[combo]] += single
    return dict(found)


async def largest(snapshot: Snapshot, scope: Scope, subjects: Subjects) -> dict[str, int]:
    """The largest sum of one subject per value; what was taken back has been taken off."""
    return await _by_value(snapshot, scope, LARGEST, subjects)


async def largest_each(snapshot: Snapshot, scope: Scope, subjects: Subjects) -> dict[str, int]:
    """The largest fact of each subject, added up per value."""
    return await _by_value(snapshot, scope, LARGEST_EACH, subjects)


async def _kept(snapshot: Snapshot, scope: Scope, metric: Metric) -> bool:
    if scope.rolled is None or scope.rolled > LOWEST_WITH_DAYS:
        return False
    kept: bool = await snapshot.connection.fetchval(KEPT, metric.number)
    return kept


async def _by_value(snapshot: Snapshot, scope: Scope, statement: str, subjects: Subjects) -> dict[str, int]:
    rows = await snapshot.connection.fetch(
        reaching(scope.tree, statement),
        *scope.arguments(additive.window_of(scope, subjects.what)),
        subjects.what.metric.number,
        list(subjects.values.keys()),
        list(subjects.values.values()),
    )
    return dict(map(tuple, rows))
