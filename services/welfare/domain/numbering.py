"""Ids that tell where they belong: an entry's id has its number in the last 24 bits, the rest is its owner's.

So an enrolment's or a claim's id names the cover that it stands in, and no index is needed to find it.
"""

from functools import lru_cache
from uuid import UUID, uuid5

_NAMESPACE = UUID("1d4bb0f0-6a3a-5c55-8f0d-02c7a1e8b913")
_NUMBER = (1 << 24) - 1
_VERSION_8 = 0x8 << 76
_VERSION_BITS = 0xF << 76

LARGEST_NUMBER = _NUMBER


@lru_cache(maxsize=65536)
def owner_id(name: str) -> UUID:
    """The id of something with entries that is known by this name, such as `cover/<person>/<product>`."""
    named = uuid5(_NAMESPACE, name).int
    return UUID(int=(named & ~_NUMBER & ~_VERSION_BITS) | _VERSION_8)


def entry_id(owner: UUID, number: int) -> UUID:
    """Entry `number` (from 1 on) of an owner."""
    if not 0 < number <= LARGEST_NUMBER:
        msg = f"an owner has entries 1 to {LARGEST_NUMBER}, not {number}"
        raise ValueError(msg)
    return UUID(int=owner.int | number)


def owner_of(entry: UUID) -> UUID:
    """The owner whose entry this would be."""
    return UUID(int=entry.int & ~_NUMBER)


def number_of(entry: UUID) -> int:
    """The number of an entry in its owner; 0 for the owner itself."""
    return entry.int & _NUMBER


def named_id(name: str) -> UUID:
    """The id of something without entries that goes by this name, as `period/<organiser>/<number>`."""
    return uuid5(_NAMESPACE, name)
