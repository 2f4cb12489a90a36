"""Subjects counted once in a period and a subtree: always from facts, never summed from parts."""

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


async def counted(
    snapshot: Snapshot, scope: Scope, metric: Metric, window: Window, values: Mapping[int, str]
) -> dict[str, int]:
    """Subjects per value; `values` says under which value a breakdown (key of combo) counts, if at all."""
    rows = await snapshot.connection.fetch(
        reaching(scope.tree, COUNTED),
        *scope.arguments(window),
        metric.number,
        list(values.keys()),
        list(values.values()),
    )
    return {row["value"]: row["subjects"] for row in rows}
