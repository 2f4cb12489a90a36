-- Which of our events an agency got, under which id: kept for good, and known to us alone.
CREATE TABLE delivered (
    id     uuid PRIMARY KEY,
    source uuid NOT NULL
);
CREATE INDEX delivered_source ON delivered (source);
CREATE TRIGGER insert_only BEFORE UPDATE OR DELETE OR TRUNCATE ON delivered
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- What the tables of the month under way count so far. A month that is published is closed for good; what is
-- recorded late counts in the first month that is still open.
CREATE TABLE tally (
    month       date NOT NULL,
    number      smallint NOT NULL,
    row_kind    text NOT NULL,
    column_kind text NOT NULL,
    amount      bigint NOT NULL,
    entries     bigint NOT NULL,
    PRIMARY KEY (month, number, row_kind, column_kind)
);
CREATE TABLE open_month (
    single boolean PRIMARY KEY DEFAULT true CHECK (single),
    month  date NOT NULL
);
