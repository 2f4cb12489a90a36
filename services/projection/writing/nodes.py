"""Attributes of units: of every group of them the highest version counts, in whatever order they come."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from services.projection.fold import NodeChange
from shared.database import Connection

SAVE = """
WITH change AS (
    SELECT * FROM unnest(
        $1::integer[], $2::integer[], $3::integer[], $4::smallint[], $5::text[], $6::text[], $7::integer[],
        $8::text[], $9::text[], $10::date[], $11::text[], $12::date[], $13::integer[])
    AS c(key, version, described, level, kind, form, named,
         name, division, established, status, ended, successor)
), locked AS (
    SELECT n.key FROM node AS n JOIN change AS c ON c.key = n.key ORDER BY n.key FOR NO KEY UPDATE OF n
)
UPDATE node AS n SET
    version = greatest(n.version, c.version),
    described = greatest(n.described, c.described),
    level = CASE WHEN c.described > n.described THEN c.level ELSE n.level END,
    kind = CASE WHEN c.described > n.described THEN c.kind ELSE n.kind END,
    form = CASE WHEN c.described > n.described THEN c.form ELSE n.form END,
    named = greatest(n.named, c.named),
    name = CASE WHEN c.named > n.named THEN c.name ELSE n.name END,
    division = CASE WHEN c.named > n.named THEN c.division ELSE n.division END,
    established = coalesce(c.established, n.established),
    status = coalesce(c.status, n.status),
    ended = coalesce(c.ended, n.ended),
    successor = coalesce(c.successor, n.successor)
FROM locked AS l JOIN change AS c ON c.key = l.key
WHERE n.key = l.key"""


def needed(change: NodeChange) -> tuple[UUID, ...]:
    """The units that must have a key before the change can be saved."""
    successor = change.ended.successor if change.ended else None
    return (change.unit,) if successor is None else (change.unit, successor)


def rows_of(changes: Iterable[NodeChange], keys: Mapping[UUID, int]) -> list[tuple[object, ...]]:
    """The arguments of SAVE, one row per unit; later versions of a unit cover earlier ones."""
    merged: dict[UUID, Attributes] = {}
    for change in changes:
        merged.setdefault(change.unit, Attributes()).take(change)
    return [(keys[unit], *each.columns(keys)) for unit, each in merged.items()]


async def save(connection: Connection, rows: list[tuple[object, ...]]) -> None:
    """Write the attributes of a batch in one statement."""
    if rows:
        await connection.execute(SAVE, *map(list, zip(*rows, strict=True)))


class Attributes:
    """What a batch says of one unit."""

    def __init__(self) -> None:
        """Nothing is said yet."""
        self.version = self.described = self.named = 0
        self.last = NodeChange(UUID(int=0), 0)

    def take(self, change: NodeChange) -> None:
        """Add one version's change."""
        last = self.last
        if change.described and change.version > self.described:
            self.described, last = change.version, last._replace(described=change.described)
        if change.named and change.version > self.named:
            self.named, last = change.version, last._replace(named=change.named)
        self.last = last._replace(
            established=change.established or last.established, ended=change.ended or last.ended
        )
        self.version = max(self.version, change.version)

    def columns(self, keys: Mapping[UUID, int]) -> tuple[object, ...]:
        """The arguments after the key, in the order of SAVE."""
        described, named, ended = self.last.described, self.last.named, self.last.ended
        successor = keys[ended.successor] if ended and ended.successor else None
        return (
            self.version,
            self.described,
            *(described or (None, None, None)),
            self.named,
            *(named or (None, None)),
            self.last.established,
            *((ended.status, ended.on, successor) if ended else (None, None, None)),
        )
