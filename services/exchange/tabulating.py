"""Months of tables: published once, when everything recorded in the month has been counted; never again."""

from datetime import date, datetime, time, timedelta

from services.exchange.delivering import WRITE
from services.exchange.domain.tables import last_of, published
from services.exchange.outlets import Outlet, inside
from shared.clock import SHANGHAI
from shared.database import Connection, Pool
from shared.ids import new_id
from shared.streams import STREAMS

# Whatever had been recorded by then has been read; a stream that is halted keeps this from being so.
READ_TO = "SELECT count(*) FROM stream_progress WHERE topic = ANY ($1) AND end_reached >= $2"
OPEN = "SELECT month FROM open_month FOR UPDATE"
CELLS = "SELECT row_kind, column_kind, amount, entries FROM tally WHERE month = $1 AND number = $2"
CLOSE = "UPDATE open_month SET month = $1"
FORGET = "DELETE FROM tally WHERE month = $1"


def midnight_after(day: date) -> datetime:
    """The moment at which this day ends in Shanghai."""
    return datetime.combine(day + timedelta(days=1), time(), SHANGHAI)


async def read_past(connection: Connection, outlet: Outlet, day: date) -> bool:
    """Whether every topic of the outlet has been read to an end that was seen after that day."""
    read = await connection.fetchval(READ_TO, outlet.sources, midnight_after(day))
    return bool(read == STREAMS * len(outlet.sources))


async def publish(pool: Pool, outlet: Outlet, today: date) -> int:
    """Publish the months that are over; that of the last day, once it has passed. Returns how many."""
    count = 0
    while outlet.agreement.tables and await _publish_next(pool, outlet, today):
        count += 1
    return count


async def _publish_next(pool: Pool, outlet: Outlet, today: date) -> bool:
    async with inside(pool, outlet) as connection:
        month: date = await connection.fetchval(OPEN)
        last = min(last_of(month), outlet.agreement.last_day)
        if last < month or last >= today or not await read_past(connection, outlet, last):
            return False
        for number in range(len(outlet.agreement.tables)):
            await _publish(connection, outlet, month, number)
        await connection.execute(FORGET, month)
        await connection.execute(CLOSE, last_of(month) + timedelta(days=1))
    return True


async def _publish(connection: Connection, outlet: Outlet, month: date, number: int) -> None:
    rows = await connection.fetch(CELLS, month, number)
    cells = {(row["row_kind"], row["column_kind"]): (row["amount"], row["entries"]) for row in rows}
    id_ = new_id()
    record = published(outlet.agreement, number, (month, cells), id_)
    await connection.execute(WRITE, [id_], [record])
