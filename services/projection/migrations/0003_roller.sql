-- The roller's work as set-based SQL. One roller at a time (advisory lock), one transaction per turn.

-- Where units hang by the tree changes within a cut (one number per lane); units null: all of them.
-- The parent on a day is the entry with the greatest effective date not after it, ties by greatest version; before the
-- first entry the first one's parent holds. Real entries replace provisional ones; of those the last position counts.
-- A merge also counts on every industry line on which the unit hung just before it.
-- Below the grassroots (level > 6) there is one tree for every line, made of the territorial entries.
CREATE FUNCTION tree_edges(units integer[], lanes smallint[], cut bigint[])
RETURNS TABLE (unit integer, line smallint, parent integer, valid_from date, valid_to date, inner_edge boolean)
LANGUAGE sql STABLE AS $$
    WITH known AS MATERIALIZED (
        SELECT c.* FROM tree_change AS c
        JOIN unnest(lanes, cut) AS k(lane, sequence) ON k.lane = c.lane AND c.sequence <= k.sequence
        WHERE units IS NULL OR c.unit = ANY (units)
    ), tier AS (
        SELECT DISTINCT ON (c.unit) c.unit, c.level FROM known AS c WHERE c.level IS NOT NULL
        ORDER BY c.unit, c.version DESC
    ), ranked AS (
        SELECT c.*, max(c.version) OVER t AS settled,
               row_number() OVER (t ORDER BY c.lane DESC, c.sequence DESC) AS latest
        FROM known AS c WINDOW t AS (PARTITION BY c.unit, c.line)
    ), entry AS (
        SELECT r.unit, r.line, r.effective, r.version, r.parent, false AS carried
        FROM ranked AS r WHERE r.version > 0 OR (r.settled = 0 AND r.latest = 1)
        UNION ALL
        SELECT m.unit, l.line, m.effective, m.version, m.parent, true
        FROM known AS m JOIN (SELECT DISTINCT c.unit, c.line FROM known AS c WHERE c.line > 0) AS l ON l.unit = m.unit
        WHERE m.line = 0 AND m.merged
    ), stepped AS (
        SELECT e.*, lag(e.parent) OVER (PARTITION BY e.unit, e.line ORDER BY e.effective, e.version) AS before
        FROM entry AS e
    ), kept AS (
        SELECT DISTINCT ON (s.unit, s.line, s.effective) s.unit, s.line, s.effective, s.parent
        FROM stepped AS s WHERE NOT s.carried OR s.before IS NOT NULL
        ORDER BY s.unit, s.line, s.effective, s.version DESC
    ), dated AS (
        SELECT k.unit, k.line, k.parent, lag(k.effective) OVER w AS earlier, k.effective,
               coalesce(lead(k.effective) OVER w, 'infinity') AS valid_to
        FROM kept AS k WINDOW w AS (PARTITION BY k.unit, k.line ORDER BY k.effective)
    )
    SELECT d.unit, d.line, d.parent,
           CASE WHEN d.earlier IS NULL THEN '-infinity'::date ELSE d.effective END, d.valid_to, coalesce(t.level > 6, false)
    FROM dated AS d LEFT JOIN tier AS t ON t.unit = d.unit
    WHERE d.parent IS NOT NULL AND (d.line = 0 OR coalesce(t.level <= 6, true))
$$;

-- What the roller keeps between the statements of one turn; made once for each of its connections.
CREATE FUNCTION prepare_turns() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE turn_unit (unit integer PRIMARY KEY) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE turn_edge (LIKE edge) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE turn_span (LIKE span) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE turn_delta (LIKE span, sign smallint NOT NULL) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE turn_fact (
        unit integer NOT NULL, metric smallint NOT NULL, day date NOT NULL, combo integer NOT NULL,
        amount bigint NOT NULL) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE turn_sum (
        ancestor integer NOT NULL, line smallint NOT NULL, level smallint NOT NULL, metric smallint NOT NULL,
        combo integer NOT NULL, day date NOT NULL, amount bigint NOT NULL) ON COMMIT DELETE ROWS;
END $$;

-- Bring tier, edge and span to the cut for every unit that tree changes after `since` touch, with all below them;
-- turn_delta gets the spans that went (sign -1) and came (sign +1). Answers how many units were placed anew.
CREATE FUNCTION regrow(lanes smallint[], since bigint[], cut bigint[]) RETURNS integer
LANGUAGE plpgsql SET enable_hashjoin = on AS $$
DECLARE
    touched integer[];
    placed  integer;
