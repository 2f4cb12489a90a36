-- The index entry of a person beside the sealed record: with the record goes the way to it.
ALTER TABLE person_vault ADD COLUMN identity text;

-- Who has been erased. It goes to a topic of its own too, so that a backup put back forgets nobody's erasure.
CREATE TABLE erasure (
    person    uuid PRIMARY KEY,
    erased_on date NOT NULL,
    published timestamptz
);
CREATE INDEX erasure_unpublished ON erasure (person) WHERE published IS NULL;
