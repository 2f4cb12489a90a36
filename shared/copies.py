"""Copies of other services' facts, kept from their events.

Promise: when the same events have arrived, the copies are the same, in whatever order the streams came.
That rests on `evolve` being indifferent to order, on the reader applying each record once, and on events
that come before the birth of their subject waiting in `copy_waiting`. So a hole in the versions of an
aggregate (its events may run through several streams) loses nothing: what is there is applied, and the late
one is worked in when it comes. Until then the copy lacks exactly the late event. `copy.version` counts the
events applied; it is not the aggregate's version.

Types this release does not know, and records that cannot be read, are passed by and counted.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.contracts import RELEASED
from shared.database import Connection
from shared.envelope import Recorded, Undecodable, UnknownType, decode
from shared.logs import log
from shared.metrics import COPIES_PASSED
from shared.reading.incoming import Apply, Incoming
from shared.work.kinds import Claim, CopyKind
from shared.work.needs import LOAD_COPIES

# Two workers may hold partitions that tell of the same thing: one at a time, from looking to writing.
LOCK = "SELECT pg_advisory_xact_lock(hashtext('copies'))"

TAKE_WAITING = """
DELETE FROM copy_waiting AS c USING unnest($1::text[], $2::uuid[]) AS w(kind, id)
WHERE c.kind = w.kind AND c.id = w.id RETURNING c.kind, c.id, c.value"""

KEEP_WAITING = """
INSERT INTO copy_waiting (kind, id, event, value)
SELECT * FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::bytea[]) ON CONFLICT DO NOTHING"""

SAVE = """
INSERT INTO copy (kind, id, unit, version, state)
SELECT kind, id, unit, version, state::jsonb
FROM unnest($1::text[], $2::uuid[], $3::uuid[], $4::int[], $5::text[]) AS n(kind, id, unit, version, state)
ON CONFLICT (kind, id) DO UPDATE SET unit = excluded.unit, version = excluded.version, state = excluded.state
WHERE excluded.version > copy.version"""

DROP_NAMES = """
DELETE FROM copy_name AS n USING unnest($1::uuid[], $2::text[], $3::text[]) AS w(id, kind, value)
WHERE n.kind = w.kind AND n.value = w.value AND n.id = w.id"""

ADD_NAMES = """
INSERT INTO copy_name (id, kind, value)
SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[]) ON CONFLICT DO NOTHING"""

# `encode` writes the type before anything a user could have named, so the first match is the attribute.
TYPE = re.compile(rb'"type":"([^"\\]+)"')

Event = tuple[Recorded, bytes]


@dataclass
class Copy:
    """One copied thing inside a batch: `arrived` is new, `early` came before the birth."""

    kind: CopyKind[Any]
    id: UUID
    version: int = 0
    state: Any = None
    names: frozenset[Claim] = frozenset()
    arrived: list[Event] = field(default_factory=list)
    early: list[Event] = field(default_factory=list)
    born: bool = False

    def load(self, version: int, state: str) -> None:
        """Take over what the database holds."""
        self.version, self.state = version, self.kind.state.model_validate_json(state)
        self.names = self.kind.names(self.state)

    def take(self, event: Event) -> None:
        """One more event."""
        state = self.kind.evolve(self.state, event[0])
        if state is None:
            self.early.append(event)
            return
        self.born = self.born or self.state is None
        self.state = state
        self.version += 1

    def take_early(self) -> None:
        """After the birth: work in what came before it."""
        early, self.early = self.early, []
        for event in early:
            self.take(event)


Copies = dict[tuple[str, UUID], Copy]


def apply_copies(kinds: Sequence[CopyKind[Any]]) -> Apply:
    """An `Apply` that keeps these copies: a handful of statements a batch, none if nothing concerns them."""
    wanted = {event.wire_type().encode() for kind in kinds for event in kind.follows}
    unconcerned = {name.encode() for name in RELEASED} - wanted

    async def apply(connection: Connection, records: Sequence[Incoming]) -> None:
        copies = _concerned(kinds, _decoded(records, unconcerned))
        if copies:
            await connection.execute(LOCK)
            await _work_in(connection, copies)

    return apply


def _decoded(records: Sequence[Incoming], unconcerned: set[bytes]) -> Iterable[Event]:
    for record in records:
        found = TYPE.search(record.value)
        if found and found[1] in unconcerned:
            continue
        try:
            yield decode(record.value), record.value
        except UnknownType:
            COPIES_PASSED.labels(record.topic, "unknown-type").inc()
        except Undecodable:
            COPIES_PASSED.labels(record.topic, "undecodable").inc()
            log.error("event_undecodable", topic=record.topic, stream=record.stream, sequence=record.sequence)


def _concerned(kinds: Sequence[CopyKind[Any]], events: Iterable[Event]) -> Copies:
    copies: Copies = {}
    for event in events:
        for kind in kinds:
            if ids := kind.follows.get(type(event[0].event)):
                for id_ in ids(event[0]):
                    copies.setdefault((kind.name, id_), Copy(kind, id_)).arrived.append(event)
    return copies


async def _work_in(connection: Connection, by_id: Copies) -> None:
    for row in await connection.fetch(LOAD_COPIES, *_columns(by_id, 2)):
        by_id[row["kind"], row["id"]].load(row["version"], row["state"])
    copies = by_id.values()
    for copy in copies:
        for event in copy.arrived:
            copy.take(event)
    await _bear(connection, [copy for copy in copies if copy.born])
    await _save(connection, [copy for copy in copies if copy.state is not None])
    await _wait(connection, [copy for copy in copies if copy.state is None])


async def _bear(connection: Connection, born: list[Copy]) -> None:
    if not born:
        return
    by_id = {(copy.kind.name, copy.id): copy for copy in born}
    for row in await connection.fetch(TAKE_WAITING, *_columns(by_id, 2)):
        by_id[row["kind"], row["id"]].early.append((decode(row["value"]), row["value"]))
    for copy in born:
        copy.take_early()


async def _save(connection: Connection, copies: list[Copy]) -> None:
    if not copies:
        return
    rows = [(c.kind.name, c.id, c.kind.unit(c.state), c.version, c.state.model_dump_json()) for c in copies]
    await connection.execute(SAVE, *_columns(rows, 5))
    names = [(copy.id, copy.names, copy.kind.names(copy.state)) for copy in copies]
    if dropped := [(id_, *name) for id_, old, new in names for name in old - new]:
        await connection.execute(DROP_NAMES, *_columns(dropped, 3))
    if added := [(id_, *name) for id_, old, new in names for name in new - old]:
        await connection.execute(ADD_NAMES, *_columns(added, 3))


async def _wait(connection: Connection, copies: list[Copy]) -> None:
    rows = [(c.kind.name, c.id, recorded.id, value) for c in copies for recorded, value in c.early]
    if rows:
        await connection.execute(KEEP_WAITING, *_columns(rows, 4))


def _columns(rows: Iterable[Sequence[Any]], width: int) -> list[list[Any]]:
    columns: list[list[Any]] = [[] for _ in range(width)]
    for row in rows:
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return columns
