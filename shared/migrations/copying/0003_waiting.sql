-- Events about a copied thing that came before its birth, kept until the birth arrives through another stream.
CREATE TABLE copy_waiting (
    kind  text NOT NULL,
    id    uuid NOT NULL,
    event uuid NOT NULL,
    value bytea NOT NULL,
    PRIMARY KEY (kind, id, event)
);
