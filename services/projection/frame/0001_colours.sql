-- What stands beside the colours and is part of none: which of them answers. A colour is a schema with a whole
-- projection in it: facts, trail, roll-ups, and how far it has read. Two can stand side by side.
CREATE TABLE colour (
    name  text PRIMARY KEY CHECK (name IN ('blue', 'green')),
    stage text NOT NULL CHECK (stage IN ('active', 'building', 'kept')),
    fold  text NOT NULL, -- fingerprint of the catalogue and the fold that it was begun with
    began timestamptz NOT NULL DEFAULT now()
);
CREATE UNIQUE INDEX one_colour_answers ON colour (stage) WHERE stage = 'active';

-- The tables of the active colour for the rest of the transaction: readers learn of a switch by their snapshot.
CREATE FUNCTION follow_colour() RETURNS void LANGUAGE sql AS $$
    SELECT set_config('search_path', name || ', public', true) FROM public.colour WHERE stage = 'active'
$$;
