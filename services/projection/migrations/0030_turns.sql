-- One turn at a time in this colour, and none while somebody holds its lock: a rebuild that compares and switches,
-- or letters that are redriven. The lock ends with the transaction.
CREATE FUNCTION hold_turns() RETURNS void LANGUAGE sql AS $$
    SELECT pg_advisory_xact_lock(hashtext('projection'), hashtext(current_schema() || '/turn'))
$$;

CREATE FUNCTION take_turn(most integer) RETURNS TABLE (events bigint, placed integer) LANGUAGE plpgsql AS $$
BEGIN
    PERFORM hold_turns();
    RETURN QUERY SELECT r.events, r.placed FROM roll(most) AS r;
END $$;

-- From now on the turns of this session end at the cut in the table `cap`. They take what the progress says has
-- arrived; in this session a view of that name stands before the table, for temporary names come first.
CREATE FUNCTION cap_turns() RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    CREATE TEMPORARY TABLE cap (lane smallint PRIMARY KEY, sequence bigint NOT NULL);
    EXECUTE format('
        CREATE TEMPORARY VIEW stream_progress AS
        SELECT p.topic, p.stream, least(p.sequence, coalesce(c.sequence, 0)) AS sequence
        FROM %1$I.stream_progress AS p JOIN %1$I.topic AS t ON t.name = p.topic
        LEFT JOIN cap AS c ON c.lane = t.number * 24 + p.stream', current_schema());
END $$;
