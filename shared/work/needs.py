"""What a use case reads. All needs of a whole batch are fetched with one query per sort of need."""

from collections.abc import Iterable
from dataclasses import astuple, dataclass
from typing import Any
from uuid import UUID

from shared.database import Connection

LOAD_OWN = "SELECT id, kind, version, state FROM aggregate WHERE id = ANY ($1::uuid[])"

LOAD_CLAIMS = """
SELECT c.kind, c.value, c.owner FROM unnest($1::text[], $2::text[]) AS w(kind, value)
JOIN claim c ON c.kind = w.kind AND c.value = w.value"""

LOAD_COPIES = """
SELECT c.kind, c.id, c.version, c.state FROM unnest($1::text[], $2::uuid[]) AS w(kind, id)
JOIN copy c ON c.kind = w.kind AND c.id = w.id"""

LOAD_NAMES = """
SELECT n.kind, n.value, array_agg(n.id ORDER BY n.id) AS ids
FROM unnest($1::text[], $2::text[]) AS w(kind, value)
JOIN copy_name n ON n.kind = w.kind AND n.value = w.value GROUP BY n.kind, n.value"""

LOAD_LISTS = """
SELECT a.kind, a.unit, array_agg(a.id ORDER BY a.id) AS ids
FROM unnest($1::text[], $2::uuid[]) AS w(kind, unit)
JOIN aggregate a ON a.kind = w.kind AND a.unit = w.unit GROUP BY a.kind, a.unit"""

LOAD_KEYS = """
SELECT p.actor, p.key, p.body, p.status, p.answer FROM unnest($1::text[], $2::text[]) AS w(actor, key)
JOIN command_key p ON p.actor = w.actor AND p.key = w.key"""


@dataclass(frozen=True, slots=True)
class Own:
    """An aggregate of this service, by id -> (version, state as JSON text, kind) or None."""

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


Need = Own | Claimed | Copied | Named | Key | Listed
Shelf = dict[Need, Any]


class Missing(Exception):  # noqa: N818  a signal between a use case and the desk, not an error
    """Raised by a look at something that has not been fetched yet; the use case is run again afterwards."""

    def __init__(self, needs: Iterable[Need]) -> None:
        """Remember what is wanted."""
        super().__init__("not fetched yet")
        self.needs = tuple(needs)


async def fetch(connection: Connection, wanted: set[Need], shelf: Shelf) -> None:
    """Put every wanted thing on the shelf, None (or an empty tuple) where there is no such thing."""
    for need in wanted:
        shelf[need] = () if isinstance(need, (Named, Listed)) else None
    if own := [need.id for need in wanted if isinstance(need, Own)]:
        for row in await connection.fetch(LOAD_OWN, own):
            shelf[Own(row["id"])] = (row["version"], row["state"], row["kind"])
    for sort, query, enter in _PAIRS:
        if pairs := [need for need in wanted if type(need) is sort]:
            for row in await connection.fetch(query, *map(list, zip(*map(astuple, pairs), strict=True))):
                enter(shelf, row)


def _enter_claim(shelf: Shelf, row: Any) -> None:
    shelf[Claimed(row["kind"], row["value"])] = row["owner"]


def _enter_copy(shelf: Shelf, row: Any) -> None:
    shelf[Copied(row["kind"], row["id"])] = (row["version"], row["state"])


def _enter_name(shelf: Shelf, row: Any) -> None:
    shelf[Named(row["kind"], row["value"])] = tuple(row["ids"])


def _enter_list(shelf: Shelf, row: Any) -> None:
    shelf[Listed(row["kind"], row["unit"])] = tuple(row["ids"])


def _enter_key(shelf: Shelf, row: Any) -> None:
    shelf[Key(row["actor"], row["key"])] = (row["body"], row["status"], row["answer"])


_PAIRS = (
    (Claimed, LOAD_CLAIMS, _enter_claim),
    (Copied, LOAD_COPIES, _enter_copy),
    (Named, LOAD_NAMES, _enter_name),
    (Key, LOAD_KEYS, _enter_key),
    (Listed, LOAD_LISTS, _enter_list),
)
