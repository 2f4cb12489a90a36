-- The second wall. Questions come by a role of their own that owns nothing: whoever may connect and is not the owner
-- reads only what is granted here, and of what units have done only what is open. A transaction says who asks and about
-- which union; what that opens is found out here, from the roles and the tree of this database. Nothing said: nothing open.

-- Lines by the number that stands in the tree.
CREATE TABLE line_number (
    number smallint PRIMARY KEY,
    id     text NOT NULL UNIQUE
);

-- What a transaction that says who asks, and about which union (a key of node; null: none), may read from now on: the
-- union's key, 0 for all of them, null for none. It is kept for the rest of the transaction, with the lines on which the
-- union is open: all of them for those with a role over it, those of the role where it is for a line.
-- All unions are open to those with a role at the top of the tree; for founders the transaction says so itself.
CREATE FUNCTION open_to(who text, asked integer) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    today  date := now() AT TIME ZONE interval '8 hours'; -- Asia/Shanghai
    opened integer;
    every  boolean;
    lines  smallint[];
BEGIN
    IF EXISTS (
        SELECT FROM role_held AS h JOIN node AS u ON u.id = h.unit
        WHERE h.holder = who AND h.line IS NULL
          AND h.role IN ('recorder', 'approver', 'auditor', 'viewer', 'operator')
          AND (u.level = 1 OR asked IS NULL)
          AND NOT EXISTS (
              SELECT FROM edge AS e WHERE e.unit = u.key AND e.line = 0 AND e.valid_to = 'infinity')) THEN
        opened := 0;
    ELSE
        SELECT bool_or(h.line IS NULL OR s.line = l.number), array_agg(l.number)
        INTO every, lines
        FROM role_held AS h JOIN node AS u ON u.id = h.unit
        LEFT JOIN line_number AS l ON l.id = h.line
        JOIN span AS s ON s.ancestor = u.key AND s.unit = asked AND s.valid_from <= today AND s.valid_to > today
        WHERE h.holder = who AND h.role IN ('recorder', 'approver', 'auditor', 'viewer', 'operator')
          AND (s.line IN (0, -1) OR s.line = l.number);
        opened := CASE WHEN every IS NOT NULL THEN asked END;
        lines := CASE WHEN every THEN (SELECT array_agg(number) FROM line_number) ELSE lines END || '{-1}'::smallint[];
    END IF;
    PERFORM set_config('unionstream.open', coalesce(opened::text, ''), true),
            set_config('unionstream.lines', coalesce(lines::text, ''), true);
    RETURN opened;
END $$;

CREATE FUNCTION open_union() RETURNS integer LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('unionstream.open', true), '')::integer;

CREATE FUNCTION open_lines() RETURNS smallint[] LANGUAGE sql STABLE PARALLEL SAFE
RETURN nullif(current_setting('unionstream.lines', true), '')::smallint[];

-- Asked inside the functions that run with the owner's rights; to the owner's own sessions everything is open.
CREATE FUNCTION is_open(asked integer) RETURNS boolean LANGUAGE sql STABLE
RETURN open_union() IN (0, asked) OR pg_has_role(session_user, current_user, 'MEMBER');

-- Whether this transaction also looks at trees as they were known earlier. That opens no more than was ever said.
CREATE FUNCTION looks_back() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(current_setting('unionstream.back', true), '') = 'on';

-- Every unit that was ever said to be under the open union, whatever is known of it now.
CREATE FUNCTION ever_under() RETURNS SETOF integer
LANGUAGE plpgsql STABLE PARALLEL SAFE SECURITY DEFINER COST 1 ROWS 10
SET plan_cache_mode = force_generic_plan AS $$
DECLARE
    lines smallint[] := open_lines();
BEGIN
    RETURN QUERY
    WITH RECURSIVE down(unit) AS (
        SELECT open_union()
        UNION
        SELECT c.unit FROM down AS d JOIN tree_change AS c ON c.parent = d.unit
        LEFT JOIN tier AS t ON t.unit = c.unit
        WHERE c.line = ANY (lines) OR coalesce(t.level, 9) > 6
    )
    SELECT d.unit FROM down AS d;
END $$;

-- What the units in the open union's tree have done, on any day.
CREATE VIEW open_unit AS
SELECT s.unit FROM span AS s
WHERE s.ancestor = open_union() AND s.line = ANY (open_lines());

