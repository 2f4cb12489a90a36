-- Roles that are held now, by the subject of the holder's tokens; as services see them that keep copies.
CREATE INDEX role_holder ON aggregate ((state->>'holder')) WHERE kind = 'role';
CREATE VIEW role_held AS
SELECT state->>'holder' AS holder, state->>'role' AS role, unit, state->>'line' AS line
FROM aggregate WHERE kind = 'role' AND state->>'held' = 'true';
