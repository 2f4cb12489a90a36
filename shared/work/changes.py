"""What the commands of a batch have said so far, on its way to the database."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from shared.envelope import LARGEST_EVENT_BYTES, Recorded, encode
from shared.errors import Refused
from shared.streams import stream_of
from shared.work.kinds import Claim, Kind


class EventTooLarge(Refused):
    """One event may not exceed 64 KB."""

    code = "event-too-large"


@dataclass(frozen=True, slots=True)
class Saved:
    """The state of an aggregate inside a batch: what the database holds and what it shall hold."""

    kind: Kind[Any]
    expected: int
    version: int
    state: BaseModel


@dataclass(frozen=True, slots=True)
class Row:
    """One event, ready for the log."""

    id: UUID
    stream: int
    subject: UUID
    version: int
    value: bytes


def row_of(recorded: Recorded) -> Row:
    """The event as it will stand in the log and on the topic; raises EventTooLarge."""
    value = encode(recorded)
    if len(value) > LARGEST_EVENT_BYTES:
        raise EventTooLarge(
            f"the event would be {len(value)} bytes, more than {LARGEST_EVENT_BYTES}",
            field=recorded.event.wire_type(),
            value=str(len(value)),
            remedy="split the command",
        )
    return Row(recorded.id, stream_of(str(recorded.place.key)), recorded.subject, recorded.version, value)


@dataclass(frozen=True, slots=True)
class Answer:
    """What the caller is told of a command that was carried out."""

    id: UUID
    version: int
    warnings: tuple[str, ...] = ()


@dataclass
class Changes:
    """What is said so far: states, claims (None = given up), events in order, the service's own rows."""

    saved: dict[UUID, Saved] = field(default_factory=dict)
    claims: dict[Claim, UUID | None] = field(default_factory=dict)
    rows: list[Row] = field(default_factory=list)
    extras: dict[str, list[Sequence[Any]]] = field(default_factory=dict)
    locks: dict[str, dict[tuple[Any, ...], None]] = field(default_factory=dict)

    def add(self, later: "Changes") -> None:
        """Take over what a command said, after it has succeeded."""
        self.saved.update(later.saved)
        self.claims.update(later.claims)
        self.rows.extend(later.rows)
        for statement, rows in later.extras.items():
            self.extras.setdefault(statement, []).extend(rows)
        for statement, held in later.locks.items():
            self.locks.setdefault(statement, {}).update(held)
