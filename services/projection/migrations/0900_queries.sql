-- What questions need beyond what the writers do.

-- The units directly under one.
CREATE INDEX edge_parent ON edge (parent, line);
