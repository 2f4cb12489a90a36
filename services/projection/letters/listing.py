"""The dead letters of the active colour, in the order of their positions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from services.projection.catalogue import load
from services.projection.queries import cursor as cursors
from services.projection.queries.cursor import Position
from shared.database import Connection
from shared.errors import NotFound

State = Literal["waiting", "redriven", "dropped"]

LIST = """
SELECT d.lane, d.sequence, d.type, d.reason, d.parked, d.redriven, d.dropped, octet_length(d.value) AS bytes,
       p.actor, p.reason AS why, encode(t.chain, 'hex') AS chain, t.sequenced
FROM dead_letter AS d JOIN trail AS t ON t.lane = d.lane AND t.sequence = d.sequence
JOIN topic ON topic.number = d.lane / 24
LEFT JOIN public.dropped_letter AS p
       ON p.topic = topic.name AND p.stream = d.lane % 24 AND p.sequence = d.sequence
WHERE (d.lane, d.sequence) > ($1::smallint, $2::bigint)
  AND ($3::text = '' OR $3 = CASE WHEN d.dropped IS NOT NULL THEN 'dropped'
                                  WHEN d.redriven IS NOT NULL THEN 'redriven' ELSE 'waiting' END)
  AND ($4::text = '' OR d.type = $4)
ORDER BY d.lane, d.sequence LIMIT $5"""

VALUE = "SELECT value FROM dead_letter WHERE lane = $1 AND sequence = $2"
COUNTS = """
SELECT reason, count(*) FROM dead_letter WHERE redriven IS NULL AND dropped IS NULL GROUP BY reason"""


class NoSuchLetter(NotFound):
    """No event lies dead at this position."""

    code = "no-such-letter"


class After(Position):
    """The last letter of a page."""

    lane: int
    sequence: int


@dataclass(frozen=True, slots=True)
class Place:
    """Where a letter lies."""

    topic: str
    stream: int
    sequence: int

    @property
    def lane(self) -> int:
        """The number of its stream; raises `NoSuchLetter` for a topic that nobody reads."""
        book = load()
        if self.topic not in book.topics:
            raise self.missing()
        return book.lane(self.topic, self.stream)

    def missing(self) -> NoSuchLetter:
        """The refusal of this position."""
        return NoSuchLetter(
            "no event lies dead at this position",
            field="sequence",
            value=f"{self.topic}/{self.stream}#{self.sequence}",
            remedy="see `unionstream dlq list`",
        )


@dataclass(frozen=True, slots=True)
class Letter:
    """One dead letter, without its bytes."""

    topic: str
    stream: int
    sequence: int
    type: str
    reason: str
    state: State
    bytes: int
    chain: str
    sequenced: datetime
    parked: datetime
    redriven: datetime | None
    dropped: datetime | None
    actor: str | None
    why: str | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which letters; empty texts narrow nothing."""

    state: str
    type: str


async def letters(
    connection: Connection, wanted: Wanted, cursor: str, limit: int
) -> tuple[Sequence[Letter], str]:
    """A page, and the cursor of the next one."""
    question = cursors.digest("letters", wanted)
    after = cursors.read(After, cursor, question) if cursor else After(question=question, lane=-1, sequence=0)
    rows = await connection.fetch(LIST, after.lane, after.sequence, wanted.state, wanted.type, limit + 1)
    shown = rows[:limit]
    if len(rows) <= limit:
        return [_letter(row) for row in shown], ""
    last = After(question=question, lane=shown[-1]["lane"], sequence=shown[-1]["sequence"])
    return [_letter(row) for row in shown], cursors.written(last)


async def value_at(connection: Connection, place: Place) -> bytes:
    """The bytes of one letter as they came; raises `NoSuchLetter`."""
    value: bytes | None = await connection.fetchval(VALUE, place.lane, place.sequence)
    if value is None:
        raise place.missing()
    return value


async def waiting(connection: Connection) -> dict[str, int]:
    """How many wait, by reason."""
    return {row["reason"]: row["count"] for row in await connection.fetch(COUNTS)}


def _letter(row: Any) -> Letter:
    topic, stream = load().stream(row["lane"])
    state: State = "dropped" if row["dropped"] else "redriven" if row["redriven"] else "waiting"
    columns = {name: row[name] for name in Letter.__dataclass_fields__ if name in row}
    return Letter(**columns | {"topic": topic, "stream": stream, "state": state})
