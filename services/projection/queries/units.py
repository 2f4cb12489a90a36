"""Unions: by id or division code, those under a union, those whose name has a part in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from services.projection.queries.cursor import Position, digest, read, written
from services.projection.queries.refusals import AmbiguousUnit, UnknownUnit
from services.projection.queries.snapshot import Snapshot

# Division codes are written with as many digits as their level needs; the rest is zeros (DOMAIN COD-06).
CODE_LENGTHS = (2, 4, 6, 9, 12)
CODE_DIGITS = 12

COLUMNS = """
SELECT n.key, n.id, n.level, n.kind, n.form, n.name, n.division, n.status, n.established, n.ended,
       s.id AS successor
FROM node n LEFT JOIN node s ON s.key = n.successor
"""
BY_ID = COLUMNS + "WHERE n.id = $1"
BY_DIVISION = COLUMNS + "WHERE n.division = $1 ORDER BY n.status <> 'living', n.key LIMIT 5"

# On a date, root first; the unit itself is left out.
ABOVE = """
WHERE n.key IN (SELECT ancestor FROM span WHERE unit = $1 AND ancestor <> $1 AND line IN (0, -1)
                AND valid_from <= $2 AND valid_to > $2)
ORDER BY n.level, n.status = 'living', n.key
"""

LISTED = """
WHERE ($1::integer IS NULL OR CASE WHEN $3 = '' AND $4 = ''
    THEN EXISTS (SELECT FROM edge e
                 WHERE e.unit = n.key AND e.parent = $1 AND e.line = $2
                   AND e.valid_from <= $5 AND e.valid_to > $5)
    ELSE EXISTS (SELECT FROM span a WHERE a.unit = n.key AND a.ancestor = $1 AND a.line IN ($2, -1)
                 AND a.valid_from <= $5 AND a.valid_to > $5) END)
  AND ($3 = '' OR strpos(lower(n.name), lower($3)) > 0)
  AND ($4 = '' OR n.division LIKE $4 || '%')
  AND (coalesce(n.level, 9), coalesce(n.division, '~'), n.key) > ($6, $7, $8)
ORDER BY coalesce(n.level, 9), coalesce(n.division, '~'), n.key LIMIT $9
"""


@dataclass(frozen=True, slots=True)
class Unit:
    """A union as it is known at present; `key` is its number inside the projection."""

    key: int
    id: UUID
    level: int | None
    kind: str | None
    form: str | None
    name: str | None
    division: str | None
    status: str
    established: date | None
    ended: date | None
    successor: UUID | None


class Listed(Position):
    """The last unit of a page."""

    level: int
    division: str
    key: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which units: directly under `under` on a line; with a part of a name or a code, at any depth."""

    under: str = ""
    line: int = 0
    name: str = ""
    code: str = ""


async def unit_of(snapshot: Snapshot, text: str) -> Unit:
    """The union of an id or a division code, living ones first; raises `UnknownUnit` or `AmbiguousUnit`."""
    rows = await _rows_of(snapshot, text)
    if not rows:
        raise UnknownUnit(text)
    living = [row for row in rows if row["status"] == "living"]
    if len(living) > 1 or (not living and len(rows) > 1):
        raise AmbiguousUnit(text, [row["id"] for row in living or rows])
    return _unit((living or rows)[0])


async def above(snapshot: Snapshot, unit: Unit, day: date) -> list[Unit]:
    """The unions above it on the territorial line on that day, root first."""
    return [_unit(row) for row in await snapshot.connection.fetch(COLUMNS + ABOVE, unit.key, day)]


async def units(snapshot: Snapshot, wanted: Wanted, cursor: str, limit: int) -> tuple[list[Unit], str]:
    """A page in the order of level and code, and the cursor of the next one ('' at the end)."""
    question = digest(wanted)
    start = Listed(question=question, level=-1, division="", key=0)
    after = read(Listed, cursor, question) if cursor else start
    under = (await unit_of(snapshot, wanted.under)).key if wanted.under else None
    rows = await snapshot.connection.fetch(
        COLUMNS + LISTED, under, wanted.line, wanted.name, wanted.code, snapshot.today,
        after.level, after.division, after.key, limit + 1,
    )  # fmt: skip
    page = [_unit(row) for row in rows[:limit]]
    return page, written(_position(question, page[-1])) if len(rows) > limit else ""


def _position(question: str, unit: Unit) -> Listed:
    level = 9 if unit.level is None else unit.level
    return Listed(question=question, level=level, division=unit.division or "~", key=unit.key)


async def _rows_of(snapshot: Snapshot, text: str) -> Sequence[Any]:
    plain = text.strip()
    if plain.isascii() and plain.isdigit() and len(plain) in CODE_LENGTHS:
        rows: Sequence[Any] = await snapshot.connection.fetch(BY_DIVISION, plain.ljust(CODE_DIGITS, "0"))
        return rows
    try:
        identity = UUID(plain)
    except ValueError:
        return ()
    found: Sequence[Any] = await snapshot.connection.fetch(BY_ID, identity)
    return found


def _unit(row: Any) -> Unit:
    return Unit(**dict(row))
