-- The units under one, in their order and with their days, from the index alone.
CREATE INDEX span_under ON span (ancestor, line, unit, valid_from, valid_to);
DROP INDEX span_ancestor;
