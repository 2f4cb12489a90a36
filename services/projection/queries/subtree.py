"""Which units count for a question, and on which of their days: the only place that reads the tree.

Every statement built here has the parameters $1 ancestor, $2 line, $3 numbers of the cut, $4 first day,
$5 last day, $6 the day on which membership of the subtree is judged (null: on each fact's own day).
Its `reach` names each unit once per stretch of days [first, last] whose facts count.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from services.projection.queries.cut import Cut
from services.projection.queries.snapshot import Snapshot

Basis = Literal["as-was", "as-is"]

# Before anything: what a stock is added up from.
BEGINNING = date.min


class Tree(StrEnum):
    """Where the units under an ancestor come from: `unit, valid_from, valid_to`.

    THEN climbs down edges as they were known at an earlier cut: those of units of which more has been said
    since are made again from tree_change, the others are as they stand. Below an inner edge are only such.
    """

    PRESENT = "SELECT unit, valid_from, valid_to FROM span WHERE ancestor = $1 AND line IN ($2, -1)"
    MOVED = (
        "SELECT unit, valid_from, valid_to FROM span WHERE ancestor = $1 AND line IN ($2, -1)"
        " AND NOT (valid_from = '-infinity' AND valid_to = 'infinity')"
    )
    THEN = """
        WITH RECURSIVE later AS MATERIALIZED (
            SELECT DISTINCT c.unit FROM tree_change AS c
            WHERE c.sequence > coalesce(($3::bigint[])[c.lane + 1], 0)
        ), known AS MATERIALIZED (
            SELECT e.* FROM edge AS e WHERE NOT EXISTS (SELECT FROM later AS l WHERE l.unit = e.unit)
            UNION ALL
            SELECT e.* FROM tree_edges(
                (SELECT coalesce(array_agg(unit), '{}') FROM later),
                (SELECT array_agg((n - 1)::smallint) FROM generate_subscripts($3::bigint[], 1) AS n),
                $3::bigint[]) AS e
        ), down(unit, inner_edge, valid_from, valid_to) AS (
            SELECT $1::integer, false, date '-infinity', date 'infinity'
            UNION
            SELECT k.unit, k.inner_edge, greatest(d.valid_from, k.valid_from), least(d.valid_to, k.valid_to)
            FROM down AS d JOIN known AS k ON k.parent = d.unit
                 AND CASE WHEN $2::smallint = 0 THEN k.line = 0
                          ELSE k.inner_edge OR (k.line = $2 AND NOT d.inner_edge) END
                 AND k.valid_from < d.valid_to AND d.valid_from < k.valid_to
        )
        SELECT unit, valid_from, valid_to FROM down
    """
    ALONE = (
        "SELECT $1::integer AS unit, date '-infinity' AS valid_from, date 'infinity' AS valid_to"
        " WHERE $2::smallint IS NOT NULL"
    )


REACH = """
SELECT unit, greatest($4::date, valid_from) AS first, least($5::date, valid_to - 1) AS last
FROM tree WHERE $6::date IS NULL AND valid_from <= $5 AND valid_to > $4
UNION ALL
SELECT unit, $4::date, $5::date FROM tree WHERE valid_from <= $6::date AND valid_to > $6::date
"""


# Whether a fact `f` counts, asked of one fact after another: for few of many facts. In the tree as it is now.
WITHIN = """
(SELECT true FROM span s WHERE s.unit = f.unit AND s.ancestor = $1 AND s.line IN ($2, -1)
 AND s.valid_from <= coalesce($6::date, f.day) AND s.valid_to > coalesce($6::date, f.day) LIMIT 1)
"""


@dataclass(frozen=True, slots=True)
class Window:
    """Days whose facts count; `at` is the day on which the subtree is judged, None for each fact's own."""

    first: date
    last: date
    at: date | None


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose figures, on which line (its number), by which tree, at which cut.

    `rolled` is the level under which the roll-ups know the unit at this cut, None where they cannot be used.
    """

    unit: int
    line: int
    basis: Basis
    cut: Cut
    today: date
    tree: Tree
    rolled: int | None

    def arguments(self, window: Window) -> tuple[object, ...]:
        """Parameters $1 to $6."""
        return (self.unit, self.line, list(self.cut.numbers), window.first, window.last, window.at)

    def flow(self, first: date, last: date) -> Window:
        """As-was a fact counts where its unit hung on its day; as-is where it hangs today."""
        return Window(first, last, self.today if self.basis == "as-is" else None)

    def stock(self, day: date) -> Window:
        """A unit carries all it has: as-was by the tree of that day, as-is by the tree of today."""
        return Window(BEGINNING, day, self.today if self.basis == "as-is" else day)


def reaching(tree: Tree, rest: str) -> str:
    """A statement over `reach`."""
    # Constants of this package only; values travel as parameters.
    return f"WITH RECURSIVE tree AS ({tree}), reach AS ({REACH}) {rest}"


# If so, the wall is told that this transaction looks at an earlier tree (migrations/0050_walls.sql).
CHANGED = """
SELECT set_config('unionstream.back', 'on', true) IS NOT NULL WHERE EXISTS (
    SELECT FROM unnest($1::bigint[]) WITH ORDINALITY AS now(sequence, n)
    JOIN tree_change AS c ON c.lane = now.n - 1 AND c.sequence <= now.sequence
         AND c.sequence > coalesce(($2::bigint[])[now.n], 0))
"""
ROLLED = "SELECT level FROM span WHERE unit = $1 AND ancestor = $1 AND line = -1"


async def level_rolled(snapshot: Snapshot, unit: int) -> int | None:
    """The level under which the roller adds this unit up; None if it does not."""
    level: int | None = await snapshot.connection.fetchval(ROLLED, unit)
    return level


async def changed_since(snapshot: Snapshot, cut: Cut) -> bool:
    """Whether anything was said of the tree between this cut and the snapshot's."""
    numbers = list(snapshot.cut.numbers), list(cut.numbers)
    return bool(await snapshot.connection.fetchval(CHANGED, *numbers))
