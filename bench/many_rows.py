"""The rows of a large province as SQL: drawn from hashes of their numbers, the same ones in every run.

Events of members stand in the first topic, dues in the second, relief in the third; event n of a topic in its
lane n mod 24 with number n / 24 + 1. They come in the order of their days, a few weeks early or late.
"""

# From 2012 on for twelve years: what is due is spread evenly over them.
DRAWN = """
CREATE FUNCTION pg_temp.drawn(n bigint, salt bigint, below bigint) RETURNS bigint LANGUAGE sql IMMUTABLE
RETURN (hashint8extended(n, salt) & 9007199254740991) % below;
CREATE FUNCTION pg_temp.day(n bigint, of bigint, salt bigint) RETURNS date LANGUAGE sql IMMUTABLE
RETURN date '2012-01-01' + (n * 4380 / of)::integer - pg_temp.drawn(n, salt, 60)::integer;
CREATE FUNCTION pg_temp.subject(kind integer, n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE
RETURN ('0000000' || kind || '-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid;
-- A few large unions and many small ones.
CREATE FUNCTION pg_temp.union_of(n bigint, first integer, last integer) RETURNS integer LANGUAGE sql IMMUTABLE
RETURN first + floor((last - first + 1) * (pg_temp.drawn(n, 5, 1000000) / 1e6) ^ 1.5)::integer
"""

# $1 last province, $2 prefecture, $3 county, $4 town, $5 union.
NODES = """
INSERT INTO node (id, level, kind, form, name, version, established, described, named)
SELECT uuidv7(),
       CASE WHEN n <= $1 THEN 1 WHEN n <= $2 THEN 2 WHEN n <= $3 THEN 3 WHEN n <= $4 THEN 4 ELSE 6 END,
       'general', 'committee', 'unit ' || n, 1, '2005-01-01', 1, 1
FROM generate_series(1, $5::integer) AS n ORDER BY n
"""

# One union in twenty hangs under its county; one in ten is on a line of its prefecture too.
TREE = """
WITH placed AS (
    SELECT n, CASE WHEN n <= $1 THEN NULL WHEN n <= $2 THEN 1 WHEN n <= $3 THEN $1 + 1 + n % ($2 - $1)
              WHEN n <= $4 THEN $2 + 1 + n % ($3 - $2) WHEN n % 20 = 0 THEN $2 + 1 + n % ($3 - $2)
              ELSE $3 + 1 + n % ($4 - $3) END AS parent,
           CASE WHEN n <= $1 THEN 1 WHEN n <= $2 THEN 2 WHEN n <= $3 THEN 3 WHEN n <= $4 THEN 4
                ELSE 6 END AS level
    FROM generate_series(1, $5::integer) AS n
)
INSERT INTO tree_change (unit, line, effective, version, parent, merged, level, lane, sequence)
SELECT n, 0, date '2005-01-01', 1, parent, false, level, (n - 1) % 24, (n - 1) / 24 + 1 FROM placed
UNION ALL
SELECT n, 1 + n % 2, date '2005-01-01', 1, $1 + 1 + n % ($2 - $1), false, NULL, (n - 1) % 24, (n - 1) / 24 + 1
FROM placed WHERE level = 6 AND n % 10 = 3
"""
# After the units: unions that move to another town, and at the end one county to another prefecture.
MOVES = """
INSERT INTO tree_change (unit, line, effective, version, parent, merged, level, lane, sequence)
SELECT CASE WHEN m = $6::integer THEN $3 ELSE $4 + 1 + (m * 97) % ($5 - $4) END, 0, date '2020-06-01', 2,
       CASE WHEN m = $6 THEN $1 + 1 + ($3 + 1) % ($2 - $1) ELSE $3 + 1 + (m * 31) % ($4 - $3) END,
       false, NULL,
       ($5 - 1 + m) % 24, ($5 - 1 + m) / 24 + 1
FROM generate_series(1, $6::integer) AS m
"""

TRAIL_OF_TREE = """
INSERT INTO trail (lane, sequence, id, type, unit, subject, version, day, recorded, sequenced, actor, chain)
SELECT n % 24, n / 24 + 1, uuidv7(), 'union.membership.UnionEstablished.v1', least(n + 1, $1), NULL, 1,
       date '2005-01-01', timestamptz '2012-01-01', timestamptz '2012-01-01', 'tester', sha256(n::text::bytea)
FROM generate_series(0, $2::integer) AS n
"""

COMBOS = """
INSERT INTO combo (dims)
SELECT dims FROM (
    SELECT jsonb_build_object('sex', s, 'worker_kind', w) || t
    FROM unnest(ARRAY['female', 'male']) AS s, unnest(ARRAY['general', 'migrant']) AS w,
         unnest(ARRAY['{}', '{"standing": "in_service"}',
                      '{"standing": "in_service", "reason": "resigned"}']::jsonb[]) AS t
    UNION ALL
    SELECT jsonb_build_object('channel', c) FROM unnest(ARRAY['own', 'tax', 'fiscal']) AS c
    UNION ALL
    SELECT jsonb_build_object('relief_programme', p, 'occasion', o, 'relief_recipient', 'person',
                              'file_holder', h) || f
    FROM unnest(ARRAY['condolence', 'temporary_relief', 'tuition_aid']) AS p,
         unnest(ARRAY['spring_festival', 'illness']) AS o, unnest(ARRAY['yes', 'no']) AS h,
         unnest(ARRAY['{}', '{"relief_form": "cash"}', '{"source": "fiscal"}']::jsonb[]) AS f
) AS c(dims)
"""

