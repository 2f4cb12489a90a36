"""What a batch of our events does to an agency: its records, its tables, what it got of what."""

from collections.abc import Iterator, Sequence
from typing import Any

from pydantic_core import from_json

from services.exchange.domain.agreements import IN_FORCE
from services.exchange.domain.reducing import Delivered, Rekeying, concerns, counted, recorded_on, reduced
from services.exchange.outlets import Outlet
from shared.copies import TYPE
from shared.database import Connection
from shared.logs import log
from shared.metrics import COPIES_PASSED
from shared.reading.incoming import Incoming
from shared.reading.progress import columns

# Whoever ends an agreement waits for the batch under way; afterwards nothing is written any more.
STAGE = "SELECT state ->> 'stage' FROM public.aggregate WHERE id = $1 FOR SHARE"

WRITE = """
WITH logged AS (
    INSERT INTO event_log (id, stream, subject, version, value)
    SELECT e.id, 0, e.id, 1, e.value
    FROM unnest($1::uuid[], $2::bytea[]) WITH ORDINALITY AS e(id, value, n) ORDER BY n
    RETURNING position, stream)
INSERT INTO event_queue SELECT position, stream FROM logged"""
KEEP = "INSERT INTO delivered (id, source) SELECT * FROM unnest($1::uuid[], $2::uuid[])"

# A month that is published is closed: what comes late counts in the first that is open.
COUNT = """
WITH open AS MATERIALIZED (SELECT month FROM open_month FOR SHARE)
INSERT INTO tally AS t (month, number, row_kind, column_kind, amount, entries)
SELECT greatest(c.month, open.month), c.number, c.row_kind, c.column_kind, sum(c.amount), count(*)
FROM unnest($1::date[], $2::smallint[], $3::text[], $4::text[], $5::bigint[])
     AS c(month, number, row_kind, column_kind, amount), open
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
ON CONFLICT (month, number, row_kind, column_kind)
DO UPDATE SET amount = t.amount + excluded.amount, entries = t.entries + excluded.entries"""


class Delivering:
    """Applies batches of one outlet, inside the transaction that moves its position."""

    def __init__(self, outlet: Outlet, rekeying: Rekeying) -> None:
        """`rekeying` has the key of the agreement."""
        self._outlet = outlet
        self._rekeying = rekeying
        self._types = {each.encode() for each in outlet.agreement.types}

    async def __call__(self, connection: Connection, records: Sequence[Incoming]) -> None:
        """As `shared.reading.incoming.Apply` promises."""
        # In another order under every key, but for the events of one unit.
        concerned = sorted(self._concerned(records), key=lambda raw: self._rekeying.id(raw["unionkey"]))
        if not concerned or await connection.fetchval(STAGE, self._outlet.id) != IN_FORCE:
            return
        agreement = self._outlet.agreement
        made = [each for raw in concerned if (each := reduced(agreement, raw, self._rekeying))]
        await deliver(connection, made)
        cells = [
            (recorded_on(raw).replace(day=1), each) for raw in concerned for each in counted(agreement, raw)
        ]
        if cells:
            rows = [(month, c.number, c.row, c.column, c.amount) for month, c in cells]
            await connection.execute(COUNT, *columns(rows, 5))

    def _concerned(self, records: Sequence[Incoming]) -> Iterator[Any]:
        for record in records:
            found = TYPE.search(record.value)
            if found is None or found[1] not in self._types:
                continue
            try:
                raw = from_json(record.value)
                if concerns(self._outlet.agreement, raw):
                    yield raw
            except (ValueError, KeyError, TypeError):
                COPIES_PASSED.labels(record.topic, "undecodable").inc()
                log.error(
                    "event_undecodable", topic=record.topic, stream=record.stream, sequence=record.sequence
                )


async def deliver(connection: Connection, made: Sequence[Delivered]) -> None:
    """Into the log of the outlet, in this order; numbers come from its sequencer."""
    if made:
        await connection.execute(KEEP, [each.id for each in made], [each.source for each in made])
        await connection.execute(WRITE, [each.id for each in made], [each.value for each in made])
