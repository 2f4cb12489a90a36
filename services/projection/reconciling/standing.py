"""What stands: the differences of the last look at everything, since when, at which cuts they were seen."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.projection.reconciling.differences import Check, Difference, Spot
from services.projection.reconciling.looks import Days, Look
from shared.database import Connection

GONE = """
DELETE FROM standing_difference
WHERE subject = $1 AND unit = $2 AND line = $3 AND first_day = $4 AND identity <> ALL ($5::text[])
RETURNING kind, at_unit, figure, first_day, last_day
"""
SEEN = """
INSERT INTO standing_difference (
    subject, unit, line, first_day, last_day, identity, kind, at_unit, figure, expected, found, about,
    assumed, lanes, sequences, spots, first_seen, first_cut, last_seen, last_cut, round)
SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $17, $18, completed
FROM look_round
ON CONFLICT (subject, unit, line, first_day, identity) DO UPDATE
SET expected = excluded.expected, found = excluded.found, lanes = excluded.lanes,
    sequences = excluded.sequences, spots = excluded.spots, last_seen = excluded.last_seen,
    last_cut = excluded.last_cut, round = excluded.round
RETURNING xmax = 0 AS fresh -- no earlier row was there to be updated
"""
LOOKED = """
INSERT INTO look (subject, unit, line, first_day, last_day, looked, cut, round)
SELECT $1, $2, $3, $4, $5, $6, $7, completed FROM look_round
ON CONFLICT (subject, unit, line, first_day) DO UPDATE
SET looked = excluded.looked, cut = excluded.cut, round = excluded.round
"""
# Of years that are over, units that have none below any more, and the like.
FORGOTTEN = """
WITH past AS (DELETE FROM look WHERE round < (SELECT completed FROM look_round))
DELETE FROM standing_difference WHERE round < (SELECT completed FROM look_round)
RETURNING kind, at_unit, figure, first_day, last_day
"""


@dataclass(frozen=True, slots=True)
class Change:
    """A difference that has appeared, or gone."""

    appeared: bool
    check: Check
    unit: UUID
    figure: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Seen:
    """When something was looked at, and at which cut."""

    moment: datetime
    cut: str


async def replaced(
    connection: Connection, look: Look, days: Days, found: Sequence[Difference], seen: Seen
) -> list[Change]:
    """Let these stand instead of what stood for this look and year; in the caller's transaction."""
    where = look.subject, look.unit, look.line, days[0]
    by_identity = {each.identity: each for each in found}
    gone = await connection.fetch(GONE, *where, list(by_identity))
    changes = [_gone(row) for row in gone]
    for identity, each in by_identity.items():
        columns = *where, days[1], identity, *_columns(each), seen.moment, seen.cut
        if await connection.fetchval(SEEN, *columns):
            changes.append(Change(True, each.check, each.unit, each.figure, *days))  # noqa: FBT003  a column
    await connection.execute(LOOKED, *where, days[1], seen.moment, seen.cut)
    return changes


async def forget(connection: Connection) -> list[Change]:
    """At the end of a round, drop what it has not come to again."""
    return [_gone(row) for row in await connection.fetch(FORGOTTEN)]


def spots_of(text: str) -> list[Spot]:
    """Back from what was kept."""
    return [_spot(each) for each in json.loads(text)]


def _gone(row: Any) -> Change:
    return Change(False, row["kind"], row["at_unit"], row["figure"], row["first_day"], row["last_day"])  # noqa: FBT003


def _columns(each: Difference) -> tuple[object, ...]:
    events = [list(column) for column in zip(*each.events, strict=True)] or [[], []]
    spots = json.dumps([_written(spot) for spot in each.spots])
    return (
        each.check, each.unit, each.figure, each.expected, each.found, each.about, each.assumed, *events,
        spots,
    )  # fmt: skip


def _written(spot: Spot) -> dict[str, Any]:
    return {
        "first": spot.first.isoformat(), "last": spot.last.isoformat(),
        "child": str(spot.child) if spot.child else None, "expected": spot.expected, "found": spot.found,
    }  # fmt: skip


def _spot(raw: dict[str, Any]) -> Spot:
    days = date.fromisoformat(raw["first"]), date.fromisoformat(raw["last"])
    return Spot(*days, UUID(raw["child"]) if raw["child"] else None, raw["expected"], raw["found"])
