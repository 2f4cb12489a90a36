-- Rules that rest on an aggregate which the command itself does not change need a lock of their own.

-- Before something is hung under a unit: nobody may end that unit until this transaction has committed.
-- A unit that is made in the same batch is not there yet, and cannot be ended by others.
CREATE FUNCTION hold_living(held uuid) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    ended text;
BEGIN
    SELECT state ->> 'ended_on' INTO ended FROM aggregate WHERE id = held FOR SHARE;
    IF ended IS NOT NULL THEN
        RAISE EXCEPTION 'ended meanwhile' USING ERRCODE = 'UN001';
    END IF;
END $$;

-- Before a unit is ended: what is listed under it must still be what was seen.
CREATE FUNCTION hold_list(held uuid, of_kind text, seen uuid[]) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    present uuid[];
BEGIN
    PERFORM FROM aggregate WHERE id = held FOR UPDATE;
    SELECT coalesce(array_agg(id ORDER BY id), '{}') INTO present
    FROM aggregate WHERE kind = of_kind AND unit = held;
    IF present IS DISTINCT FROM seen THEN
        RAISE EXCEPTION 'list changed meanwhile' USING ERRCODE = 'UN001';
    END IF;
END $$;
