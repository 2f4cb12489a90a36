"""Letters read again, and worked in at their old position, once this release knows what they say.

All of one round in one transaction, while the roller stands still: facts, tree, trail, attributes, roll-ups.
Whoever asks before sees the figures flagged; whoever asks after sees them whole, also at an earlier cut.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from services.projection.catalogue import load
from services.projection.letters.listing import Place
from services.projection.letters.operating import Operating
from services.projection.metrics import REDRIVEN
from services.projection.roller.turn import prepare
from services.projection.writing import nodes
from services.projection.writing.batch import FACT, TREE_CHANGE, Batch, Row, Rows, rows_of
from services.projection.writing.keys import Keys
from services.projection.writing.reading import Dead, Folded, read
from shared.database import Connection
from shared.logs import log
from shared.reading.incoming import Incoming

MOST = 500  # letters of one round
LATE_LANE = 31 * 24

TAKE = """
SELECT d.lane, d.sequence, d.value, t.sequenced, t.chain
FROM dead_letter AS d JOIN trail AS t ON t.lane = d.lane AND t.sequence = d.sequence
WHERE d.redriven IS NULL AND d.dropped IS NULL AND (d.lane, d.sequence) > ($1::smallint, $2::bigint)
  AND ($3::text = '' OR d.type = $3)
  AND ($4::smallint IS NULL OR d.lane = $4) AND ($5::bigint IS NULL OR d.sequence = $5)
ORDER BY d.lane, d.sequence LIMIT $6 FOR UPDATE OF d"""

COMPLETING = "SET LOCAL unionstream.completing = on"

COMPLETE = """
UPDATE trail AS t SET id = n.id, type = n.type, unit = n.unit, subject = n.subject, version = n.version,
    day = n.day, recorded = n.recorded, actor = n.actor, correlation = n.correlation
FROM unnest($1::smallint[], $2::bigint[], $3::uuid[], $4::text[], $5::integer[], $6::uuid[], $7::integer[],
            $8::date[], $9::timestamptz[], $10::text[], $11::uuid[])
     AS n(lane, sequence, id, type, unit, subject, version, day, recorded, actor, correlation)
WHERE t.lane = n.lane AND t.sequence = n.sequence"""

DONE = """
UPDATE dead_letter AS d SET redriven = now() FROM unnest($1::smallint[], $2::bigint[]) AS n(lane, sequence)
WHERE d.lane = n.lane AND d.sequence = n.sequence"""

STILL = """
UPDATE dead_letter AS d SET reason = n.reason
FROM unnest($1::smallint[], $2::bigint[], $3::text[]) AS n(lane, sequence, reason)
WHERE d.lane = n.lane AND d.sequence = n.sequence"""

POSITIONS = "SELECT lane, sequence FROM roller_position"


@dataclass(frozen=True, slots=True)
class Chosen:
    """Which letters to read again: of a type, at a position, or (neither) all that wait."""

    type: str = ""
    place: Place | None = None


@dataclass
class Redriven:
    """What became of them; `still` counts by reason those that cannot be read yet either."""

    done: int = 0
    still: Counter[str] = field(default_factory=Counter)


async def redrive(session: Operating, chosen: Chosen) -> Redriven:
    """Read all of them again, round by round; those that can be read now stop being dead."""
    result, after = Redriven(), (-1, 0)
    await prepare(session.connection)
    keys = Keys(session.pool)
    while True:
        async with session.connection.transaction():
            await session.connection.execute("SELECT hold_turns()")
            taken = await _take(session.connection, chosen, after)
            if taken:
                await _work_in(session.connection, keys, taken, result)
        if len(taken) < MOST:
            return result
        after = (_lane(taken[-1]), taken[-1].sequence)


async def _take(connection: Connection, chosen: Chosen, after: tuple[int, int]) -> list[Incoming]:
    place = chosen.place
    where = (place.lane, place.sequence) if place else (None, None)
    return [_record(row) for row in await connection.fetch(TAKE, *after, chosen.type, *where, MOST)]


def _record(row: Any) -> Incoming:
    topic, stream = load().stream(row["lane"])
    return Incoming(
        topic, stream, row["sequence"], row["sequenced"], row["chain"], row["value"], partition=-1, offset=-1
    )


async def _work_in(connection: Connection, keys: Keys, taken: Sequence[Incoming], result: Redriven) -> None:
    batch = Batch()
    for record in taken:
        batch.add(read(record))
    await _still_dead(connection, batch.dead, result)
    if not batch.folded:
        return
    await keys.learn(batch.units, batch.combos())
    rows = rows_of(Batch(folded=batch.folded), keys, load())
    rolled = {row["lane"]: row["sequence"] for row in await connection.fetch(POSITIONS)}
    await _roll_late(connection, rows, rolled)
    await _copy(connection, "fact", FACT, rows.facts)
    await _copy(connection, "tree_change", TREE_CHANGE, rows.tree)
    await nodes.save(connection, nodes.rows_of(batch.node_changes(), keys.units))
    await _complete(connection, rows.trail)
    await connection.execute(DONE, *_places(batch.folded))
    result.done += len(batch.folded)
    _tell(batch.folded)


async def _roll_late(connection: Connection, rows: Rows, rolled: Mapping[int, int]) -> None:
    """Add up what lies at positions that were rolled up already; the roller meets the others by itself."""
    facts = [row for row in rows.facts if row[1] <= rolled.get(row[0], 0)]
    changes = [row for row in rows.tree if row[-1] <= rolled.get(row[-2], 0)]
    if not facts and not changes:
        return
    places = sorted({row[:2] for row in facts} | {row[-2:] for row in changes})
    late = {place: number for number, place in enumerate(places, 1)}
    await connection.execute("SELECT prepare_late_turn()")
    await _copy(connection, "late_fact", FACT, [(LATE_LANE, late[row[:2]], *row[2:]) for row in facts])
    await _copy(
        connection, "late_change", TREE_CHANGE, [(*row[:-2], LATE_LANE, late[row[-2:]]) for row in changes]
    )
    await connection.fetchrow("SELECT * FROM roll($1)", len(places))
    await connection.execute("SELECT end_late_turn()")


async def _copy(connection: Connection, table: str, columns: tuple[str, ...], rows: list[Row]) -> None:
    if rows:
        await connection.copy_records_to_table(table, records=rows, columns=columns)


async def _complete(connection: Connection, trail: Sequence[Row]) -> None:
    # Of a row of the trail all but the time of numbering and the link, which stay.
    rows = [(*row[:9], row[10], row[11]) for row in trail]
    await connection.execute(COMPLETING)
    await connection.execute(COMPLETE, *map(list, zip(*rows, strict=True)))


async def _still_dead(connection: Connection, dead: Sequence[Dead], result: Redriven) -> None:
    if dead:
        lanes, numbers = _places(dead)
        await connection.execute(STILL, lanes, numbers, [each.reason for each in dead])
        result.still.update(each.reason for each in dead)


def _places(each_read: Sequence[Folded] | Sequence[Dead]) -> tuple[list[int], list[int]]:
    records = [each.record for each in each_read]
    return [_lane(record) for record in records], [record.sequence for record in records]


def _lane(record: Incoming) -> int:
    return load().lane(record.topic, record.stream)


def _tell(folded: Sequence[Folded]) -> None:
    for each in folded:
        record = each.record
        REDRIVEN.inc()
        log.info(
            "letter_redriven",
            topic=record.topic,
            stream=record.stream,
            sequence=record.sequence,
            type=each.event.event.wire_type(),
        )
