-- A frozen summary is never changed; but its key may be wrapped anew, under another master key.
DROP TRIGGER insert_only ON frozen_summary;
CREATE TRIGGER insert_only BEFORE DELETE OR TRUNCATE ON frozen_summary
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER never_changed BEFORE UPDATE ON frozen_summary
    FOR EACH ROW WHEN (old.summary <> new.summary OR old.record <> new.record)
    EXECUTE FUNCTION refuse_change();
