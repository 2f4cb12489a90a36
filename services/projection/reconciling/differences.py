"""What does not agree, in words that a person can follow up."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Check = Literal["children", "transfers", "parts", "rate", "relation", "identical", "declared", "reported"]
Event = tuple[int, int]  # lane and number


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
