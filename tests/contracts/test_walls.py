"""Every table of the projection is behind the wall, open on purpose, or closed to the role of questions."""

from __future__ import annotations

import asyncpg

from services.projection.colours.frame import lay
from services.projection.queries import lines

# What everybody with a role may know: the tree, the catalogue's numbers, how far the streams have got.
OPEN = {
    "node", "tree_change", "tier", "edge", "span", "combo", "topic", "metric", "line_number",
    "counted_metric", "roller_position", "stream_progress", "look_round", "colour",
}  # fmt: skip
# And of these no more than the columns that are granted.
IN_PART = {"dead_letter": {"lane", "sequence", "type", "redriven", "dropped"}, "look": {"looked"}}
WINDOWS = {"role_held", "open_unit", "numbered", "report_of"}
# Run with the rights of the owner: they ask by themselves whether a union is open, or find that out.
WITH_RIGHTS = {"open_to", "ever_under", "facts_by_day", "unmatched_transfers", "declared_alike"}

RELATIONS = """
SELECT c.relname AS name, c.relkind = 'v' AS view, c.relrowsecurity AS walled,
       has_table_privilege('public', c.oid, 'SELECT') AS readable,
       has_any_column_privilege('public', c.oid, 'INSERT, UPDATE')
           OR has_table_privilege('public', c.oid, 'DELETE, TRUNCATE, TRIGGER') AS writable,
       (SELECT array_agg(a.attname::text) FROM pg_attribute AS a
        WHERE a.attrelid = c.oid AND a.attnum > 0
          AND has_column_privilege('public', c.oid, a.attnum, 'SELECT')) AS columns,
       EXISTS (SELECT FROM pg_policy AS p WHERE p.polrelid = c.oid) AS policy
FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
WHERE n.nspname IN ('public', 'blue') AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
"""
DEFINERS = """
SELECT p.proname AS name, p.proconfig AS settings
FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
WHERE n.nspname IN ('public', 'blue') AND p.prosecdef"""


async def test_no_table_stands_outside_the_wall_by_oversight(database: str) -> None:
    connection = await asyncpg.connect(database)
    try:
        await lay(connection)
        rows = await connection.fetch(RELATIONS)
        definers = await connection.fetch(DEFINERS)
        numbers = await connection.fetch("SELECT id, number FROM line_number")
    finally:
        await connection.close()
    told = {row["id"]: row["number"] for row in numbers}
    assert told == lines.numbers()  # from the migration on, not from the first worker
    assert [row["name"] for row in rows if row["writable"]] == []
    readable = {row["name"] for row in rows if row["readable"] and not row["walled"]}
    assert readable == OPEN | WINDOWS
    assert {row["name"] for row in rows if row["walled"] and not row["policy"]} == set()
    in_part = {row["name"]: set(row["columns"]) for row in rows if row["columns"] and not row["readable"]}
    assert in_part == IN_PART
    # What a unit's data stand in is walled or closed.
    assert {row["name"] for row in rows if row["walled"]} == {
        "fact", "trail", "repeated", "counted_subject", "closing", "reported", "declared", "restated",
        "standing", "checked_report", "rollup", "standing_difference",
    }  # fmt: skip
    assert {row["name"] for row in definers} == WITH_RIGHTS
    for row in definers:
        assert "search_path=blue, public, pg_temp" in row["settings"]
