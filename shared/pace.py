"""How often to look for work: at once while there is some, at leisure while nobody has any.

Looking a hundred times a second costs an idle process a twentieth of a processor, and its database as much
again. So after two seconds without work it looks twenty times a second, until the next piece is found.
"""

import asyncio
import time

QUICK_SECONDS = 0.01
SLOW_SECONDS = 0.05
PATIENCE_SECONDS = 2.0


class Pace:
    """The pace of one loop."""

    def __init__(self) -> None:
        """Quick at first."""
        self._found = time.monotonic()

    def found(self) -> None:
        """There was work just now."""
        self._found = time.monotonic()

    @property
    def seconds(self) -> float:
        """The pause before the next look."""
        idle = time.monotonic() - self._found
        return QUICK_SECONDS if idle < PATIENCE_SECONDS else SLOW_SECONDS

    async def rest(self) -> None:
        """That pause."""
        await asyncio.sleep(self.seconds)
