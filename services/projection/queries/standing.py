"""Differences that stand, newest first: what the slow look at every union has found, and since when."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.projection.queries import cursor as cursors
from services.projection.queries import lines
from services.projection.queries.cursor import Position
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.units import unit_of
from services.projection.reconciling.differences import Difference
from services.projection.reconciling.standing import spots_of

LISTED = """
SELECT d.*, n.name FROM standing_difference AS d JOIN node AS n ON n.id = d.at_unit
WHERE ($1::uuid IS NULL OR d.at_unit = $1 OR d.kind = 'identical' AND d.expected = $1::text) AND d.id < $2
ORDER BY d.id DESC LIMIT $3
"""
ROUND = "SELECT completed, began, (SELECT min(looked) FROM look) AS oldest FROM look_round"
LARGEST = 2**62


class Listed(Position):
    """The last difference of a page."""

    id: int


@dataclass(frozen=True, slots=True)
class Standing:
    """One difference, for which line and days it was looked for, and when it was first and last seen."""

    difference: Difference
    unit_name: str | None
    line: str
    first: date
    last: date
    first_seen: datetime
    first_cut: str
    last_seen: datetime
    last_cut: str


@dataclass(frozen=True, slots=True)
class Page:
    """A page; how many rounds were completed, since when the present one goes on, and the oldest look."""

    standing: list[Standing]
    rounds: int
    round_began: datetime
    oldest_look: datetime | None
    next: str


async def standing(snapshot: Snapshot, unit: str, cursor: str, limit: int) -> Page:
    """A page of all that stands, of one union or ('') of any."""
    question = cursors.digest("standing", unit)
    after = cursors.read(Listed, cursor, question).id if cursor else LARGEST
    of = (await unit_of(snapshot, unit)).id if unit else None
    rows = await snapshot.connection.fetch(LISTED, of, after, limit + 1)
    following = ""
    if len(rows) > limit:
        following = cursors.written(Listed(question=question, id=rows[limit - 1]["id"]))
    [how_far] = await snapshot.connection.fetch(ROUND)
    shown = [_standing(row) for row in rows[:limit]]
    return Page(shown, how_far["completed"], how_far["began"], how_far["oldest"], following)


def _standing(row: Any) -> Standing:
    difference = Difference(
        row["kind"], row["at_unit"], row["figure"], row["expected"], row["found"], row["about"],
        tuple(zip(row["lanes"], row["sequences"], strict=True)), row["assumed"], spots_of(row["spots"]),
    )  # fmt: skip
    return Standing(
        difference, row["name"], lines.named(row["line"]), row["first_day"], row["last_day"],
        row["first_seen"], row["first_cut"], row["last_seen"], row["last_cut"],
    )  # fmt: skip
