-- The key of an agreement, wrapped: with it the ids that the agency gets are made of ours.
CREATE TABLE agreement_key (
    agreement   uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    record      bytea NOT NULL
);

-- Agreements that deliver: looked for again and again.
CREATE INDEX aggregate_in_force ON aggregate (id)
WHERE kind = 'agency-agreement' AND state ->> 'stage' = 'in_force';
