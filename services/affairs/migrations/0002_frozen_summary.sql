-- The only place of frozen summaries: sealed, each under a key of its own, never changed.
CREATE TABLE frozen_summary (
    summary     uuid PRIMARY KEY,
    wrapped_key bytea NOT NULL,
    record      bytea NOT NULL
);
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON frozen_summary
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
