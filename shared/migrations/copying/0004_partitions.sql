-- Into how many partitions a topic was laid out when it was last read: with another number the kept offsets mean
-- other records.
CREATE TABLE stream_layout (
    topic      text PRIMARY KEY,
    partitions smallint NOT NULL
);