# Each: what happened, numbered n in [$1, $2) of $3, at unions $4 to $5, in the lanes from $6 on, behind $7
# others.
EVENTS = """
WITH event AS MATERIALIZED ({events}), trailed AS (
    INSERT INTO trail (lane, sequence, id, type, unit, subject, version, day, recorded, sequenced, actor,
                       chain)
    SELECT $6::integer + (n + $7) % 24, (n + $7) / 24 + 1, uuidv7(), type, unit, subject, 1, day,
           day + interval '9 h' + n % 36000 * interval '1 s', day + interval '30 h', 'tester',
           sha256(n::text::bytea)
    FROM event ORDER BY n
)
INSERT INTO fact (lane, sequence, metric, unit, day, amount, combo, subject)
SELECT $6::integer + (n + $7) % 24, (n + $7) / 24 + 1, m.number, e.unit, e.day, e.sign * v.amount, c.key,
       CASE WHEN v.told THEN e.subject END
FROM event AS e
CROSS JOIN LATERAL ({facts}) AS v(metric, amount, dims, told)
JOIN metric AS m ON m.id = v.metric
JOIN combo AS c ON c.dims = e.dims || v.dims::jsonb
ORDER BY n
"""
ABOUT = """jsonb_build_object('sex', (ARRAY['female', 'male'])[1 + pg_temp.drawn({p}, 2, 2)],
    'worker_kind', (ARRAY['general', 'migrant'])[1 + pg_temp.drawn({p}, 3, 2)])"""

# One of six is somebody who leaves; one joining in twelve is that of somebody who was in before.
JOINED = EVENTS.format(
    events=f"""
    SELECT n, day, unit, pg_temp.subject(1, p) AS subject, {ABOUT.format(p="p")} AS dims, 1 AS sign,
           'union.membership.MemberJoined.v1' AS type
    FROM (SELECT n, pg_temp.day(n, $3, 1) AS day, pg_temp.union_of(n, $4, $5) AS unit,
                 CASE WHEN pg_temp.drawn(n, 4, 12) = 0 THEN pg_temp.drawn(n, 6, n + 1) ELSE n END AS p
          FROM generate_series($1::bigint, $2::bigint - 1) AS n WHERE n % 6 <> 5) AS j""",
    facts="""VALUES ('members_joined', 1, '{}', true), ('members', 1, '{"standing": "in_service"}', true)""",
)
LEFT = EVENTS.format(
    events=f"""
    SELECT n, pg_temp.day(n, $3, 1) AS day, pg_temp.union_of(n / 2, $4, $5) AS unit,
           pg_temp.subject(1, n / 2) AS subject, {ABOUT.format(p="n / 2")} AS dims, 1 AS sign,
           'union.membership.MemberLeft.v1' AS type
    FROM generate_series($1::bigint, $2::bigint - 1) AS n WHERE n % 6 = 5""",
    facts="""VALUES ('members_left', 1, '{"standing": "in_service", "reason": "resigned"}', true),
                    ('members', -1, '{"standing": "in_service"}', true)""",
)
# Every employer pays again and again.
DUES = EVENTS.format(
    events="""
    SELECT n, pg_temp.day(n, $3, 1) AS day, u AS unit, pg_temp.subject(2, u) AS subject,
           jsonb_build_object('channel', (ARRAY['own', 'tax', 'fiscal'])[1 + pg_temp.drawn(n, 2, 3)]) AS dims,
           1 AS sign, 'union.finance.DuesReceived.v1' AS type
    FROM generate_series($1::bigint, $2::bigint - 1) AS n
    CROSS JOIN LATERAL (SELECT pg_temp.union_of(n, $4, $5) AS u) AS d""",
    facts="""VALUES ('dues_received', 1000 + pg_temp.drawn(n, 7, 1000000), '{}', true)""",
)
# People who are helped three times on average, of different programmes; one payment in fifty is taken back.
RELIEF = EVENTS.format(
    events="""
    SELECT n, pg_temp.day(n, $3, 1) AS day, pg_temp.union_of(p, $4, $5) AS unit,
           pg_temp.subject(1, p) AS subject,
           jsonb_build_object(
               'relief_programme',
               (ARRAY['condolence', 'temporary_relief', 'tuition_aid'])[1 + pg_temp.drawn(n, 2, 3)],
               'occasion', (ARRAY['spring_festival', 'illness'])[1 + pg_temp.drawn(n, 3, 2)],
               'relief_recipient', 'person',
               'file_holder', (ARRAY['yes', 'no'])[1 + pg_temp.drawn(p, 4, 2)]) AS dims,
           CASE WHEN pg_temp.drawn(n, 8, 50) = 0 THEN -1 ELSE 1 END AS sign,
           'union.welfare.ReliefPaid.v1' AS type
    FROM generate_series($1::bigint, $2::bigint - 1) AS n
    CROSS JOIN LATERAL (SELECT pg_temp.drawn(n, 9, $3 / 3) AS p) AS d""",
    facts="""VALUES ('relief_person_times', 1, '{}', true),
                    ('relief_amount', 50000, '{"relief_form": "cash"}', false),
                    ('relief_funding', 50000, '{"source": "fiscal"}', false)""",
)
REACHED = """
UPDATE stream_progress AS p
SET sequence = coalesce((SELECT max(sequence) FROM trail WHERE lane = t.number * 24 + p.stream), 0)
FROM topic AS t WHERE t.name = p.topic
"""
