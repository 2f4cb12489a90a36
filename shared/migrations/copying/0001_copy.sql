-- What a service keeps of others: their facts as it needs them, and how far it has read.

-- `unit` is the unit under which it is listed there (for a union: its parent); only a higher version replaces.
CREATE TABLE copy (
    kind    text NOT NULL,
    id      uuid NOT NULL,
    unit    uuid,
    version integer NOT NULL,
    state   jsonb NOT NULL,
    PRIMARY KEY (kind, id)
);
CREATE INDEX copy_listing ON copy (kind, unit, id);

-- Other names of copied things: division code, credit code.
CREATE TABLE copy_name (
    kind  text NOT NULL,
    value text NOT NULL,
    id    uuid NOT NULL,
    PRIMARY KEY (kind, value, id)
);
CREATE INDEX copy_name_of ON copy_name (kind, id);
