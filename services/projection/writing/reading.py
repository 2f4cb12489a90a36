"""One record read and folded; what cannot be becomes a dead letter with its reason."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic_core import from_json

from services.projection.fold import (
    Kept,
    Move,
    NodeChange,
    TreeChange,
    Unfoldable,
    kept_of,
    moves_of,
    node_of,
    tree_changes_of,
)
from shared.codes import identity
from shared.envelope import Recorded, Undecodable, UnknownType, decode
from shared.reading.incoming import Incoming

EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)
LARGEST_AMOUNT = 10**15  # ten trillion yuan in fen: sums stay far inside 64 bits
LARGEST_VERSION = 2**31 - 1
TYPE = re.compile(r"[A-Za-z0-9._-]{1,200}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Folded:
    """A record with all it says."""

    record: Incoming
    event: Recorded
    moves: tuple[Move, ...]
    tree: tuple[TreeChange, ...]
    node: NodeChange | None
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True)
class Dead:
    """A record that says nothing yet: `reason` is unknown-type, undecodable, or impossible."""

    record: Incoming
    type: str
    reason: str


def read(record: Incoming) -> Folded | Dead:
    """Decode and fold one record; never raises for what a record may hold."""
    try:
        event = decode(record.value)
        moves, tree = moves_of(event), tree_changes_of(event)
        _possible(record, event, moves)
        return Folded(record, event, moves, tree, node_of(event), kept_of(event))
    except UnknownType:
        return Dead(record, _type_of(record.value), "unknown-type")
    except Undecodable:
        return Dead(record, _type_of(record.value), "undecodable")
    except ValueError:  # Unfoldable, or a date that no calendar has
        return Dead(record, _type_of(record.value), "impossible")


def _possible(record: Incoming, event: Recorded, moves: tuple[Move, ...]) -> None:
    """What PostgreSQL could not hold is refused here, so that one record never stops a batch."""
    if b"\\u0000" in record.value:
        raise Unfoldable("a text holds NUL")
    if event.time.tzinfo is None or not 0 < event.version <= LARGEST_VERSION:
        raise Unfoldable("time without zone, or version out of range")
    if not EARLIEST <= event.event.occurredon <= LATEST:
        raise Unfoldable("business date out of range")
    for move in moves:
        if not (EARLIEST <= move.day <= LATEST and -LARGEST_AMOUNT <= move.amount <= LARGEST_AMOUNT):
            raise Unfoldable("day or amount out of range")


def _type_of(value: bytes) -> str:
    """It is told in logs and on the trail: what has not the form of a type is not."""
    try:
        raw: Any = from_json(value)
    except ValueError:
        return ""
    name = raw.get("type") if isinstance(raw, dict) else None
    return name if isinstance(name, str) and TYPE.fullmatch(name) and not identity.held_in(name) else ""
