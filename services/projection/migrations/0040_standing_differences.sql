-- What a slow look at every union finds not to agree. Written by one process of the active colour; all of it can be
-- found out again.

-- The last look at a union's sums on a line for a year (subject `tree`), at what it declared and reported for a year
-- (`papers`), at papers of a year that are alike (`alike`, unit 0).
CREATE TABLE look (
    subject   text NOT NULL CHECK (subject IN ('tree', 'papers', 'alike')),
    unit      integer NOT NULL,
    line      smallint NOT NULL,
    first_day date NOT NULL,
    last_day  date NOT NULL,
    looked    timestamptz NOT NULL,
    cut       text NOT NULL,
    round     bigint NOT NULL,
    PRIMARY KEY (subject, unit, line, first_day)
) WITH (fillfactor = 80);
CREATE INDEX look_looked ON look (looked);

-- What stood at the last look. `identity` is the same for the same difference, whatever its size by then.
CREATE TABLE standing_difference (
    id         bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    subject    text NOT NULL,
    unit       integer NOT NULL,
    line       smallint NOT NULL,
    first_day  date NOT NULL,
    last_day   date NOT NULL,
    identity   text NOT NULL,
    kind       text NOT NULL, -- which check
    at_unit    uuid NOT NULL, -- whose figure
    figure     text NOT NULL,
    expected   text NOT NULL,
    found      text NOT NULL,
    about      text NOT NULL,
    assumed    boolean NOT NULL,
    lanes      smallint[] NOT NULL, -- positions of the events behind it
    sequences  bigint[] NOT NULL,
    spots      jsonb NOT NULL,
    first_seen timestamptz NOT NULL,
    first_cut  text NOT NULL,
    last_seen  timestamptz NOT NULL,
    last_cut   text NOT NULL,
    round      bigint NOT NULL, -- in which it was last seen
    UNIQUE (subject, unit, line, first_day, identity)
);
CREATE INDEX standing_difference_unit ON standing_difference (at_unit, id);

-- Rounds over everything there is to look at, and after what the present one goes on.
CREATE TABLE look_round (
    one       boolean PRIMARY KEY DEFAULT true CHECK (one),
    completed bigint NOT NULL DEFAULT 0,
    began     timestamptz NOT NULL DEFAULT now(),
    subject   text NOT NULL DEFAULT 'tree',
    unit      integer NOT NULL DEFAULT 0,
    line      smallint NOT NULL DEFAULT 0
);
INSERT INTO look_round DEFAULT VALUES;