BEGIN
    SELECT array_agg(DISTINCT c.unit) INTO touched
    FROM unnest(lanes, since, cut) AS t(lane, since, cut)
    JOIN tree_change AS c ON c.lane = t.lane AND c.sequence > t.since AND c.sequence <= t.cut;
    IF touched IS NULL THEN
        RETURN 0;
    END IF;

    INSERT INTO turn_edge SELECT * FROM tree_edges(touched, lanes, cut);
    -- Only what really differs costs anything: most provisional entries say what is known already.
    INSERT INTO turn_unit
    SELECT unit FROM (SELECT * FROM turn_edge EXCEPT SELECT * FROM edge WHERE unit = ANY (touched)) AS came
    UNION
    SELECT unit FROM (SELECT * FROM edge WHERE unit = ANY (touched) EXCEPT SELECT * FROM turn_edge) AS went
    UNION
    SELECT unit FROM unnest(touched) AS t(unit) WHERE NOT EXISTS (SELECT FROM span AS s WHERE s.unit = t.unit)
    UNION
    SELECT c.unit FROM unnest(lanes, since, cut) AS t(lane, since, cut)
    JOIN tree_change AS c ON c.lane = t.lane AND c.sequence > t.since AND c.sequence <= t.cut
    WHERE c.level IS NOT NULL;

    INSERT INTO tier AS t (unit, level, version)
    SELECT DISTINCT ON (c.unit) c.unit, c.level, c.version
    FROM unnest(lanes, since, cut) AS t(lane, since, cut)
    JOIN tree_change AS c ON c.lane = t.lane AND c.sequence > t.since AND c.sequence <= t.cut
    WHERE c.level IS NOT NULL ORDER BY c.unit, c.version DESC
    ON CONFLICT (unit) DO UPDATE SET level = excluded.level, version = excluded.version
    WHERE excluded.version > t.version;

    DELETE FROM edge WHERE unit IN (SELECT unit FROM turn_unit);
    INSERT INTO edge SELECT * FROM turn_edge WHERE unit IN (SELECT unit FROM turn_unit);

    INSERT INTO turn_unit
    SELECT DISTINCT s.unit FROM span AS s JOIN turn_unit AS t ON t.unit = s.ancestor
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS placed = ROW_COUNT;
    IF placed > 1000 THEN
        ANALYZE turn_unit;
    END IF;
    INSERT INTO turn_span
    WITH RECURSIVE climb(unit, line, ancestor, valid_from, valid_to) AS (
        SELECT unit, -1::smallint, unit, '-infinity'::date, 'infinity'::date FROM turn_unit
        UNION
        SELECT c.unit,
               CASE WHEN c.line >= 0 THEN c.line WHEN e.inner_edge THEN -1::smallint ELSE e.line END,
               e.parent, greatest(c.valid_from, e.valid_from), least(c.valid_to, e.valid_to)
        FROM climb AS c
        JOIN edge AS e ON e.unit = c.ancestor AND (c.line = -1 OR e.line = c.line)
             AND e.valid_from < c.valid_to AND c.valid_from < e.valid_to
    ), joined AS (
        SELECT unit, line, ancestor, range_agg(daterange(valid_from, valid_to)) AS days FROM climb
        GROUP BY unit, line, ancestor
    )
    SELECT j.unit, j.line, j.ancestor, t.level, lower(d.days), upper(d.days)
    FROM joined AS j CROSS JOIN unnest(j.days) AS d(days) LEFT JOIN tier AS t ON t.unit = j.ancestor;

    WITH old AS (
        SELECT s.* FROM span AS s JOIN turn_unit AS t ON t.unit = s.unit
    )
    INSERT INTO turn_delta
    SELECT *, 1 FROM (SELECT * FROM turn_span EXCEPT SELECT * FROM old) AS came
    UNION ALL
    SELECT *, -1 FROM (SELECT * FROM old EXCEPT SELECT * FROM turn_span) AS went;
    -- Found by unit: by ancestor, those near the top would be looked for among the spans of the whole province.
    DELETE FROM span AS s USING turn_delta AS d
    WHERE d.sign = -1 AND s.ancestor + 0 = d.ancestor
      AND (s.unit, s.line, s.valid_from) = (d.unit, d.line, d.valid_from);
    INSERT INTO span SELECT unit, line, ancestor, level, valid_from, valid_to FROM turn_delta WHERE sign = 1;
    RETURN (SELECT count(*) FROM turn_unit);
END $$;

-- Add what the facts in turn_fact contribute to the ancestors named by `spans` (a table of spans with a sign):
-- a flow counts on its day while the span holds; a stock enters on its day or with the span, and leaves with it.
-- Then turn_fact is empty again.
-- Both tables of a turn may be long, and neither has an index: joined row by row, a big turn took half a minute.
CREATE FUNCTION contribute(spans text) RETURNS void LANGUAGE plpgsql SET enable_hashjoin = on AS $$
BEGIN
    EXECUTE format($sql$
        INSERT INTO turn_sum
        SELECT s.ancestor, s.line, s.level, f.metric, f.combo,
               CASE WHEN m.stock THEN greatest(f.day, s.valid_from) ELSE f.day END AS day, sum(s.sign * f.amount)
        FROM turn_fact AS f JOIN metric AS m ON m.number = f.metric
        JOIN %1$s AS s ON s.unit = f.unit AND s.level <= 4 AND f.day < s.valid_to
             AND (m.stock OR f.day >= s.valid_from)
        GROUP BY s.ancestor, s.line, s.level, f.metric, f.combo, 6
        UNION ALL
        SELECT s.ancestor, s.line, s.level, f.metric, f.combo, s.valid_to, -sum(s.sign * f.amount)
        FROM turn_fact AS f JOIN metric AS m ON m.number = f.metric
        JOIN %1$s AS s ON s.unit = f.unit AND s.level <= 4 AND f.day < s.valid_to AND s.valid_to < 'infinity'
        WHERE m.stock
        GROUP BY s.ancestor, s.line, s.level, f.metric, f.combo, s.valid_to
    $sql$, spans);
    TRUNCATE turn_fact;
