"""What is sent: a list of rows to one address, or single commands one after another."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

Row = dict[str, Any]
Known = Mapping[str, UUID]


RECORDER, APPROVER = "demo:sample", "demo:approving"


@dataclass(frozen=True)
class Step:
    """Rows for a bulk address; each carries its `reference`, under which its id is known to later steps."""

    title: str
    service: str
    path: str
    rows: Sequence[Row]
    actor: str = RECORDER


@dataclass(frozen=True)
class Single:
    """Single commands: (path, body, reference) each; the reference is the idempotency key."""

    title: str
    service: str
    commands: Sequence[tuple[str, Row, str]]
    actor: str = RECORDER


Story = Iterator[Step | Single]


def spread(total: int, parts: int) -> list[int]:
    """Whole numbers that differ by one at most and add up to the total."""
    each, rest = divmod(total, parts)
    return [each + (n < rest) for n in range(parts)]


def days(start: date, end: date, count: int) -> Iterator[date]:
    """`count` days from start to end, evenly."""
    length = (end - start).days
    return (start + timedelta(days=n * length // max(count - 1, 1)) for n in range(count))
