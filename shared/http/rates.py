"""No more requests of one actor than a service has room for beside all the others."""

import time
from collections import OrderedDict
from collections.abc import Callable

from shared.errors import TooManyRequests

PER_SECOND = 1_000
BURST_SECONDS = 2
REMEMBERED = 10_000


class Rates:
    """A bucket for every actor; those who have not asked for longest are forgotten first."""

    def __init__(self, per_second: int = PER_SECOND, clock: Callable[[], float] = time.monotonic) -> None:
        """`per_second` requests of each actor for good, twice as many at once."""
        self._rate = per_second
        self._most = per_second * BURST_SECONDS
        self._clock = clock
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, actor: str) -> None:
        """One request of theirs; raises TooManyRequests."""
        now = self._clock()
        left, since = self._left.pop(actor, (float(self._most), now))
        left = min(self._most, left + (now - since) * self._rate)
        self._left[actor] = (left - 1 if left >= 1 else left), now
        while len(self._left) > REMEMBERED:
            self._left.popitem(last=False)
        if left < 1:
            raise TooManyRequests(
                f"more than {self._rate} requests a second", remedy="ask less often, or rows in bulk"
            )
