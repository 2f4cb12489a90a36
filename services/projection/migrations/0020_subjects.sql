-- Subjects that are counted once (people, employers), without reading every fact of a province for it.
-- Of whom a metric has a single fact, that fact is all there is to count: it is added up like any amount, as 1, in the
-- roll-ups of level 2 and up, under the metric's number with a minus. Only the facts of the others are gone through:
-- they stand in `repeated` as well. Written by the roller alone, in its turns.

-- The metrics for which this is kept.
CREATE TABLE counted_metric (
    metric smallint PRIMARY KEY
);

-- Every subject of these metrics, with its single fact, or null where there are several.
CREATE TABLE counted_subject (
    metric  smallint NOT NULL,
    subject uuid NOT NULL,
    several boolean NOT NULL,
    unit    integer,
    day     date,
    combo   integer,
    amount  bigint,
    PRIMARY KEY (metric, subject)
) WITH (fillfactor = 90);

-- The facts of those that have several.
CREATE TABLE repeated (
    metric  smallint NOT NULL,
    day     date NOT NULL,
    unit    integer NOT NULL,
    combo   integer NOT NULL,
    amount  bigint NOT NULL,
    subject uuid NOT NULL
);
CREATE INDEX repeated_day ON repeated (metric, day) INCLUDE (unit, combo, amount, subject);

CREATE OR REPLACE FUNCTION prepare_turns() RETURNS void LANGUAGE plpgsql AS $$
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
    CREATE TEMPORARY TABLE turn_counted (LIKE repeated) ON COMMIT DELETE ROWS;
    CREATE TEMPORARY TABLE turn_subject (LIKE counted_subject, facts bigint NOT NULL) ON COMMIT DELETE ROWS;
END $$;

-- As before; what is added up under a negative number is a single fact of a subject, for level 2 and up.
CREATE OR REPLACE FUNCTION contribute(spans text) RETURNS void LANGUAGE plpgsql SET enable_hashjoin = on AS $$
BEGIN
    EXECUTE format($sql$
        INSERT INTO turn_sum
        SELECT s.ancestor, s.line, s.level, f.metric, f.combo,
               CASE WHEN m.stock THEN greatest(f.day, s.valid_from) ELSE f.day END AS day, sum(s.sign * f.amount)
        FROM turn_fact AS f JOIN metric AS m ON m.number = abs(f.metric)
        JOIN %1$s AS s ON s.unit = f.unit AND s.level <= CASE WHEN f.metric < 0 THEN 2 ELSE 4 END
             AND f.day < s.valid_to AND (m.stock OR f.day >= s.valid_from)
        GROUP BY s.ancestor, s.line, s.level, f.metric, f.combo, 6
        UNION ALL
        SELECT s.ancestor, s.line, s.level, f.metric, f.combo, s.valid_to, -sum(s.sign * f.amount)
        FROM turn_fact AS f JOIN metric AS m ON m.number = abs(f.metric)
        JOIN %1$s AS s ON s.unit = f.unit AND s.level <= CASE WHEN f.metric < 0 THEN 2 ELSE 4 END
             AND f.day < s.valid_to AND s.valid_to < 'infinity'
        WHERE m.stock
        GROUP BY s.ancestor, s.line, s.level, f.metric, f.combo, s.valid_to
    $sql$, spans);
    TRUNCATE turn_fact;
END $$;

