-- The tables of a turn have no index: joined row by row, as the turn itself joins, a large one would never end.
ALTER FUNCTION tell_apart() SET enable_hashjoin = on;
