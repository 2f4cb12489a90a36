"""What is said of subjects one by one: how many there are, and what the largest has. Always from facts."""

from collections.abc import Mapping

from services.projection.catalogue import Metric
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Scope, Window, reaching

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


async def counted(
    snapshot: Snapshot, scope: Scope, metric: Metric, window: Window, values: Mapping[int, str]
) -> dict[str, int]:
    """Subjects per value; `values` says under which value a breakdown (key of combo) counts, if at all."""
    return await _by_value(snapshot, scope, (COUNTED, metric), window, values)


async def largest(
    snapshot: Snapshot, scope: Scope, metric: Metric, window: Window, values: Mapping[int, str]
) -> dict[str, int]:
    """The largest sum of one subject per value; what was taken back has been taken off."""
    return await _by_value(snapshot, scope, (LARGEST, metric), window, values)


async def _by_value(
    snapshot: Snapshot, scope: Scope, what: tuple[str, Metric], window: Window, values: Mapping[int, str]
) -> dict[str, int]:
    statement, metric = what
    rows = await snapshot.connection.fetch(
        reaching(scope.tree, statement),
        *scope.arguments(window),
        metric.number,
        list(values.keys()),
        list(values.values()),
    )
    return dict(map(tuple, rows))
