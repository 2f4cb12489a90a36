"""Ids: an account's follows from union and year, an entry's from its account and its number there.

The last 24 bits of an account's id are zero, and an entry (assessment or receipt) has its number in them.
So a receipt's id tells its account, and no index is needed to find it.
"""

from functools import lru_cache
from uuid import UUID, uuid5

NAMESPACE = UUID("6f0c2b1e-41a3-5d0e-9a37-3c1d8f5b7a60")
_NUMBER = (1 << 24) - 1
_VERSION_8 = 0x8 << 76
_VERSION_BITS = 0xF << 76

LARGEST_NUMBER = _NUMBER


@lru_cache(maxsize=65536)
def account_id(union: UUID, year: int) -> UUID:
    """The dues account of a union for a calendar year."""
    named = uuid5(NAMESPACE, f"dues-account/{union}/{year}").int
    return UUID(int=(named & ~_NUMBER & ~_VERSION_BITS) | _VERSION_8)


def entry_id(account: UUID, number: int) -> UUID:
    """Entry `number` (from 1 on) of an account."""
    if not 0 < number <= LARGEST_NUMBER:
        msg = f"an account has entries 1 to {LARGEST_NUMBER}, not {number}"
        raise ValueError(msg)
    return UUID(int=account.int | number)


def account_of(entry: UUID) -> UUID:
    """The account whose entry this would be."""
    return UUID(int=entry.int & ~_NUMBER)


def number_of(entry: UUID) -> int:
    """The number of an entry in its account; 0 for the account itself."""
    return entry.int & _NUMBER


def target_id(unit: UUID, year: int) -> UUID:
    """The dues target of a unit for a calendar year."""
    return uuid5(NAMESPACE, f"dues-target/{unit}/{year}")
