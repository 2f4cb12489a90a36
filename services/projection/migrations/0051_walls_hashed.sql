-- The units of the open union are hashed once a statement. Where the planner might choose, it looked them up fact by
-- fact in joins whose inner side it took for small, and a county's subjects cost half as much again.
DO $$
DECLARE
    each text;
BEGIN
    FOREACH each IN ARRAY ARRAY[
        'fact', 'trail', 'repeated', 'counted_subject', 'closing', 'reported', 'declared', 'restated']
    LOOP
        EXECUTE format(
            'ALTER POLICY of_open_units ON %I USING (
                 (SELECT open_union()) = 0
                 OR unit IN (SELECT o.unit FROM open_unit AS o)
                 OR (looks_back() AND unit IN (SELECT ever_under())))', each);
    END LOOP;
END $$;