END $$;

-- Add turn_sum to the roll-ups, by month and by day; sums that become zero go.
CREATE FUNCTION add_up() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    zeros tid[];
BEGIN
    WITH part AS (
        SELECT ancestor, line, metric, 0::smallint AS grain, date_trunc('month', day::timestamp)::date AS start, combo,
               sum(amount)::bigint AS amount
        FROM turn_sum GROUP BY ancestor, line, metric, 5, combo
        UNION ALL
        SELECT ancestor, line, metric, 1::smallint, day, combo, sum(amount)::bigint
        FROM turn_sum WHERE level <= 2 GROUP BY ancestor, line, metric, day, combo
    ), added AS (
        INSERT INTO rollup AS r (ancestor, line, metric, grain, start, combo, amount)
        SELECT * FROM part WHERE amount <> 0 ORDER BY ancestor, line, metric, grain, start, combo
        ON CONFLICT (ancestor, line, metric, grain, start, combo) DO UPDATE SET amount = r.amount + excluded.amount
        RETURNING r.ctid AS place, r.amount
    )
    SELECT array_agg(place) FILTER (WHERE amount = 0) INTO zeros FROM added;
    IF zeros IS NOT NULL THEN
        DELETE FROM rollup WHERE ctid = ANY (zeros);
    END IF;
END $$;

-- One turn: what the worker has committed beyond the position, at most about `most` events, spread over the lanes.
-- Tree changes come first and move the facts counted before them; then the new facts are attributed.
-- Every join goes from the few rows of the turn to the many by index, whatever the planner thinks of their number:
-- a turn of one event must not read whole tables.
CREATE FUNCTION roll(most integer) RETURNS TABLE (events bigint, placed integer)
LANGUAGE plpgsql SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
DECLARE
    lanes smallint[];
    since bigint[];
    cut   bigint[];
BEGIN
    WITH behind AS (
        SELECT l.lane, coalesce(r.sequence, 0) AS since, p.sequence AS reached
        FROM stream_progress AS p JOIN topic AS t ON t.name = p.topic
        CROSS JOIN LATERAL (SELECT (t.number * 24 + p.stream)::smallint AS lane) AS l
        LEFT JOIN roller_position AS r ON r.lane = l.lane
    ), share AS (
        SELECT greatest(1, most / greatest(1, count(*) FILTER (WHERE b.reached > b.since))) AS each FROM behind AS b
    ), target AS (
        SELECT b.lane, b.since, least(b.reached, b.since + s.each) AS cut FROM behind AS b CROSS JOIN share AS s
    )
    SELECT array_agg(t.lane), array_agg(t.since), array_agg(t.cut), sum(t.cut - t.since)
    INTO lanes, since, cut, events FROM target AS t;
    placed := 0;
    IF coalesce(events, 0) = 0 THEN
        events := 0;
        RETURN NEXT;
        RETURN;
    END IF;

    placed := regrow(lanes, since, cut);
    IF placed > 0 THEN
        INSERT INTO turn_fact
        SELECT f.unit, f.metric, f.day, f.combo, sum(f.amount)
        FROM (SELECT DISTINCT d.unit FROM turn_delta AS d WHERE d.level <= 4) AS u
        JOIN fact AS f ON f.unit = u.unit
        JOIN roller_position AS p ON p.lane = f.lane AND f.sequence <= p.sequence
        GROUP BY f.unit, f.metric, f.day, f.combo;
        IF FOUND THEN
            PERFORM contribute('turn_delta');
        END IF;
    END IF;

    INSERT INTO turn_fact
    SELECT f.unit, f.metric, f.day, f.combo, sum(f.amount)
    FROM unnest(lanes, since, cut) AS t(lane, since, cut)
    JOIN fact AS f ON f.lane = t.lane AND f.sequence > t.since AND f.sequence <= t.cut
    GROUP BY f.unit, f.metric, f.day, f.combo;
    IF FOUND THEN
        PERFORM contribute('(SELECT *, 1 AS sign FROM span)');
    END IF;
    PERFORM add_up();

    INSERT INTO roller_position AS r (lane, sequence)
    SELECT t.lane, t.cut FROM unnest(lanes, since, cut) AS t(lane, since, cut) WHERE t.cut > t.since
    ON CONFLICT (lane) DO UPDATE SET sequence = excluded.sequence;
    RETURN NEXT;
END $$;
