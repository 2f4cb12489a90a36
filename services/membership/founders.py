"""Says in the log that founders are still there, once there is somebody else to grant roles."""

import asyncio

import asyncpg

from shared.database import TRANSIENT, Pool
from shared.logs import log

LOOK_SECONDS = 3600.0
AGAIN_SECONDS = 2.0
GRANTED = "SELECT EXISTS (SELECT FROM role_held WHERE role = 'operator')"


class Founders:
    """Looks at the start, and every hour."""

    def __init__(self, pool: Pool, claim: str) -> None:
        """`claim` is the setting's; without one there are no founders, and nothing is said."""
        self._pool = pool
        self._claim = claim

    async def run(self) -> None:
        """Until cancelled; a database that is away is waited for."""
        while True:
            try:
                await self.look()
            except (*TRANSIENT, asyncpg.PostgresError):
                await asyncio.sleep(AGAIN_SECONDS)
            else:
                await asyncio.sleep(LOOK_SECONDS)

    async def look(self) -> bool:
        """Once; whether it was said."""
        if not self._claim or not await self._pool.fetchval(GRANTED):
            return False
        log.warning(
            "founders_still_there",
            claim=self._claim,
            remedy="operators grant roles now: leave …_OIDC_FOUNDER_CLAIM out, and start the services anew",
        )
        return True
