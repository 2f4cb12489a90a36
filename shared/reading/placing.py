"""Where to start in a partition, and how to tell that it is still the same topic. Pure."""

from collections.abc import Mapping, Sequence

from shared.reading.incoming import Incoming
from shared.reading.judging import FORK, Progress


def start_of(streams: Sequence[Progress]) -> int:
    """Where to start: at a record applied already, so that it can be recognised; 0 where nothing is known."""
    offsets = [each.offset for each in streams if each.halted != FORK]
    return max(0, min(offsets, default=0))


def knows(streams: Sequence[Progress], first: Incoming | None, start: int) -> bool:
    """Whether the record read first is the one that was applied there.

    A topic made anew has other records at the same offsets, and reading on from there could leave out some
    that have not been applied. A record before `start` comes of a broker that had nothing there and began
    anew itself.
    """
    if start == 0 or (first is not None and first.offset < start):
        return True
    if first is None or first.offset > start:
        return False
    at: Mapping[int, Progress] = {each.stream: each for each in streams}
    newest = at[first.stream]
    if first.sequence == newest.sequence:
        return first.chain == newest.chain
    some_wait = len({each.offset for each in streams}) > 1
    return some_wait and first.sequence < newest.sequence
