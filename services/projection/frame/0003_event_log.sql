-- The event log stands beside the colours: its partitions are made where it is, whatever colour a session looks at.
ALTER FUNCTION public.prepare_partitions(date, bigint, integer) SET search_path = public;
