-- Roles that are held now, by the subject of the holder's tokens.
CREATE VIEW role_held AS
SELECT n.value AS holder, c.state->>'role' AS role, c.unit, c.state->>'line' AS line
FROM copy_name AS n JOIN copy AS c ON c.kind = 'role' AND c.id = n.id
WHERE n.kind = 'holder';
