-- Any event can be shown by its id, byte for byte as it was logged. Ids are drawn in order of time, so the index
-- grows at its right edge.
CREATE INDEX event_log_id ON event_log (id);
