"""What does not agree, in words that a person can follow up."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal, get_args
from uuid import UUID

Check = Literal["children", "transfers", "parts", "rate", "relation", "identical", "declared", "reported"]
CHECKS: tuple[Check, ...] = get_args(Check)
Event = tuple[int, int]  # lane and number

MOST_EVENTS = 20
# Over many events, which come and go; what any other difference is about are its events.
OF_SUMS: frozenset[Check] = frozenset({"children", "parts"})


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a sum over children is wrong: in these days, and through which child (None: any of them)."""

    first: date
    last: date
    child: UUID | None
    expected: int
    found: int


@dataclass(frozen=True, slots=True)
class Difference:
    """`expected` and `found` are exact values as text, `about` says between what, `events` are behind it."""

    check: Check
    unit: UUID
    figure: str
    expected: str
    found: str
    about: str
    events: Sequence[Event] = ()
    assumed: bool = False
    spots: Sequence[Spot] = ()

    @property
    def identity(self) -> str:
        """The same for the same difference when it is found again, whatever its size by then."""
        events = () if self.check in OF_SUMS else sorted(self.events)
        parts = (self.check, self.unit, self.figure, self.about, *events)
        return sha256("\n".join(map(str, parts)).encode()).hexdigest()[:32]
