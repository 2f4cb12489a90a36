"""Events per second, from the end of the first batch on: how long it took to join a group costs nobody."""

from __future__ import annotations

import time


class Rate:
    """Counts what is done; the first batch only starts the clock."""

    def __init__(self) -> None:
        """Nothing has been done yet."""
        self.count = self._first = 0
        self._began = self._ended = self._busy = self._at_ease = 0.0

    def add(self, events: int) -> None:
        """So many more are done now."""
        self._ended, self._busy = time.perf_counter(), time.process_time()
        if not self.count:
            self._first, self._began, self._at_ease = events, self._ended, self._busy
        self.count += events

    def until(self, moment: float) -> float:
        """Events per second if all of them were done only by `moment` (of `perf_counter`)."""
        return (self.count - self._first) / (moment - self._began)

    @property
    def value(self) -> float:
        """Events per second up to the last batch."""
        return self.until(self._ended)

    @property
    def processor(self) -> float:
        """Microseconds of processor time that this process spent on one event."""
        return (self._busy - self._at_ease) / (self.count - self._first) * 1e6
