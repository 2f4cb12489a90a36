"""A few figures of every county as metrics, for those who watch whether business arrives; not for reports.

Bounded: four figures, and the first 200 counties by their code. Everything else is asked of the interface.
"""

from services.projection.metrics import RECORDED
from services.projection.queries import lines
from shared.database import Connection

EVERY_SECONDS = 60.0
COUNTY = 3
MOST_AREAS = 200
FIGURES = ("members_joined", "relief_amount", "dues_received", "activities_taken_place")

# The roll-ups of months: all that was ever recorded, where the tree has it today.
TOTALS = """
WITH area AS (
    SELECT n.key, n.division FROM tier AS t JOIN node AS n ON n.key = t.unit
    WHERE t.level = $2 AND n.division IS NOT NULL ORDER BY n.division LIMIT $3)
SELECT a.division, m.id, sum(r.amount)::float8 AS amount
FROM area AS a CROSS JOIN metric AS m
JOIN rollup AS r ON r.ancestor = a.key AND r.line IN ($4, -1) AND r.metric = m.number AND r.grain = 0
WHERE m.id = ANY ($1) GROUP BY a.division, m.id"""


async def measure_areas(connection: Connection) -> None:
    """Set the metric once, in the schema of the colour that answers."""
    own = lines.number(lines.TERRITORIAL)
    RECORDED.clear()
    for row in await connection.fetch(TOTALS, FIGURES, COUNTY, MOST_AREAS, own):
        RECORDED.labels(row["id"], row["division"]).set(row["amount"])
