-- Questions, which come by a role that owns nothing, learn here which colour answers.
GRANT SELECT ON colour TO PUBLIC;
