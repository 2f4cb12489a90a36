"""How long to wait before asking again, and when to give up."""

import asyncio
import random
from dataclasses import dataclass, field

import httpx

_FIRST_SECONDS = 0.25
_LONGEST_SECONDS = 8.0
_LONGEST_WISH_SECONDS = 30.0


@dataclass
class Patience:
    """For one chunk: waits twice as long each time, or as long as the service wishes, until the deadline."""

    seconds: float
    _next: float = _FIRST_SECONDS
    _deadline: float = field(init=False)

    def __post_init__(self) -> None:
        """The clock starts now."""
        self._deadline = asyncio.get_running_loop().time() + self.seconds

    async def wait(self, response: httpx.Response | None = None) -> bool:
        """False, at once, if waiting would pass the deadline."""
        pause = _wish(response)
        if pause is None:
            pause, self._next = self._next * random.uniform(0.5, 1), min(self._next * 2, _LONGEST_SECONDS)  # noqa: S311 - spreads callers
        if asyncio.get_running_loop().time() + pause > self._deadline:
            return False
        await asyncio.sleep(pause)
        return True


def _wish(response: httpx.Response | None) -> float | None:
    wish = response.headers.get("Retry-After", "") if response is not None else ""
    return min(float(wish), _LONGEST_WISH_SECONDS) if wish.isdecimal() else None
