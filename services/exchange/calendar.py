"""What the calendar brings: months of tables, agreements that expire, deliveries put on the trail."""

import asyncio

from services.exchange.commands.agreements import ExpireAgreement, TellDelivery
from services.exchange.domain.agreements import IN_FORCE
from services.exchange.outlets import Outlet, everyone, inside, is_laid
from services.exchange.tabulating import publish, read_past
from shared.clock import Clock, business_date, utc_now
from shared.database import TRANSIENT, Pool
from shared.errors import Problem
from shared.logs import log
from shared.work.desk import Desk
from shared.work.submission import Submission

ACTOR = "service:exchange"
LOOK_SECONDS = 5.0

SENT = """
SELECT h.relayed, h.relayed = h.sequence AND NOT EXISTS (SELECT FROM event_queue) AS all_sent
FROM stream_head AS h WHERE h.stream = 0"""
TABLES = """
SELECT count(*) FROM event_number AS n JOIN event_log AS l USING (position)
WHERE n.stream = 0 AND n.sequence > $1 AND n.sequence <= $2
  AND NOT EXISTS (SELECT FROM delivered AS d WHERE d.id = l.id)"""


class Calendar:
    """Looks every few seconds; several processes may, for the rules refuse what has been done."""

    def __init__(self, pool: Pool, desk: Desk, tell_seconds: float, clock: Clock = utc_now) -> None:
        """How much was delivered is told once in `tell_seconds`."""
        self._pool = pool
        self._desk = desk
        self._every = tell_seconds
        self._clock = clock
        self._told = 0.0

    async def run(self) -> None:
        """Until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self.look()
            except TRANSIENT as error:
                log.warning("calendar_waits_for_database", error=type(error).__name__)
            await asyncio.sleep(min(LOOK_SECONDS, self._every))

    async def look(self) -> None:
        """Once."""
        now = asyncio.get_running_loop().time()
        telling = now - self._told >= self._every
        for outlet in await everyone(self._pool):
            if not await is_laid(self._pool, outlet):
                continue
            if outlet.agreement.stage == IN_FORCE:
                await self._date(outlet)
            if telling:
                await self._tell(outlet)
        if telling:
            self._told = now

    async def _date(self, outlet: Outlet) -> None:
        today = business_date(self._clock())
        await publish(self._pool, outlet, today)
        if today > outlet.agreement.last_day and await self._all_delivered(outlet):
            await self._tell(outlet)
            await self._say(ExpireAgreement(agreement=outlet.id))

    async def _all_delivered(self, outlet: Outlet) -> bool:
        async with inside(self._pool, outlet) as connection:
            sent = await connection.fetchrow(SENT)
            return bool(sent and sent["all_sent"]) and await read_past(
                connection, outlet, outlet.agreement.last_day
            )

    async def _tell(self, outlet: Outlet) -> None:
        async with inside(self._pool, outlet) as connection:
            sent = await connection.fetchrow(SENT)
            last = sent["relayed"] if sent else 0
            if last <= outlet.agreement.delivered:
                return
            tables = await connection.fetchval(TABLES, outlet.agreement.delivered, last)
        await self._say(TellDelivery(agreement=outlet.id, last=last, tables=tables))

    async def _say(self, command: ExpireAgreement | TellDelivery) -> None:
        try:
            await self._desk.submit(Submission(command, ACTOR))
        except Problem as problem:  # another process was faster, or the database is busy: looked at again
            log.info("calendar_refused", command=type(command).__name__, code=problem.code)
