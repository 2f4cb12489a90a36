"""The record on the wire: CloudEvents 1.0, structured JSON mode. These bytes are the ledger for good."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from asyncpg.pgproto import pgproto
from pydantic import ValidationError
from pydantic_core import from_json, to_json

from shared.clock import rfc3339
from shared.contracts import RELEASED, Event

SCHEMA_ROOT = "urn:unionstream:schema:"
LARGEST_EVENT_BYTES = 64 * 1024

ParsedUUID = pgproto.UUID  # a uuid.UUID in every respect, read in a third of the time


class Undecodable(ValueError):
    """The bytes are no event of ours: broken JSON, attributes missing, or a body of the wrong shape."""


class UnknownType(Undecodable):
    """A well-formed event of a type or version that this release does not know."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Who asked and why: the same for every event of one command."""

    actor: str
    correlation: UUID
    causation: UUID
    traceparent: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where in the tree: the unit, its path root first (itself last), its industry lines, and the record key.

    The key is the grassroots union, or the unit itself above that level: all that one union did is in order.
    """

    unit: UUID
    lineage: tuple[UUID, ...]
    lines: tuple[str, ...]
    key: UUID


@dataclass(frozen=True, slots=True)
class Recorded:
    """An event with its envelope attributes."""

    id: UUID
    subject: UUID
    version: int
    time: datetime
    place: Place
    provenance: Provenance
    event: Event


def encode(recorded: Recorded) -> bytes:
    """The exact bytes for the event log."""
    event, place, why = recorded.event, recorded.place, recorded.provenance
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": recorded.id,
        "source": f"/union/{event.service}",
        "type": event.wire_type(),
        "subject": recorded.subject,
        "time": rfc3339(recorded.time),
        "datacontenttype": "application/json",
        "dataschema": SCHEMA_ROOT + event.wire_type(),
        "unit": place.unit,
        "lineage": "/".join(map(str, place.lineage)),
        "unionkey": place.key,
        "streamversion": recorded.version,
        "actor": why.actor,
        "correlationid": why.correlation,
        "causationid": why.causation,
    }
    if place.lines:
        attributes["lines"] = ",".join(place.lines)
    if why.traceparent:
        attributes["traceparent"] = why.traceparent
    return to_json(attributes | {"data": event})


def decode(value: bytes) -> Recorded:
    """Read the bytes back; raises `UnknownType` or `Undecodable`."""
    try:
        raw = from_json(value)
        return _recorded(raw, _class_of(raw["type"]).model_validate(raw["data"]))
    except (ValidationError, KeyError, TypeError, AttributeError) as error:
        msg = f"not an event of ours: {type(error).__name__}"
        raise Undecodable(msg) from error
    except UnknownType:
        raise
    except ValueError as error:
        msg = "not JSON, or an attribute cannot be read"
        raise Undecodable(msg) from error


def _class_of(wire_type: str) -> type[Event]:
    event_class = RELEASED.get(wire_type)
    if event_class is None:
        msg = f"type {wire_type!r} is not known to this release"
        raise UnknownType(msg)
    return event_class


def _recorded(raw: dict[str, Any], event: Event) -> Recorded:
    correlation, causation = raw["correlationid"], raw["causationid"]
    asked = ParsedUUID(correlation)
    why = asked if causation == correlation else ParsedUUID(causation)
    return Recorded(
        ParsedUUID(raw["id"]),
        ParsedUUID(raw["subject"]),
        int(raw["streamversion"]),
        datetime.fromisoformat(raw["time"]),
        _place(raw["unit"], raw["lineage"], raw.get("lines") or "", raw["unionkey"]),
        Provenance(raw["actor"], asked, why, raw.get("traceparent", "")),
        event,
    )


@lru_cache(maxsize=16384)  # a batch has the same unions again and again, and gets the same place for them
def _place(unit: str, lineage: str, lines: str, key: str) -> Place:
    above, _, last = lineage.rpartition("/")
    here = ParsedUUID(unit)
    path = _path(above) if above else ()
    return Place(
        here,
        (*path, here if last == unit else ParsedUUID(last)),
        tuple(lines.split(",")) if lines else (),
        here if key == unit else ParsedUUID(key),
    )


@lru_cache(maxsize=16384)  # a batch has the same few towns again and again
def _path(text: str) -> tuple[UUID, ...]:
    return tuple(ParsedUUID(unit) for unit in text.split("/"))
