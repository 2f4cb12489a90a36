-- How far each stream of each topic has been read: number, link, and the offset (a hint only).
-- `halted` says why a stream waits: gap, fork, dead-letters; empty while it runs.
CREATE TABLE stream_progress (
    topic     text NOT NULL,
    stream    smallint NOT NULL,
    sequence  bigint NOT NULL DEFAULT 0,
    chain     bytea NOT NULL,
    sequenced timestamptz NOT NULL DEFAULT '-infinity',
    kafka_offset bigint NOT NULL DEFAULT -1,
    end_reached  timestamptz NOT NULL DEFAULT '-infinity',
    halted    text NOT NULL DEFAULT '',
    PRIMARY KEY (topic, stream)
) WITH (fillfactor = 50);
