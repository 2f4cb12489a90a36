-- The tree of units over business dates, and the figures added up along it. Written by the roller alone,
-- except tree_change, which the worker appends.
-- Lines: 0 territorial, 1.. industry lines of the catalogue, -1 own (a unit with its sub-units: counts on every line).

-- What was said of a unit's place. Version 0 is provisional: taken from the lineage of an event while nothing real is
-- known. Parent null: on no place of that line (the root, or it has left the line).
CREATE TABLE tree_change (
    unit      integer NOT NULL,
    line      smallint NOT NULL,
    effective date NOT NULL,
    version   integer NOT NULL,
    parent    integer,
    merged    boolean NOT NULL DEFAULT false,
    level     smallint,
    lane      smallint NOT NULL,
    sequence  bigint NOT NULL
);
CREATE INDEX tree_change_unit ON tree_change (unit, line);
CREATE INDEX tree_change_position ON tree_change (lane, sequence);
CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON tree_change
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- From here on present knowledge, as of roller_position.
CREATE TABLE tier (
    unit    integer PRIMARY KEY,
    level   smallint NOT NULL,
    version integer NOT NULL
);

-- Parents over [valid_from, valid_to).
CREATE TABLE edge (
    unit       integer NOT NULL,
    line       smallint NOT NULL,
    parent     integer NOT NULL,
    valid_from date NOT NULL,
    valid_to   date NOT NULL,
    inner_edge boolean NOT NULL -- the unit is below the grassroots: one tree for every line
);
CREATE INDEX edge_unit ON edge (unit, line);

-- Every unit with every ancestor, itself included (line -1), for the days [valid_from, valid_to); never two that
-- overlap or touch. `level` is the ancestor's level as the roll-ups took it (null: unknown then, not rolled up).
CREATE TABLE span (
    unit       integer NOT NULL,
    line       smallint NOT NULL,
    ancestor   integer NOT NULL,
    level      smallint,
    valid_from date NOT NULL,
    valid_to   date NOT NULL,
    CHECK (valid_from < valid_to)
);
CREATE INDEX span_unit ON span (unit, line);
CREATE INDEX span_ancestor ON span (ancestor, line);
CREATE INDEX span_closing ON span (unit) WHERE valid_to < 'infinity';

-- Sums of contributions (see contribution()): months (grain 0) for ancestors of level 4 and up, days (grain 1) for
-- level 2 and up. A sum that becomes zero has no row.
CREATE TABLE rollup (
    ancestor integer NOT NULL,
    line     smallint NOT NULL,
    metric   smallint NOT NULL,
    grain    smallint NOT NULL,
    start    date NOT NULL,
    combo    integer NOT NULL,
    amount   bigint NOT NULL,
    PRIMARY KEY (ancestor, line, metric, grain, start, combo)
) WITH (fillfactor = 85);

-- How far the roller has come: the cut at which queries answer.
CREATE TABLE roller_position (
    lane     smallint PRIMARY KEY,
    sequence bigint NOT NULL
) WITH (fillfactor = 50);
