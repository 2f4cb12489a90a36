"""What has arrived between two cuts, and which closed periods it may have changed.

A unit's ancestors are taken from all that was ever said of its place, so that both the branch it left and the
one it joined are looked at. Too many suspects cost time, one too few would leave a change untold.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.projection.catalogue import load
from services.projection.queries.cut import Cut
from services.projection.restating.reports import ClosedPeriod
from shared.database import Connection

# $1 lanes, $2 numbers already known, $3 numbers known now, $4 metrics that count for their whole year.
SUSPECTS = """
WITH RECURSIVE stretch AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS k(lane, since, until)
    WHERE since < until
), arrived AS MATERIALIZED (
    SELECT f.unit, f.metric, f.day FROM stretch AS s
    JOIN fact AS f ON f.lane = s.lane AND f.sequence > s.since AND f.sequence <= s.until
    UNION ALL
    SELECT c.unit, NULL, '-infinity' FROM stretch AS s
    JOIN tree_change AS c ON c.lane = s.lane AND c.sequence > s.since AND c.sequence <= s.until
), late AS MATERIALIZED (
    SELECT d.lane, d.sequence FROM dead_letter AS d WHERE d.redriven >= (SELECT began FROM restater_pass)
), moved AS MATERIALIZED (
    SELECT unit, metric, min(day) AS day FROM (
        SELECT * FROM arrived
        UNION ALL
        SELECT f.unit, f.metric, f.day FROM late AS l
        JOIN fact AS f ON f.lane = l.lane AND f.sequence = l.sequence
        UNION ALL
        SELECT c.unit, NULL, '-infinity' FROM late AS l
        JOIN tree_change AS c ON c.lane = l.lane AND c.sequence = l.sequence) AS every
    GROUP BY unit, metric
), up(source, unit) AS (
    SELECT DISTINCT unit, unit FROM moved
    UNION
    SELECT u.source, c.parent FROM up AS u JOIN tree_change AS c ON c.unit = u.unit
    WHERE c.parent IS NOT NULL
)
SELECT c.report, bool_or(m.metric IS NULL) AS placed, array_agg(DISTINCT m.metric) AS metrics
FROM moved AS m JOIN up AS u ON u.source = m.unit JOIN closing AS c ON c.unit = u.unit
JOIN checked_report AS k ON k.report = c.report
WHERE m.day <= c.last_day
   OR (m.metric = ANY ($4::smallint[]) AND m.day <= make_date(extract(year FROM c.last_day)::integer, 12, 31))
GROUP BY c.report ORDER BY c.report
"""

# $4 metrics, $5 the union, $6 its last day: the events that may have moved figures of these metrics there.
CAUSES = """
WITH RECURSIVE stretch AS MATERIALIZED (
    SELECT * FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS k(lane, since, until)
    WHERE since < until
), hit AS MATERIALIZED (
    SELECT f.lane, f.sequence, f.unit FROM stretch AS s
    JOIN fact AS f ON f.lane = s.lane AND f.sequence > s.since AND f.sequence <= s.until
    WHERE f.metric = ANY ($4::smallint[]) AND f.day <= $6
    UNION
    SELECT c.lane, c.sequence, c.unit FROM stretch AS s
    JOIN tree_change AS c ON c.lane = s.lane AND c.sequence > s.since AND c.sequence <= s.until
    WHERE c.version > 0
), up(source, unit) AS (
    SELECT DISTINCT unit, unit FROM hit
    UNION
    SELECT u.source, c.parent FROM up AS u JOIN tree_change AS c ON c.unit = u.unit
    WHERE c.parent IS NOT NULL
)
SELECT h.lane, h.sequence FROM hit AS h
WHERE EXISTS (SELECT FROM up AS u WHERE u.source = h.unit AND u.unit = $5)
ORDER BY h.lane, h.sequence
"""


@dataclass(frozen=True, slots=True)
class Suspect:
    """A report that may have changed, in figures of these metrics (None: in any, units were placed anew)."""

    report: UUID
    metrics: frozenset[int] | None


async def suspects(connection: Connection, since: Cut, until: Cut) -> list[Suspect]:
    """Closed periods that what arrived after one cut, up to the other, may have changed."""
    yearly = [metric.number for metric in load().metrics.values() if metric.target]
    rows = await connection.fetch(SUSPECTS, *between(since, until), yearly)
    return [_suspect(row) for row in rows]


async def causes(
    connection: Connection, period: ClosedPeriod, metrics: Collection[int], cuts: tuple[Cut, Cut]
) -> list[tuple[int, int]]:
    """Positions (lane, number) of the events between two cuts that moved these metrics under the union."""
    return await causes_under(connection, (period.key, period.last_day), metrics, cuts)


async def causes_under(
    connection: Connection, where: tuple[int, date], metrics: Collection[int], cuts: tuple[Cut, Cut]
) -> list[tuple[int, int]]:
    """The same for any union (its key) up to the end of a day's year."""
    unit, last = where
    year = last.replace(month=12, day=31)
    rows = await connection.fetch(CAUSES, *between(*cuts), list(metrics), unit, year)
    return [(row["lane"], row["sequence"]) for row in rows]


def between(since: Cut, until: Cut) -> tuple[list[int], list[int], list[int]]:
    """Both cuts lane by lane, as the statements take them."""
    lanes = list(range(max(len(since.numbers), len(until.numbers))))
    return lanes, [since.at(lane) for lane in lanes], [until.at(lane) for lane in lanes]


def _suspect(row: Any) -> Suspect:
    metrics = None if row["placed"] else frozenset(each for each in row["metrics"] if each is not None)
    return Suspect(row["report"], metrics)
