-- A frozen summary is never changed; but its words may be erased, and its key with them.
DROP TRIGGER insert_only ON frozen_summary;
CREATE TRIGGER insert_only BEFORE TRUNCATE ON frozen_summary
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