-- Put the facts in turn_counted where they belong: turn_fact gets 1 for every subject that has a single fact now, and
-- -1 for every one that has it no longer. A fact of nothing or less counts nobody, but the next one is no single one.
CREATE FUNCTION tell_apart() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO turn_subject (metric, subject, facts, several, unit, day, combo, amount)
    SELECT t.metric, t.subject, t.facts + CASE WHEN k.subject IS NULL THEN 0 ELSE 1 END,
           coalesce(k.several, false), k.unit, k.day, k.combo, k.amount
    FROM (SELECT c.metric, c.subject, count(*) AS facts FROM turn_counted AS c GROUP BY c.metric, c.subject) AS t
    LEFT JOIN counted_subject AS k ON k.metric = t.metric AND k.subject = t.subject;

    -- Single until now.
    INSERT INTO repeated (metric, day, unit, combo, amount, subject)
    SELECT t.metric, t.day, t.unit, t.combo, t.amount, t.subject FROM turn_subject AS t WHERE t.unit IS NOT NULL;
    INSERT INTO turn_fact
    SELECT t.unit, -t.metric, t.day, t.combo, -1 FROM turn_subject AS t WHERE t.unit IS NOT NULL AND t.amount > 0;
    -- Several from now on.
    INSERT INTO counted_subject AS k (metric, subject, several)
    SELECT t.metric, t.subject, true FROM turn_subject AS t WHERE t.facts > 1 AND NOT t.several
    ON CONFLICT (metric, subject) DO UPDATE
    SET several = true, unit = NULL, day = NULL, combo = NULL, amount = NULL;
    INSERT INTO repeated (metric, day, unit, combo, amount, subject)
    SELECT c.metric, c.day, c.unit, c.combo, c.amount, c.subject
    FROM turn_counted AS c JOIN turn_subject AS t ON t.metric = c.metric AND t.subject = c.subject
    WHERE t.facts > 1 ORDER BY c.metric, c.day;
    -- Single from now on.
    INSERT INTO counted_subject (metric, subject, several, unit, day, combo, amount)
    SELECT c.metric, c.subject, false, c.unit, c.day, c.combo, c.amount
    FROM turn_counted AS c JOIN turn_subject AS t ON t.metric = c.metric AND t.subject = c.subject
    WHERE t.facts = 1;
    INSERT INTO turn_fact
    SELECT c.unit, -c.metric, c.day, c.combo, 1
    FROM turn_counted AS c JOIN turn_subject AS t ON t.metric = c.metric AND t.subject = c.subject
    WHERE t.facts = 1 AND c.amount > 0;
    TRUNCATE turn_counted, turn_subject;
END $$;

-- Keep it for one more metric, from all that is rolled up already. In the roller's connection, between turns.
CREATE FUNCTION count_subjects(wanted smallint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO counted_metric VALUES (wanted) ON CONFLICT DO NOTHING;
    IF NOT FOUND THEN
        RETURN;
    END IF;
    PERFORM hold_turns();
    INSERT INTO turn_counted
    SELECT f.metric, f.day, f.unit, f.combo, f.amount, f.subject
    FROM fact AS f JOIN roller_position AS p ON p.lane = f.lane AND f.sequence <= p.sequence
    WHERE f.metric = wanted AND f.subject IS NOT NULL;
    IF FOUND THEN
        PERFORM tell_apart();
        PERFORM contribute('(SELECT *, 1 AS sign FROM span)');
        PERFORM add_up();
    END IF;
END $$;

CREATE OR REPLACE FUNCTION roll(most integer) RETURNS TABLE (events bigint, placed integer)
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
        WITH moved AS MATERIALIZED (
            SELECT f.unit, f.metric, f.day, f.combo, f.amount, f.subject
            FROM (SELECT DISTINCT d.unit FROM turn_delta AS d WHERE d.level <= 4) AS u
            JOIN fact AS f ON f.unit = u.unit
            JOIN roller_position AS p ON p.lane = f.lane AND f.sequence <= p.sequence
        )
        INSERT INTO turn_fact
        SELECT m.unit, m.metric, m.day, m.combo, sum(m.amount) FROM moved AS m
        GROUP BY m.unit, m.metric, m.day, m.combo
        UNION ALL
        SELECT m.unit, -m.metric, m.day, m.combo, 1
        FROM moved AS m JOIN counted_metric AS c ON c.metric = m.metric
        JOIN counted_subject AS k ON k.metric = m.metric AND k.subject = m.subject AND NOT k.several
        WHERE m.amount > 0;
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
        INSERT INTO turn_counted
        SELECT f.metric, f.day, f.unit, f.combo, f.amount, f.subject
        FROM unnest(lanes, since, cut) AS t(lane, since, cut)
        JOIN fact AS f ON f.lane = t.lane AND f.sequence > t.since AND f.sequence <= t.cut
        JOIN counted_metric AS c ON c.metric = f.metric
        WHERE f.subject IS NOT NULL;
        IF FOUND THEN
            PERFORM tell_apart();
        END IF;
        PERFORM contribute('(SELECT *, 1 AS sign FROM span)');
    END IF;
    PERFORM add_up();

    INSERT INTO roller_position AS r (lane, sequence)
    SELECT t.lane, t.cut FROM unnest(lanes, since, cut) AS t(lane, since, cut) WHERE t.cut > t.since
    ON CONFLICT (lane) DO UPDATE SET sequence = excluded.sequence;
    RETURN NEXT;
END $$;
