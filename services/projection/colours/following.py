"""Worker and roller of whichever colour answers: after a switch they go on with the other one."""

import asyncio

from services.projection.colours.frame import Name, active, of_colour
from services.projection.colours.watching import Watching
from services.projection.handlers import NAME, reader_of
from services.projection.letters.bursts import Held, admitted
from services.projection.reconciling.continuous import Reconciler
from services.projection.restating import Restater
from services.projection.roller import Roller
from services.projection.settings import ProjectionSettings
from shared.database import Connection, Pool, open_pool
from shared.log.together import together
from shared.logs import log
from shared.reading.patience import patiently
from shared.reading.reader import Reader

LOOK_SECONDS = 1.0
CLOSING_SECONDS = 2.0


class Following:
    """What the `worker` role runs."""

    def __init__(self, pool: Pool, settings: ProjectionSettings) -> None:
        """`pool` answers which colour is active; the sessions that write are others."""
        self._pool = pool
        self._settings = settings
        self._held = Held(pool, NAME)
        self._watching = Watching()
        self._reader: Reader | None = None
        self._ready = False

    async def run(self) -> None:
        """Until cancelled; raises what the reader raises, but for bursts, which hold it."""
        while True:
            colour = await patiently(self._pool, active, NAME)
            log.info("worker_follows", colour=colour)
            await self._fold(colour)

    async def ready(self) -> str:
        """Empty once a colour has been read to an end seen after the start; a switch does not undo it."""
        if self._held.reason or self._ready:
            return self._held.reason
        if self._reader is None:
            return f"{NAME} has not reached its database"
        reason = await self._reader.ready()
        self._ready = not reason
        return reason

    async def _fold(self, colour: Name) -> None:
        url = of_colour(self._settings.database_url.get_secret_value(), colour)
        pool = await open_pool(url, largest=self._settings.database_connections)
        self._reader = None

        async def read() -> None:
            kinds = await patiently(self._pool, admitted, NAME)
            self._reader = reader_of(pool, self._settings, colour, kinds)
            await self._reader.run()

        async def restate() -> None:
            await self._until_read()
            await Restater(url, pool).run()

        try:
            await together(
                self._held.run(read),
                Roller(url).run(),
                restate(),
                Reconciler(url).run(),
                self._until_switched(colour),
            )
        finally:
            try:
                await asyncio.wait_for(pool.close(), CLOSING_SECONDS)
            except TimeoutError:
                pool.terminate()

    async def _until_read(self) -> None:
        """Nothing is told of figures that lag: a projection that was lost has told most of it already."""

        async def read(_connection: Connection) -> bool:
            return self._reader is not None and not await self._reader.ready()

        reads_on = True
        while reads_on:
            await asyncio.sleep(LOOK_SECONDS)
            reads_on = not await patiently(self._pool, read, NAME)

    async def _until_switched(self, colour: Name) -> None:
        while True:
            await asyncio.sleep(LOOK_SECONDS)
            await patiently(self._pool, self._watching.measure, NAME)
            if await patiently(self._pool, active, NAME) != colour:
                return
