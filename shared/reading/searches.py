"""Streams that lack a number while later ones are there, and what is tried for each. Pure.

The relay sends everything from a hole again, so the number normally comes by reading on. Three things are
tried, each once: read again from the offset kept with the progress (what came last may have been skipped);
read on to the end of the partition, with some patience for the relay; read again from the earliest record
(the topic may have been made anew with other offsets). From the second on the stream counts as halted by a
gap.
"""

from dataclasses import dataclass, replace
from enum import Enum

from shared.reading.progress import Key


class Tried(Enum):
    """How far the search has got."""

    OFFSET = "offset"
    EVERYTHING = "everything"


@dataclass(frozen=True)
class Search:
    """The missing number, the highest one seen, since when (monotonic seconds), and what was tried."""

    missing: int
    furthest: int
    since: float
    tried: Tried = Tried.OFFSET


class Searches:
    """The searches of one reader."""

    def __init__(self, patience: float) -> None:
        """`patience` in seconds: how long the end of a partition is believed to be only the end so far."""
        self._patience = patience
        self._open: dict[Key, Search] = {}

    def __contains__(self, key: object) -> bool:
        """Whether this stream lacks a number."""
        return key in self._open

    @property
    def holding(self) -> dict[Key, int]:
        """The streams that lack a number, with the highest one seen."""
        return {key: search.furthest for key, search in self._open.items()}

    def saw(self, key: Key, applied: int, furthest: int, now: float) -> bool:
        """A batch went by: true if the stream lacks a number that was not known to be missing.

        It is then to be read again from its kept offset.
        """
        known = self._open.get(key)
        furthest = max(furthest, known.furthest if known else 0)
        if applied >= furthest:
            self._open.pop(key, None)
            return False
        if known is not None and known.missing == applied + 1:
            self._open[key] = replace(known, furthest=furthest)
            return False
        self._open[key] = Search(applied + 1, furthest, now)
        return True

    def end(self, key: Key) -> None:
        """The stream is not searched any more."""
        self._open.pop(key, None)

    def clear(self) -> None:
        """Nothing is searched any more."""
        self._open.clear()

    def given_up(self, keys: list[Key], now: float) -> list[tuple[Key, int]]:
        """At the end of the partition: those to be halted, and looked for from the earliest record on."""
        tired = [
            (key, search.missing)
            for key in keys
            if (search := self._open.get(key)) is not None
            and search.tried is Tried.OFFSET
            and now - search.since >= self._patience
        ]
        for key, _ in tired:
            self._open[key] = replace(self._open[key], tried=Tried.EVERYTHING)
        return tired
