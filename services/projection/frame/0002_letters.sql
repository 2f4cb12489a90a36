-- What operators decided about events that cannot be read. It outlives every colour: a rebuild meets the same events.

-- Dropped for good: by whom, when and why.
CREATE TABLE dropped_letter (
    topic    text NOT NULL,
    stream   smallint NOT NULL,
    sequence bigint NOT NULL,
    dropped  timestamptz NOT NULL DEFAULT now(),
    actor    text NOT NULL,
    reason   text NOT NULL,
    PRIMARY KEY (topic, stream, sequence)
);

-- So many at once that the worker stopped; it goes on once somebody has admitted that kind.
CREATE TABLE burst (
    reason   text NOT NULL,
    type     text NOT NULL,
    stopped  timestamptz NOT NULL DEFAULT now(),
    letters  bigint NOT NULL,
    first    text NOT NULL, -- topic/stream#number
    admitted timestamptz,
    actor    text,
    why      text,
    PRIMARY KEY (reason, type)
);
