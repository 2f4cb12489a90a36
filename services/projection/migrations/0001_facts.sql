-- What the worker writes, all of one batch in one transaction with stream_progress.
-- A lane is one logical stream of one topic: topic number * 24 + stream. A cut is one sequence per lane.

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% is append-only', TG_TABLE_NAME;
END $$;

-- Every unit ever met; level is null while it is known by the lineage of others only. Each group of attributes keeps
-- the version that last set it, because a unit below the grassroots may change its stream and arrive out of order.
CREATE TABLE node (
    key         integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id          uuid NOT NULL UNIQUE,
    level       smallint,
    kind        text,
    form        text,
    name        text,
    division    text,
    status      text NOT NULL DEFAULT 'living',
    version     integer NOT NULL DEFAULT 0,
    established date,
    ended       date,
    successor   integer,
    described   integer NOT NULL DEFAULT 0,
    named       integer NOT NULL DEFAULT 0
) WITH (fillfactor = 80);
CREATE INDEX node_division ON node (division);
CREATE INDEX node_name ON node USING gin (to_tsvector('simple', coalesce(name, '')));

-- Breakdown values of facts, interned: {"sex": "female", "worker_kind": "migrant"}.
CREATE TABLE combo (
    key  integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    dims jsonb NOT NULL UNIQUE
);

-- Topics by the number that stands in lanes.
CREATE TABLE topic (
    number smallint PRIMARY KEY,
    name   text NOT NULL UNIQUE
);

-- What the catalogue says of each number, for SQL: a stock counts up to a date, a flow within a period.
CREATE TABLE metric (
    number smallint PRIMARY KEY,
    id     text NOT NULL UNIQUE,
    stock  boolean NOT NULL
);

-- One row per event and metric it moves: the provenance of every figure. It names the unit, never its ancestors.
CREATE TABLE fact (
    lane     smallint NOT NULL,
    sequence bigint NOT NULL,
    metric   smallint NOT NULL,
    unit     integer NOT NULL,
    day      date NOT NULL,
    amount   bigint NOT NULL,
    combo    integer NOT NULL,
    subject  uuid
);
CREATE INDEX fact_unit ON fact (unit, metric, day);
CREATE INDEX fact_position ON fact (lane, sequence);

-- One row per event, with its link of the chain; dead letters keep their row with what could be read.
CREATE TABLE trail (
    lane        smallint NOT NULL,
    sequence    bigint NOT NULL,
    id          uuid,
    type        text NOT NULL,
    unit        integer,
    subject     uuid,
    version     integer,
    day         date,
    recorded    timestamptz,
    sequenced   timestamptz NOT NULL,
    actor       text,
    correlation uuid,
    chain       bytea NOT NULL,
    PRIMARY KEY (lane, sequence)
);
CREATE INDEX trail_unit ON trail (unit, recorded);
CREATE INDEX trail_recorded ON trail (recorded);
CREATE INDEX trail_id ON trail (id);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON fact
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON trail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Events that could not be read, whole, at their position.
CREATE TABLE dead_letter (
    lane     smallint NOT NULL,
    sequence bigint NOT NULL,
    type     text NOT NULL,
    reason   text NOT NULL,
    value    bytea NOT NULL,
    parked   timestamptz NOT NULL DEFAULT now(),
    redriven timestamptz,
    PRIMARY KEY (lane, sequence)
);
