-- Letters that were dropped on purpose, and letters redriven: their rows of the trail are completed, once.
ALTER TABLE dead_letter ADD COLUMN dropped timestamptz;
CREATE INDEX dead_letter_waiting ON dead_letter (lane, sequence) WHERE redriven IS NULL AND dropped IS NULL;

ALTER TABLE trail ADD COLUMN note text;
-- Only what says that it completes rows may change any, and no row twice; where it stands in the chain never changes.
CREATE FUNCTION refuse_but_completion() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND current_setting('unionstream.completing', true) = 'on' THEN
        RETURN NULL;
    END IF;
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;
DROP TRIGGER append_only ON trail;
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_but_completion();
CREATE TRIGGER completed_once BEFORE UPDATE ON trail
    FOR EACH ROW WHEN (current_setting('unionstream.completing', true) = 'on'
                       AND (old.recorded IS NOT NULL OR old.lane <> new.lane OR old.sequence <> new.sequence
                            OR old.chain <> new.chain OR old.sequenced <> new.sequenced))
    EXECUTE FUNCTION refuse_change();

-- A turn of its own for facts that come late, at positions that were rolled up long ago. In this session, until its
-- transaction ends, they look like a stream that has just arrived (topic 31): views and a copy of the positions stand
-- before the tables that `roll` reads, for temporary names come first. Only what it adds up is real.
CREATE FUNCTION prepare_late_turn() RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    here text := current_schema();
BEGIN
    CREATE TEMPORARY TABLE late_fact (LIKE fact) ON COMMIT DROP;
    CREATE TEMPORARY TABLE late_change (LIKE tree_change) ON COMMIT DROP;
    EXECUTE format('CREATE TEMPORARY TABLE roller_position (LIKE %1$I.roller_position INCLUDING ALL) ON COMMIT DROP', here);
    EXECUTE format('INSERT INTO roller_position SELECT * FROM %1$I.roller_position', here);
    EXECUTE format('CREATE TEMPORARY VIEW fact AS SELECT * FROM %1$I.fact UNION ALL SELECT * FROM late_fact', here);
    EXECUTE format(
        'CREATE TEMPORARY VIEW tree_change AS SELECT * FROM %1$I.tree_change UNION ALL SELECT * FROM late_change', here);
    EXECUTE format('CREATE TEMPORARY VIEW topic AS SELECT * FROM %1$I.topic UNION ALL SELECT 31::smallint, ''late''', here);
    EXECUTE format('
        CREATE TEMPORARY VIEW stream_progress AS
        SELECT t.name AS topic, (r.lane %% 24)::smallint AS stream, r.sequence
        FROM %1$I.roller_position AS r JOIN %1$I.topic AS t ON t.number = r.lane / 24
        UNION ALL
        SELECT ''late'', 0::smallint,
               greatest((SELECT max(sequence) FROM late_fact), (SELECT max(sequence) FROM late_change), 0)', here);
END $$;

-- The tables are themselves again.
CREATE FUNCTION end_late_turn() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    DROP VIEW pg_temp.fact, pg_temp.tree_change, pg_temp.stream_progress, pg_temp.topic;
    DROP TABLE pg_temp.roller_position, pg_temp.late_fact, pg_temp.late_change;
END $$;
