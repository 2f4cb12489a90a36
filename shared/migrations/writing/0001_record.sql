-- What every writing service keeps: present state, unique claims, the event log, and answers to repeated commands.

-- Present state of every aggregate; `unit` is the unit under which it is listed (for a union: its parent).
CREATE TABLE aggregate (
    id      uuid PRIMARY KEY,
    kind    text NOT NULL,
    unit    uuid,
    version integer NOT NULL CHECK (version > 0),
    state   jsonb NOT NULL
);
CREATE INDEX aggregate_listing ON aggregate (kind, unit, id);

-- One owner per (kind, value): identity numbers in use, division codes, external references. What a rule calls
-- "only once" is a row here, so two writers cannot both be first.
CREATE TABLE claim (
    kind  text NOT NULL,
    value text NOT NULL,
    owner uuid NOT NULL,
    PRIMARY KEY (kind, value)
);

-- Kept for good, insert-only: a lost Kafka cluster is republished from it, byte for byte.
CREATE TABLE event_log (
    position bigint GENERATED ALWAYS AS IDENTITY,
    id       uuid NOT NULL,
    stream   smallint NOT NULL CHECK (stream BETWEEN 0 AND 23),
    subject  uuid NOT NULL,
    version  integer NOT NULL,
    value    bytea NOT NULL,
    PRIMARY KEY (position)
) PARTITION BY RANGE (position);
ALTER TABLE event_log ALTER COLUMN value SET STORAGE EXTERNAL;

-- Rows that have no number yet. A late commit with a lower position is still here, so it is never skipped.
CREATE TABLE event_queue (
    position bigint PRIMARY KEY,
    stream   smallint NOT NULL
) WITH (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000,
        autovacuum_vacuum_cost_delay = 0);

-- The numbers: contiguous in each stream, with the time of numbering and the hash chain.
CREATE TABLE event_number (
    stream    smallint NOT NULL,
    sequence  bigint NOT NULL,
    position  bigint NOT NULL,
    sequenced timestamptz NOT NULL,
    chain     bytea NOT NULL CHECK (octet_length(chain) = 32),
    PRIMARY KEY (stream, sequence)
);

-- Where each stream stands: last number given, its link, and the mark (last number the broker has answered for).
CREATE TABLE stream_head (
    stream    smallint PRIMARY KEY,
    sequence  bigint NOT NULL DEFAULT 0,
    chain     bytea NOT NULL,
    sequenced timestamptz NOT NULL DEFAULT '-infinity',
    relayed   bigint NOT NULL DEFAULT 0,
    CHECK (relayed <= sequence)
) WITH (fillfactor = 50);

-- Answers kept 30 days, in daily partitions.
CREATE TABLE command_key (
    day    date NOT NULL,
    actor  text NOT NULL,
    key    text NOT NULL,
    body   bytea NOT NULL,
    status smallint NOT NULL,
    answer text NOT NULL,
    PRIMARY KEY (actor, key, day)
) PARTITION BY RANGE (day);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is insert-only', TG_TABLE_NAME;
END $$;
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_log
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON event_number
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- The next partitions of log and keys, made ahead of need; old key partitions go. Safe to call by many at once.
CREATE FUNCTION prepare_partitions(today date, rows_each bigint DEFAULT 10000000, keep_days integer DEFAULT 30)
RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    reached bigint;
    low     bigint;
    d       date;
    old     text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('prepare_partitions'));
    SELECT coalesce(max(position), 0) INTO reached FROM event_log;
    FOR n IN 0..1 LOOP
        low := (reached / rows_each + n) * rows_each;
        EXECUTE format('CREATE TABLE IF NOT EXISTS event_log_%s PARTITION OF event_log FOR VALUES FROM (%s) TO (%s)',
                       low / rows_each, low, low + rows_each);
    END LOOP;
    FOR d IN SELECT generate_series(today - 1, today + 2, interval '1 day')::date LOOP
        EXECUTE format('CREATE TABLE IF NOT EXISTS command_key_%s PARTITION OF command_key FOR VALUES FROM (%L) TO (%L)',
                       to_char(d, 'YYYYMMDD'), d, d + 1);
    END LOOP;
    FOR old IN SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
               WHERE i.inhparent = 'command_key'::regclass
                 AND c.relname < 'command_key_' || to_char(today - keep_days, 'YYYYMMDD') LOOP
        EXECUTE format('DROP TABLE %I', old);
    END LOOP;
