-- Partitions are made beside their tables, whatever schema the session that asks for them looks into first: sessions of
-- the projection look into that of their colour.
ALTER FUNCTION prepare_partitions(date, bigint, integer) SET search_path FROM CURRENT;
