"""What a use case reads. All needs of a batch are fetched with one statement, for round trips cost most."""

from collections.abc import Callable, Iterable
from dataclasses import astuple, dataclass, fields
from functools import cache
from itertools import count
from typing import Any
from uuid import UUID

from pydantic_core import from_json

from shared.database import Connection
from shared.work.roles import Held

# One row per thing found; every sort of need fills the columns it has. An aggregate or copy brings along what
# it is listed under, up to the root, because whoever looks at a union will ask for its place in the tree.
OWN = """
(WITH RECURSIVE path AS (
    SELECT a.id, a.unit FROM aggregate AS a WHERE a.id = ANY ({0}::uuid[])
    UNION SELECT a.id, a.unit FROM path AS p JOIN aggregate AS a ON a.id = p.unit)
SELECT 'own', a.kind, NULL, a.id, a.version, a.state::text, ARRAY[a.unit], NULL::bytea
FROM path JOIN aggregate AS a USING (id))"""

COPIED = """
(WITH RECURSIVE path AS (
    SELECT c.kind, c.id, c.unit
    FROM unnest({0}::text[], {1}::uuid[]) AS w(kind, id) JOIN copy AS c USING (kind, id)
    UNION SELECT c.kind, c.id, c.unit FROM path AS p JOIN copy AS c ON c.kind = p.kind AND c.id = p.unit)
SELECT 'copied', c.kind, NULL, c.id, c.version, c.state::text, NULL::uuid[], NULL::bytea
FROM path JOIN copy AS c USING (kind, id))"""

CLAIMED = """
SELECT 'claimed', c.kind, c.value, c.owner, NULL, NULL, NULL::uuid[], NULL::bytea
FROM unnest({0}::text[], {1}::text[]) AS w(kind, value) JOIN claim AS c USING (kind, value)"""

NAMED = """
SELECT 'named', n.kind, n.value, NULL::uuid, NULL, NULL, array_agg(n.id ORDER BY n.id), NULL::bytea
FROM unnest({0}::text[], {1}::text[]) AS w(kind, value) JOIN copy_name AS n USING (kind, value)
GROUP BY n.kind, n.value"""

LISTED = """
SELECT 'listed', a.kind, NULL, a.unit, NULL, NULL, array_agg(a.id ORDER BY a.id), NULL::bytea
FROM unnest({0}::text[], {1}::uuid[]) AS w(kind, unit) JOIN aggregate AS a USING (kind, unit)
GROUP BY a.kind, a.unit"""

KEY = """
SELECT 'key', k.actor, k.key, NULL::uuid, k.status::integer, k.answer, NULL::uuid[], k.body
FROM unnest({0}::text[], {1}::text[]) AS w(actor, key) JOIN command_key AS k USING (actor, key)"""

GRANTED = """
SELECT 'granted', NULL, h.holder, NULL::uuid, NULL, json_agg(json_build_array(h.role, h.unit, h.line))::text,
       NULL::uuid[], NULL::bytea
FROM unnest({0}::text[]) AS w(holder) JOIN role_held AS h USING (holder) GROUP BY h.holder"""

LOAD_COPIES = """
SELECT c.kind, c.id, c.version, c.state FROM unnest($1::text[], $2::uuid[]) AS w(kind, id)
JOIN copy c ON c.kind = w.kind AND c.id = w.id"""


@dataclass(frozen=True, slots=True)
class Own:
    """An aggregate of this service, by id -> (version, state as JSON text, kind, unit) or None."""

    id: UUID


@dataclass(frozen=True, slots=True)
class Claimed:
    """The owner of a claim -> UUID or None."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy of another service's aggregate -> (version, state as JSON text) or None."""

    kind: str
    id: UUID


@dataclass(frozen=True, slots=True)
class Named:
    """The copies that go by a name -> tuple of UUID."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Key:
    """An earlier answer under an idempotency key -> (body hash, status, answer) or None."""

    actor: str
    key: str


@dataclass(frozen=True, slots=True)
class Listed:
    """The aggregates of a kind that are listed under a unit -> tuple of UUID."""

    kind: str
    unit: UUID


@dataclass(frozen=True, slots=True)
class Granted:
    """The roles that somebody holds -> tuple of Held."""

    holder: str


Need = Own | Claimed | Copied | Named | Key | Listed | Granted
Shelf = dict[Need, Any]


class Missing(Exception):
    """Raised by a look at something that has not been fetched yet; the use case is run again afterwards."""

    def __init__(self, needs: Iterable[Need]) -> None:
        """Remember what is wanted."""
        super().__init__("not fetched yet")
        self.needs = tuple(needs)


async def fetch(connection: Connection, wanted: set[Need], shelf: Shelf) -> None:
    """Put every wanted thing on the shelf, None (or an empty tuple) where there is no such thing.

    One statement, so all of it is of one moment. What was on the shelf before stays as it was.
    """
    by_sort: dict[type[Need], list[Need]] = {}
    for need in wanted:
        by_sort.setdefault(type(need), []).append(need)
    sorts = tuple(sort for sort in _SORTS if sort in by_sort)
    if not sorts:
        return
    columns = [column for sort in sorts for column in zip(*map(astuple, by_sort[sort]), strict=True)]
    found = dict(_READ[row["sort"]](row) for row in await connection.fetch(_statement(sorts), *columns))
    shelf |= {need: () if isinstance(need, (Named, Listed, Granted)) else None for need in wanted}
    shelf |= {need: each for need, each in found.items() if need in wanted or need not in shelf}


@cache
def _statement(sorts: tuple[type[Need], ...]) -> str:
    numbers = count(1)
    branches = [_SORTS[sort].format(*(f"${next(numbers)}" for _ in fields(sort))) for sort in sorts]
    return "\nUNION ALL".join([_TYPES, *branches])


# The first branch gives every column its name and type.
_TYPES = """
SELECT ''::text AS sort, ''::text AS kind, ''::text AS value, NULL::uuid AS id, 0 AS number,
       ''::text AS state, NULL::uuid[] AS ids, NULL::bytea AS body WHERE false"""

_SORTS: dict[type[Need], str] = {
    Own: OWN,
    Copied: COPIED,
    Claimed: CLAIMED,
    Named: NAMED,
    Listed: LISTED,
    Key: KEY,
    Granted: GRANTED,
}


def _held(state: str) -> tuple[Held, ...]:
    return tuple(Held(role, UUID(unit), line) for role, unit, line in from_json(state))


_READ: dict[str, Callable[[Any], tuple[Need, Any]]] = {
    "own": lambda row: (Own(row["id"]), (row["number"], row["state"], row["kind"], row["ids"][0])),
    "copied": lambda row: (Copied(row["kind"], row["id"]), (row["number"], row["state"])),
    "claimed": lambda row: (Claimed(row["kind"], row["value"]), row["id"]),
    "named": lambda row: (Named(row["kind"], row["value"]), tuple(row["ids"])),
    "listed": lambda row: (Listed(row["kind"], row["id"]), tuple(row["ids"])),
    "granted": lambda row: (Granted(row["value"]), _held(row["state"])),
    "key": lambda row: (Key(row["kind"], row["value"]), (row["body"], row["number"], row["state"])),
}
