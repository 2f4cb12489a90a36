-- The only place of names, document numbers and telephone numbers: sealed, each person under a key of their own.
-- Deleting a row destroys the key, and with it the person's data in every backup that is opened later.
CREATE TABLE person_vault (
    person      uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    record      bytea NOT NULL
);

-- Finds an event by its id. Ids grow with time, so a few bytes per block range are enough.
CREATE INDEX event_log_ids ON event_log USING brin (id) WITH (pages_per_range = 32, autosummarize = on);
