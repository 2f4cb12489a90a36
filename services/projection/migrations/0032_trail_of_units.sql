-- The newest events of each of a county's unions are asked for at once. With the columns that decide whether one
-- counts in the index itself, none is read from the table before it is on the page.
DROP INDEX trail_unit;
CREATE INDEX trail_unit ON trail (unit, recorded) INCLUDE (day, lane, sequence);
