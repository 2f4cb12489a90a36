-- The only place of the texts of problems and next steps: sealed, each entry under a key of its own.
CREATE TABLE narrative_text (
    entry       uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    record      bytea NOT NULL
);
