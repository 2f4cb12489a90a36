-- The access log: who was refused what, where and why; one row a day for each, however often it was tried.
CREATE TABLE access_refused (
    day       date NOT NULL, -- Asia/Shanghai
    actor     text NOT NULL,
    operation text NOT NULL, -- the command, or the address with its parameters left open
    unit      uuid NOT NULL, -- zeros: no unit in particular
    path      uuid[] NOT NULL, -- that unit and those above it when it was last tried
    reason    text NOT NULL,
    first     timestamptz NOT NULL DEFAULT now(),
    last      timestamptz NOT NULL DEFAULT now(),
    times     integer NOT NULL DEFAULT 1,
    PRIMARY KEY (day, actor, operation, unit)
);
CREATE INDEX access_refused_path ON access_refused USING gin (path);
