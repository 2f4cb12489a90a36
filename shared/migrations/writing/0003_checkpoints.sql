-- Signed heads of streams, kept for good and published; `note` is the signed text, byte for byte.
CREATE TABLE checkpoint (
    stream    smallint NOT NULL,
    sequence  bigint NOT NULL,
    note      text NOT NULL,
    signed    timestamptz NOT NULL DEFAULT now(),
    published timestamptz,
    PRIMARY KEY (stream, sequence)
);
CREATE INDEX checkpoint_unpublished ON checkpoint (signed) WHERE published IS NULL;
CREATE TRIGGER insert_only BEFORE DELETE OR TRUNCATE ON checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_once BEFORE UPDATE ON checkpoint
    FOR EACH ROW WHEN (old.published IS NOT NULL OR old.note <> new.note
                       OR old.stream <> new.stream OR old.sequence <> new.sequence)
    EXECUTE FUNCTION refuse_change();

-- Why nothing is sent any more, for processes of the service that do not relay themselves.
CREATE TABLE relay_fork (
    topic  text PRIMARY KEY,
    reason text NOT NULL,
    found  timestamptz NOT NULL DEFAULT now()
);
