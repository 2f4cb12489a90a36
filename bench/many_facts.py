"""A province of a million facts straight into the tables, by SQL: what is measured here is reading."""

from __future__ import annotations

import asyncpg

from bench.room import Room
from services.projection import catalogue
from services.projection.roller import prepare, turn
from shared.reading import progress

# Keys of units by level: first, last.
PROVINCE = (1, 1)
PREFECTURES = (2, 11)
COUNTIES = (12, 91)
TOWNS = (92, 1491)
UNIONS = (1492, 21491)
UNITS = 21_491
MOVES = 200

NODES = """
INSERT INTO node (id, level, kind, form, name, division, version, established, described, named)
SELECT uuidv7(),
       CASE WHEN n = 1 THEN 1 WHEN n <= 11 THEN 2 WHEN n <= 91 THEN 3 WHEN n <= 1491 THEN 4 ELSE 6 END,
       'general', 'committee', 'unit ' || n, NULL, 1, '2005-01-01', 1, 1
FROM generate_series(1, 21491) AS n ORDER BY n
"""

# Event n stands in lane n mod 24 with number n / 24 + 1: units first, then moves, then members who join.
TREE = """
INSERT INTO tree_change (unit, line, effective, version, parent, merged, level, lane, sequence)
SELECT n + 1, 0, date '2005-01-01', 1,
       CASE WHEN n = 0 THEN NULL WHEN n < 11 THEN 1 WHEN n < 91 THEN 2 + n % 10 WHEN n < 1491 THEN 12 + n % 80
            ELSE 92 + n % 1400 END,
       false,
       CASE WHEN n = 0 THEN 1 WHEN n < 11 THEN 2 WHEN n < 91 THEN 3 WHEN n < 1491 THEN 4 ELSE 6 END,
       n % 24, n / 24 + 1
FROM generate_series(0, 21490) AS n
UNION ALL
SELECT 1492 + m * 97, 0, date '2020-06-01', 2, 92 + (m * 31) % 1400, false, NULL,
       (21491 + m) % 24, (21491 + m) / 24 + 1
FROM generate_series(0, 199) AS m
"""
COMBOS = """
INSERT INTO combo (dims)
SELECT jsonb_build_object('sex', s, 'worker_kind', w) || t
FROM unnest(ARRAY['female', 'male']) AS s, unnest(ARRAY['general', 'migrant']) AS w,
     unnest(ARRAY['{}', '{"standing": "in_service"}']::jsonb[]) AS t
"""
FACTS = """
WITH joined AS (
    SELECT n, 1492 + (random() * 19999)::integer AS unit,
           date '2012-01-01' + (random() * 4700)::integer AS day,
           CASE WHEN random() < 0.9 THEN uuidv7() ELSE ('00000000-0000-4000-8000-' ||
                lpad((random() * 9999)::integer::text, 12, '0'))::uuid END AS person,
           (ARRAY['female', 'male'])[1 + floor(random() * 2)::integer] AS sex,
           (ARRAY['general', 'migrant'])[1 + floor(random() * 2)::integer] AS kind
    FROM generate_series($1::integer, $2::integer) AS n
), trailed AS (
    INSERT INTO trail (lane, sequence, id, type, unit, subject, version, day, recorded, sequenced, actor,
                       chain)
    SELECT n % 24, n / 24 + 1, uuidv7(), 'union.membership.MemberJoined.v1', unit, person, 1, day,
           timestamptz '2026-01-01' + n * interval '10 ms', timestamptz '2026-01-01' + n * interval '10 ms',
           'tester', sha256(n::text::bytea)
    FROM joined ORDER BY n
)
INSERT INTO fact (lane, sequence, metric, unit, day, amount, combo, subject)
SELECT n % 24, n / 24 + 1, m.number, unit, day, 1, c.key, person
FROM joined JOIN metric AS m ON m.id IN ('members_joined', 'members')
JOIN combo AS c ON c.dims = jsonb_build_object('sex', sex, 'worker_kind', kind)
     || CASE WHEN m.stock THEN '{"standing": "in_service"}'::jsonb ELSE '{}' END
ORDER BY n
"""
EARLIER = """
INSERT INTO trail (lane, sequence, id, type, unit, version, day, recorded, sequenced, actor, chain)
SELECT n % 24, n / 24 + 1, uuidv7(), 'union.membership.UnionEstablished.v1', least(n + 1, 21491), 1,
       date '2005-01-01', timestamptz '2026-01-01', timestamptz '2026-01-01', 'tester', sha256(n::text::bytea)
FROM generate_series(0, 21690) AS n
"""
REACHED = """
UPDATE stream_progress SET sequence = (SELECT max(sequence) FROM trail WHERE lane = stream)
WHERE topic = 'union.membership'
"""


async def fill(url: str, room: Room) -> int:
    """All rows, rolled up; answers how many facts there are."""
    events = room.of(500_000, 50_000)
    connection = await asyncpg.connect(url, command_timeout=600)
    try:
        await progress.prepare(connection, catalogue.load().topics)
        for statement in (NODES, TREE, COMBOS, EARLIER):
            await connection.execute(statement)
        first = UNITS + MOVES
        await connection.execute(FACTS, first, first + events - 1)
        await connection.execute(REACHED)
        room.say(f"{2 * events:,} facts are in; rolling them up")
        await connection.execute("ANALYZE")
        await prepare(connection)
        while (await turn(connection)).events:
            pass
        await connection.execute("VACUUM ANALYZE")
        count: int = await connection.fetchval("SELECT count(*) FROM fact")
        return count
    finally:
        await connection.close()
