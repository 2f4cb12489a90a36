"""The audit trail of a union and all below it: every event, newest first, with its link of the chain."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from services.projection.catalogue import load
from services.projection.queries import cursor as cursors
from services.projection.queries.cursor import Position
from services.projection.queries.cut import Cut, parse
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.units import Unit, unit_of

COLUMNS = """
SELECT t.lane, t.sequence, t.id, t.type, t.subject, t.version, t.day, t.recorded, t.sequenced, t.actor,
       t.correlation, t.chain, t.note, n.id AS unit, n.name AS unit_name
"""

# An event belongs to the unions above its unit on its own day.
AMONG_ALL = f"""
{COLUMNS}
FROM trail t JOIN node n ON n.key = t.unit
WHERE t.sequence <= ($3::bigint[])[t.lane + 1] AND t.recorded IS NOT NULL
  AND EXISTS (SELECT FROM span s WHERE s.unit = t.unit AND s.ancestor = $1 AND s.line IN ($2, -1)
              AND s.valid_from <= t.day AND s.valid_to > t.day)
  AND (t.recorded, t.lane, t.sequence) < ($4::timestamptz, $5::smallint, $6::bigint)
  AND t.day BETWEEN $7 AND $8
ORDER BY t.recorded DESC, t.lane DESC, t.sequence DESC
LIMIT $9
"""

# The same, asking each unit for its newest events: quicker where few of all events belong to the subtree. The
# last of those that would fill a page says how far back all units have to be asked.
OF_UNIT = """
FROM trail u
WHERE u.unit = s.unit AND u.sequence <= ($3::bigint[])[u.lane + 1]
  AND u.recorded <= $4::timestamptz
  AND (u.recorded, u.lane, u.sequence) < ($4::timestamptz, $5::smallint, $6::bigint)
  AND u.day BETWEEN greatest($7::date, s.valid_from) AND least($8::date, s.valid_to - 1)
"""
UNIT_BY_UNIT = f"""
WITH newest AS (
    SELECT t.recorded
    FROM span s CROSS JOIN LATERAL (SELECT u.recorded {OF_UNIT} ORDER BY u.recorded DESC LIMIT 2) AS t
    WHERE s.ancestor = $1 AND s.line IN ($2, -1)
    ORDER BY t.recorded DESC LIMIT $9
), bound AS MATERIALIZED (
    SELECT CASE WHEN count(*) = $9 THEN min(recorded) ELSE '-infinity' END AS since FROM newest
)
{COLUMNS}
FROM span s JOIN node n ON n.key = s.unit CROSS JOIN LATERAL (
    SELECT u.* {OF_UNIT} AND u.recorded >= (SELECT since FROM bound)
    ORDER BY u.recorded DESC, u.lane DESC, u.sequence DESC
    LIMIT $9) AS t
WHERE s.ancestor = $1 AND s.line IN ($2, -1)
ORDER BY t.recorded DESC, t.lane DESC, t.sequence DESC
LIMIT $9
"""  # noqa: S608  of constants; values travel as parameters
LOWEST_WITH_MOST = 2

FAR = datetime(9999, 1, 1, tzinfo=UTC)


class Read(Position):
    """The last event of a page, and the cut of the first one."""

    cut: str
    recorded: datetime
    lane: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whose trail, on which line (its number), and the business dates it is narrowed to."""

    unit: str
    line: int
    first: date = date.min
    last: date = date.max


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, without its body."""

    id: UUID | None
    type: str
    unit: UUID
    unit_name: str | None
    subject: UUID | None
    version: int | None
    day: date
    recorded: datetime
    sequenced: datetime
    actor: str | None
    correlation: UUID | None
    topic: str
    stream: int
    sequence: int
    chain: str
    note: str | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the trail; `next` is '' on the last one."""

    unit: Unit
    cut: Cut
    events: list[Entry]
    next: str


async def trail(snapshot: Snapshot, wanted: Wanted, cursor: str, limit: int) -> Page:
    """One page, newest first; what is recorded meanwhile does not move the pages."""
    question = cursors.digest(wanted)
    unit = await unit_of(snapshot, wanted.unit)
    after = cursors.read(Read, cursor, question) if cursor else _newest(question, snapshot)
    rows = await _rows(snapshot, unit, wanted, after, limit + 1)
    following = _written(after, rows[limit - 1]) if len(rows) > limit else ""
    return Page(unit, parse(after.cut), [entry_of(row) for row in rows[:limit]], following)


def _newest(question: str, snapshot: Snapshot) -> Read:
    return Read(question=question, cut=str(snapshot.cut), recorded=FAR, lane=0, sequence=0)


async def _rows(snapshot: Snapshot, unit: Unit, wanted: Wanted, after: Read, limit: int) -> Sequence[Any]:
    numbers = list(parse(after.cut).meet(snapshot.cut).numbers)
    few = unit.level is None or unit.level > LOWEST_WITH_MOST
    rows: Sequence[Any] = await snapshot.connection.fetch(
        UNIT_BY_UNIT if few else AMONG_ALL,
        unit.key, wanted.line, numbers, after.recorded, after.lane, after.sequence,
        wanted.first, wanted.last, limit,
    )  # fmt: skip
    return rows


def _written(after: Read, row: Any) -> str:
    columns = ("recorded", "lane", "sequence")
    return cursors.written(after.model_copy(update={name: row[name] for name in columns}))


def entry_of(row: Any) -> Entry:
    """From a row of COLUMNS."""
    topic, stream = load().stream(row["lane"])
    columns = {name: row[name] for name in Entry.__dataclass_fields__ if name in row}
    return Entry(**columns | {"topic": topic, "stream": stream, "chain": row["chain"].hex()})
