"""From one of our events to what an agency gets of it: a function of the event, the agreement and its key.

Nothing else enters, neither the clock nor what was read before, so what an agency got can be derived again.

Left out are the time to the microsecond, the actor and the ids of the request: two agencies would have them
in common. Ids become HMAC-SHA-256 under the agreement's key, as UUIDs of version 8.
"""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from hashlib import sha256
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from services.exchange.domain.agreeable import EVENTS, SUBJECT
from services.exchange.domain.agreements import Agreement
from shared.clock import business_date
from shared.contracts import RELEASED

Raw = Mapping[str, Any]

UUID_BYTES = 16


class Rekeying:
    """Other names for ids: always the same under one key, not to be guessed without it."""

    def __init__(self, key: bytes) -> None:
        """`key` is the agreement's own, 32 random bytes."""
        self._key = key

    def id(self, text: str) -> UUID:
        """The id that stands for this one."""
        raw = bytearray(hmac.digest(self._key, UUID(text).bytes, sha256)[:UUID_BYTES])
        raw[6] = raw[6] & 0x0F | 0x80
        raw[8] = raw[8] & 0x3F | 0x80
        return UUID(bytes=bytes(raw))

    def value(self, value: Any) -> Any:
        """An id, ids, or nothing."""
        if isinstance(value, list):
            return [str(self.id(each)) for each in value]
        return None if value is None else str(self.id(value))


@dataclass(frozen=True, slots=True)
class Delivered:
    """One record for the agency: its id there, the id of our event, and its bytes."""

    id: UUID
    source: UUID
    value: bytes


@dataclass(frozen=True, slots=True)
class Counted:
    """One more for a table: which of the agreement's tables, the cell, how much."""

    number: int
    row: str
    column: str
    amount: int


def concerns(agreement: Agreement, raw: Raw) -> bool:
    """Whether the event falls under the agreement: its place, its day, and when it was recorded."""
    if str(agreement.scope) not in raw["lineage"].split("/"):
        return False
    if agreement.line and agreement.line not in (raw.get("lines") or "").split(","):
        return False
    day = date.fromisoformat(raw["data"]["occurredon"])
    return agreement.first_day <= day <= agreement.last_day and recorded_on(raw) <= agreement.last_day


def recorded_on(raw: Raw) -> date:
    """The business date on which the event was recorded."""
    return business_date(datetime.fromisoformat(raw["time"]))


def reduced(agreement: Agreement, raw: Raw, rekeying: Rekeying) -> Delivered | None:
    """What the agency gets of the event; None for a type that is not delivered as such."""
    shared = next((each for each in agreement.shares if each.type == raw["type"]), None)
    if shared is None:
        return None
    id_ = rekeying.id(raw["id"])
    path = raw["lineage"].split("/")
    below = path[path.index(str(agreement.scope)) :]
    attributes: dict[str, Any] = {
        "specversion": "1.0",
        "id": str(id_),
        "source": f"/union/exchange/{agreement.name}",
        "type": raw["type"],
        "datacontenttype": "application/json",
        "unionkey": _inside(raw["unionkey"], below, rekeying),
        "unit": rekeying.value(raw["unit"]),
        "lineage": "/".join(rekeying.value(each) for each in below),
        "recordedon": recorded_on(raw).isoformat(),
    }
    if SUBJECT in shared.fields:
        attributes["subject"] = rekeying.value(raw["subject"])
    data = {"occurredon": raw["data"]["occurredon"]} | _fields(raw, shared.fields, rekeying)
    return Delivered(id_, UUID(raw["id"]), to_json(attributes | {"data": data}))


def counted(agreement: Agreement, raw: Raw) -> list[Counted]:
    """What the event adds to the agreement's tables; an explicit zero adds nothing."""
    data = raw["data"]
    found = []
    for number, table in enumerate(agreement.tables):
        if table.type == raw["type"]:
            amount = 1 if table.counts == EVENTS else data.get(table.counts) or 0
            found.append(Counted(number, _kind(data.get(table.rows)), _kind(data.get(table.columns)), amount))
    return [each for each in found if each.amount > 0]


def _fields(raw: Raw, names: tuple[str, ...], rekeying: Rekeying) -> dict[str, Any]:
    event = RELEASED[raw["type"]]
    data: Raw = raw["data"]
    said = {}
    for name in names:
        if name in data and name != SUBJECT:
            hidden = "UUID" in str(event.model_fields[name].annotation)
            said[name] = rekeying.value(data[name]) if hidden else data[name]
    return said


def _inside(key: str, below: list[str], rekeying: Rekeying) -> Any:
    return rekeying.value(key if key in below else below[0])


def _kind(value: Any) -> str:
    return str(value).lower() if value is not None else "none"
