-- Reports as the streams tell them: what was closed, reported, declared and restated. Append-only, by position.

CREATE TABLE closing (
    lane      smallint NOT NULL,
    sequence  bigint NOT NULL,
    unit      integer NOT NULL,
    report    uuid NOT NULL,
    line      smallint NOT NULL,
    first_day date NOT NULL,
    last_day  date NOT NULL,
    cut       text NOT NULL,
    figures   integer NOT NULL, -- how many `reported` rows there will be
    closed_on date NOT NULL
);
CREATE INDEX closing_unit ON closing (unit);
CREATE UNIQUE INDEX closing_report ON closing (report);

CREATE TABLE reported (
    lane     smallint NOT NULL,
    sequence bigint NOT NULL,
    unit     integer NOT NULL,
    report   uuid NOT NULL,
    figure   text NOT NULL,
    value    text -- null: no data
);
CREATE INDEX reported_report ON reported (report);

-- Of every declaration the last row counts; no value: withdrawn.
CREATE TABLE declared (
    lane        smallint NOT NULL,
    sequence    bigint NOT NULL,
    unit        integer NOT NULL,
    declaration uuid NOT NULL,
    line        smallint NOT NULL,
    first_day   date NOT NULL,
    last_day    date NOT NULL,
    figure      text NOT NULL,
    value       text,
    qualifier   text NOT NULL,
    source      text NOT NULL,
    declared_on date NOT NULL
);
CREATE INDEX declared_unit ON declared (unit, last_day);
CREATE INDEX declared_period ON declared (first_day, last_day);

CREATE TABLE restated (
    lane      smallint NOT NULL,
    sequence  bigint NOT NULL,
    unit      integer NOT NULL,
    id        uuid NOT NULL,
    report    uuid NOT NULL,
    figure    text NOT NULL,
    old_value text,
    new_value text,
    old_cut   text NOT NULL,
    new_cut   text NOT NULL,
    events    bigint NOT NULL
);
CREATE INDEX restated_report ON restated (report, figure, sequence);
CREATE INDEX restated_unit ON restated (unit, sequence);

CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON closing
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON reported
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON declared
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON restated
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the restater has found out by itself; all of it can be found out again.

-- The value of every reported figure as it was last compared.
CREATE TABLE standing (
    report uuid NOT NULL,
    figure text NOT NULL,
    value  text,
    own    text, -- what the projection itself says at the cut of the closing
    PRIMARY KEY (report, figure)
);

-- Reports whose own figures have been computed; `trouble` says why some could not be.
CREATE TABLE checked_report (
    report  uuid PRIMARY KEY,
    cut     text NOT NULL, -- up to which changes have been told
    told    integer NOT NULL, -- how many
    trouble text NOT NULL DEFAULT ''
);

-- Up to where all closed periods have been compared.
CREATE TABLE restater_position (
    lane     smallint PRIMARY KEY,
    sequence bigint NOT NULL
);
CREATE TABLE restater_pass (
    one    boolean PRIMARY KEY DEFAULT true CHECK (one),
    began  timestamptz NOT NULL DEFAULT '-infinity'
);
INSERT INTO restater_pass DEFAULT VALUES;