-- The set of them as a function that looks cheap: it is hashed once a statement. Where the planner might choose, it looked
-- them up fact by fact in joins whose inner side it took for small; where the set looks dear, a policy is taken for dear in
-- every loop, and joins by index become scans of whole tables.
CREATE FUNCTION open_units() RETURNS SETOF integer LANGUAGE sql STABLE PARALLEL SAFE COST 1 ROWS 10 AS $$
    SELECT o.unit FROM open_unit AS o
$$;

DO $$
DECLARE
    each text;
BEGIN
    FOREACH each IN ARRAY ARRAY[
        'fact', 'trail', 'repeated', 'counted_subject', 'closing', 'reported', 'declared', 'restated']
    LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format(
            'CREATE POLICY of_open_units ON %1$I FOR SELECT USING (
                 (SELECT open_union()) = 0
                 OR unit IN (SELECT open_units())
                 OR (looks_back() AND unit IN (SELECT ever_under())))', each);
    END LOOP;
    FOREACH each IN ARRAY ARRAY['standing', 'checked_report'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', each);
        EXECUTE format(
            'CREATE POLICY of_open_units ON %1$I FOR SELECT USING (
                 (SELECT open_union()) = 0
                 OR EXISTS (SELECT FROM closing AS c WHERE c.report = %1$I.report))', each);
    END LOOP;
END $$;

ALTER TABLE rollup ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_open_union ON rollup FOR SELECT USING (
    (SELECT open_union()) = 0 OR (ancestor = open_union() AND line = ANY (open_lines())));

ALTER TABLE standing_difference ENABLE ROW LEVEL SECURITY;
CREATE POLICY of_the_open_union ON standing_difference FOR SELECT USING (
    (SELECT open_union()) = 0 OR at_unit = (SELECT id FROM node WHERE key = open_union())
    OR (kind = 'identical' AND expected = (SELECT id FROM node WHERE key = open_union())::text));

-- Windows: what everybody with a role may know of tables that are walled or closed.

-- How far the streams have got, and their chains.
CREATE VIEW numbered AS SELECT lane, sequence, sequenced, chain FROM trail;
-- Whose a closed period is.
CREATE VIEW report_of AS SELECT report, unit FROM closing;

-- The facts of one metric day by day, behind a place in that order: those that count for a union that is open, among the
-- next `looked` of all unions. The grant is checked once; a policy would be asked for every fact that is passed over.
CREATE FUNCTION facts_by_day(
    of_union integer, on_line smallint, numbers bigint[], first date, last date, judged date, of_metric smallint,
    combos integer[], after_day date, after_lane smallint, after_sequence bigint, after_metric smallint, after_at tid,
    most integer, looked integer)
RETURNS TABLE (unit integer, day date, lane smallint, sequence bigint, metric smallint, combo integer, amount bigint,
               subject uuid, at tid)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    IF (is_open(of_union) AND on_line = ANY (coalesce(open_lines(), ARRAY[on_line]))) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT f.* FROM (
        SELECT f.unit, f.day, f.lane, f.sequence, f.metric, f.combo, f.amount, f.subject, f.ctid AS at
        FROM fact AS f
        WHERE f.metric = of_metric AND f.day BETWEEN facts_by_day.first AND facts_by_day.last
          AND f.combo = ANY (combos) AND f.sequence <= numbers[f.lane + 1]
          AND (f.day, f.lane, f.sequence) >= (after_day, after_lane, after_sequence)
          AND (f.day, f.lane, f.sequence, f.metric, f.ctid)
            > (after_day, after_lane, after_sequence, after_metric, after_at)
        ORDER BY f.day, f.lane, f.sequence, f.ctid LIMIT looked) AS f
    WHERE (SELECT true FROM span AS s
           WHERE s.unit = f.unit AND s.ancestor = of_union AND s.line IN (on_line, -1)
             AND s.valid_from <= coalesce(judged, f.day) AND s.valid_to > coalesce(judged, f.day) LIMIT 1)
    ORDER BY f.day, f.lane, f.sequence, f.at LIMIT most;
END $$;

-- Transfers that say both ends and have only one, at a union that is open or below it. The other end is elsewhere.
CREATE FUNCTION unmatched_transfers(at_union integer, first date, last date, gone smallint, come smallint)
RETURNS TABLE (lane smallint, sequence bigint, metric smallint, unit uuid)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    IF is_open(at_union) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH moved AS MATERIALIZED (
        SELECT f.* FROM node AS n
        JOIN fact AS f ON f.unit = n.key AND f.metric IN (gone, come)
             AND f.day BETWEEN unmatched_transfers.first AND unmatched_transfers.last
        JOIN roller_position AS r ON r.lane = f.lane AND f.sequence <= r.sequence
    ), apart AS (
        SELECT m.subject, m.day FROM moved AS m GROUP BY m.subject, m.day
        HAVING sum(m.amount) FILTER (WHERE m.metric = gone) IS DISTINCT FROM
               sum(m.amount) FILTER (WHERE m.metric = come)
    ), settled AS (
        SELECT n.number, min(greatest(
            coalesce(t.sequenced, '-infinity'),
            CASE WHEN p.sequence = coalesce(r.sequence, 0) THEN p.end_reached ELSE '-infinity' END)) AS moment
        FROM stream_progress AS p JOIN topic AS n ON n.name = p.topic
        LEFT JOIN roller_position AS r ON r.lane = n.number * 24 + p.stream
        LEFT JOIN trail AS t ON t.lane = r.lane AND t.sequence = r.sequence
        WHERE EXISTS (SELECT FROM apart)
        GROUP BY n.number
    )
    SELECT m.lane, m.sequence, m.metric, n.id FROM moved AS m
    JOIN apart AS a ON a.day = m.day AND a.subject IS NOT DISTINCT FROM m.subject
    JOIN node AS n ON n.key = m.unit
    JOIN trail AS t ON t.lane = m.lane AND t.sequence = m.sequence
    JOIN settled AS k ON k.number = m.lane / 24 AND t.sequenced < k.moment
    WHERE EXISTS (SELECT FROM span AS s WHERE s.unit = m.unit AND s.ancestor = at_union)
    ORDER BY m.lane, m.sequence;
END $$;

-- Declared figures of papers that say the same of `at_least` figures or more as another union's: of an open union and its
-- likes, or of all (null) where all are open. Of every declaration the last row counts.
CREATE FUNCTION declared_alike(of_union integer, first date, last date, at_least integer) RETURNS SETOF declared
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
BEGIN
    IF is_open(of_union) IS NOT TRUE THEN
        RETURN;
    END IF;
    RETURN QUERY
    WITH told AS (
        SELECT DISTINCT ON (d.declaration) d.* FROM declared AS d
        WHERE d.last_day BETWEEN declared_alike.first AND declared_alike.last
        ORDER BY d.declaration, d.sequence DESC
    ), paper AS (
        SELECT t.unit, t.source, t.line,
               md5(string_agg(t.figure || '=' || trim_scale(t.value::numeric), ',' ORDER BY t.figure)) AS print
        FROM told AS t WHERE t.value IS NOT NULL GROUP BY t.unit, t.source, t.line HAVING count(*) >= at_least
    ), alike AS (
        SELECT DISTINCT p.unit, p.source, p.line FROM paper AS p JOIN paper AS o ON o.print = p.print AND o.unit <> p.unit
        WHERE of_union IS NULL OR of_union IN (p.unit, o.unit)
    )
    SELECT t.* FROM told AS t JOIN alike AS a ON (a.unit, a.source, a.line) = (t.unit, t.source, t.line)
    WHERE t.value IS NOT NULL;
END $$;

-- What runs with the owner's rights finds this schema's tables, and no temporary ones that stand before them.
DO $$
DECLARE
    each regprocedure;
BEGIN
    FOR each IN SELECT p.oid FROM pg_proc AS p
                WHERE p.pronamespace = current_schema()::regnamespace AND p.prosecdef
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path = %I, public, pg_temp', each, current_schema());
    END LOOP;
    EXECUTE format('GRANT USAGE ON SCHEMA %I TO PUBLIC', current_schema());
END $$;

-- Everybody who may connect reads these: structure, and what the policies let through. Everything else is closed.
GRANT SELECT ON
    fact, trail, repeated, counted_subject, closing, reported, declared, restated, standing, checked_report, rollup,
    standing_difference,
    node, tree_change, tier, edge, span, combo, topic, metric, line_number, counted_metric,
    roller_position, stream_progress, look_round, role_held, open_unit, numbered, report_of
    TO PUBLIC;
GRANT SELECT (lane, sequence, type, redriven, dropped) ON dead_letter TO PUBLIC;
GRANT SELECT (looked) ON look TO PUBLIC;
