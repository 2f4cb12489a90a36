"""The access log of a service: who was refused what, and where."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple
from uuid import UUID

from shared.database import Connection, Pool

NOWHERE = UUID(int=0)
NOTE = """
INSERT INTO access_refused (day, actor, operation, unit, path, reason)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (day, actor, operation, unit) DO UPDATE
SET path = excluded.path, reason = excluded.reason, last = now(), times = access_refused.times + 1"""


class Denial(NamedTuple):
    """One refusal for want of a role; `path` is the unit and those above it."""

    actor: str
    operation: str
    unit: UUID
    path: Sequence[UUID]
    reason: str


async def note(connection: Connection | Pool, denials: Sequence[Denial], day: date) -> None:
    """Keep them; the same again on a day is counted. Those of one batch are noted once."""
    once = {(each.actor, each.operation, each.unit): each for each in denials}
    rows = [(day, *each[:3], list(each.path), each.reason) for _, each in sorted(once.items())]
    await connection.executemany(NOTE, rows)