END $$;

-- One statement writes everything that a batch of decisions says: claims, state, answers, and last the events.
-- SQLSTATE UN001: somebody else was faster; nothing is written, the caller reads again and decides again.
CREATE FUNCTION record(
    a_ids uuid[], a_kinds text[], a_units uuid[], a_expected integer[], a_versions integer[], a_states text[],
    r_kinds text[], r_values text[],
    c_kinds text[], c_values text[], c_owners uuid[],
    k_day date, k_actors text[], k_keys text[], k_bodies bytea[], k_statuses smallint[], k_answers text[],
    e_ids uuid[], e_streams smallint[], e_subjects uuid[], e_versions integer[], e_values bytea[]
) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    touched integer;
BEGIN
    IF cardinality(k_keys) > 0 THEN
        -- The lock makes a key one key also across midnight, where it would fall into two partitions.
        PERFORM pg_advisory_xact_lock(h) FROM (
            SELECT DISTINCT hashtextextended(k.actor || '/' || k.key, 7) AS h
            FROM unnest(k_actors, k_keys) AS k(actor, key) ORDER BY h) AS locks;
        IF EXISTS (SELECT FROM unnest(k_actors, k_keys) AS k(actor, key)
                   JOIN command_key p ON p.actor = k.actor AND p.key = k.key) THEN
            RAISE EXCEPTION 'key' USING ERRCODE = 'UN001';
        END IF;
        INSERT INTO command_key (day, actor, key, body, status, answer)
        SELECT k_day, * FROM unnest(k_actors, k_keys, k_bodies, k_statuses, k_answers);
    END IF;
    IF cardinality(a_ids) > 1 THEN
        PERFORM FROM aggregate WHERE id = ANY (a_ids) ORDER BY id FOR UPDATE;
    END IF;
    IF cardinality(a_ids) > 0 THEN
        UPDATE aggregate AS a SET version = n.version, unit = n.unit, state = n.state::jsonb
        FROM unnest(a_ids, a_units, a_expected, a_versions, a_states) AS n(id, unit, expected, version, state)
        WHERE n.expected > 0 AND a.id = n.id AND a.version = n.expected;
        GET DIAGNOSTICS touched = ROW_COUNT;
        IF touched <> (SELECT count(*) FROM unnest(a_expected) AS e WHERE e > 0) THEN
            RAISE EXCEPTION 'version' USING ERRCODE = 'UN001';
        END IF;
        INSERT INTO aggregate (id, kind, unit, version, state)
        SELECT n.id, n.kind, n.unit, n.version, n.state::jsonb
        FROM unnest(a_ids, a_kinds, a_units, a_expected, a_versions, a_states)
             AS n(id, kind, unit, expected, version, state)
        WHERE n.expected = 0 ORDER BY n.id;
    END IF;
    IF cardinality(r_kinds) > 0 THEN
        DELETE FROM claim AS c USING unnest(r_kinds, r_values) AS r(kind, value)
        WHERE c.kind = r.kind AND c.value = r.value;
    END IF;
    IF cardinality(c_kinds) > 0 THEN
        INSERT INTO claim (kind, value, owner)
        SELECT * FROM unnest(c_kinds, c_values, c_owners) AS c(kind, value, owner) ORDER BY kind, value;
    END IF;
    IF cardinality(e_ids) > 0 THEN
        WITH logged AS (
            INSERT INTO event_log (id, stream, subject, version, value)
            SELECT e.id, e.stream, e.subject, e.version, e.value
            FROM unnest(e_ids, e_streams, e_subjects, e_versions, e_values) WITH ORDINALITY
                 AS e(id, stream, subject, version, value, n) ORDER BY n
            RETURNING position, stream)
        INSERT INTO event_queue SELECT position, stream FROM logged;
    END IF;
END $$;
