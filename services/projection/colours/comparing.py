"""Two colours at one cut: facts, tree, trail, letters, and the roll-ups of province and prefectures.

Everything is compared by what it means, not by keys, which differ. Sums of hashes find a difference among
millions of rows; the positions behind it are then looked up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from services.projection.catalogue import load
from shared.database import Connection

NAMED = 5  # positions named per difference

# Everywhere the numbers after `since` up to `until` of each lane.
FACTS = """
SELECT f.lane, m.id AS what, count(*) AS rows, sum(f.amount)::bigint AS amount,
       sum(hashtextextended(concat_ws('/', f.sequence, n.id, f.day, f.amount, c.dims, f.subject), 0)::numeric)
       AS print
FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS k(lane, since, until)
JOIN fact AS f ON f.lane = k.lane AND f.sequence > k.since AND f.sequence <= k.until
JOIN node AS n ON n.key = f.unit JOIN combo AS c ON c.key = f.combo JOIN metric AS m ON m.number = f.metric
GROUP BY 1, 2"""

# Provisional places are left out: which of them are written depends on how the batches fell.
TREE = """
SELECT t.lane, 'tree' AS what, count(*) AS rows, 0::bigint AS amount,
       sum(hashtextextended(concat_ws('/', t.sequence, u.id, t.line, t.effective, t.version,
                                      coalesce(p.id::text, '-'), t.merged, t.level), 0)::numeric) AS print
FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS k(lane, since, until)
JOIN tree_change AS t ON t.lane = k.lane AND t.sequence > k.since AND t.sequence <= k.until
JOIN node AS u ON u.key = t.unit LEFT JOIN node AS p ON p.key = t.parent
WHERE t.version > 0 GROUP BY 1"""

TRAIL = """
SELECT t.lane, 'trail' AS what, count(*) AS rows, 0::bigint AS amount,
       sum(hashtextextended(concat_ws('/', t.sequence, t.id, t.type, u.id, t.day, encode(t.chain, 'hex')), 0)
           ::numeric) AS print
FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS k(lane, since, until)
JOIN trail AS t ON t.lane = k.lane AND t.sequence > k.since AND t.sequence <= k.until
LEFT JOIN node AS u ON u.key = t.unit GROUP BY 1"""

LETTERS = """
SELECT d.lane, 'dead letters' AS what, count(*) AS rows, 0::bigint AS amount, sum(d.sequence) AS print
FROM unnest($1::smallint[], $2::bigint[], $3::bigint[]) AS k(lane, since, until)
JOIN dead_letter AS d ON d.lane = k.lane AND d.sequence > k.since AND d.sequence <= k.until
WHERE d.redriven IS NULL AND d.dropped IS NULL GROUP BY 1"""

ROLLED = """
SELECT -1 AS lane, 'rolled up: ' || m.id AS what, count(*) AS rows, sum(r.amount)::bigint AS amount,
       sum(hashtextextended(concat_ws('/', n.id, r.line, r.start, c.dims, r.amount), 0)::numeric) AS print
FROM rollup AS r JOIN node AS n ON n.key = r.ancestor JOIN metric AS m ON m.number = r.metric
JOIN combo AS c ON c.key = r.combo
WHERE r.grain = 0 AND n.level <= 2 GROUP BY 2"""

# Of one lane and metric, number by number.
POSITIONS = """
SELECT f.sequence,
       sum(hashtextextended(concat_ws('/', n.id, f.day, f.amount, c.dims, f.subject), 0)::numeric) AS print
FROM fact AS f JOIN node AS n ON n.key = f.unit JOIN combo AS c ON c.key = f.combo
JOIN metric AS m ON m.number = f.metric
WHERE f.lane = $1 AND f.sequence > $2 AND f.sequence <= $3 AND m.id = $4 GROUP BY 1"""

Cut = Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Difference:
    """What the two colours do not say alike; `events` are positions behind it, as topic/stream#number."""

    what: str
    where: str
    old_rows: int
    new_rows: int
    old_amount: int
    new_amount: int
    events: tuple[str, ...] = ()

    def told(self) -> dict[str, Any]:
        """For a report."""
        return asdict(self)


async def positions(connection: Connection) -> dict[int, int]:
    """How far the roller of this session's colour has come, by lane."""
    return {row[0]: row[1] for row in await connection.fetch("SELECT lane, sequence FROM roller_position")}


async def differences(old: Connection, new: Connection, since: Cut, until: Cut) -> list[Difference]:
    """What differs in the numbers after `since` up to `until`; both sessions stand in their colour."""
    found = []
    lanes = sorted(until)
    bounds = (lanes, [since.get(lane, 0) for lane in lanes], [until[lane] for lane in lanes])
    for query in (FACTS, TREE, TRAIL, LETTERS):
        found += _compared(await old.fetch(query, *bounds), await new.fetch(query, *bounds))
    return [await _with_events(old, new, each, since, until) for each in found]


async def rolled_differences(old: Connection, new: Connection) -> list[Difference]:
    """What differs in the roll-ups of province and prefectures; both must stand at the same cut."""
    return [_told(each) for each in _compared(await old.fetch(ROLLED), await new.fetch(ROLLED))]


Found = tuple[int, str, Any, Any]


def _compared(old: Sequence[Any], new: Sequence[Any]) -> list[Found]:
    before = {(row["lane"], row["what"]): row for row in old}
    after = {(row["lane"], row["what"]): row for row in new}
    return [
        (*key, before.get(key), after.get(key))
        for key in sorted(before.keys() | after.keys())
        if _content(before.get(key)) != _content(after.get(key))
    ]


def _content(row: Any) -> tuple[Any, ...]:
    return (row["rows"], row["amount"], row["print"]) if row else ()


def _told(found: Found, events: Sequence[str] = ()) -> Difference:
    lane, what, old, new = found
    where = "/".join(map(str, load().stream(lane))) if lane >= 0 else ""
    nothing = {"rows": 0, "amount": 0}
    before, after = old or nothing, new or nothing
    return Difference(
        what, where, before["rows"], after["rows"], before["amount"], after["amount"], tuple(events)
    )


async def _with_events(old: Connection, new: Connection, found: Found, since: Cut, until: Cut) -> Difference:
    lane, what, _, _ = found
    if what not in load().metrics:
        return _told(found)
    bounds = (lane, since.get(lane, 0), until[lane], what)
    before = {row["sequence"]: row["print"] for row in await old.fetch(POSITIONS, *bounds)}
    after = {row["sequence"]: row["print"] for row in await new.fetch(POSITIONS, *bounds)}
    differ = sorted(
        number for number in before.keys() | after.keys() if before.get(number) != after.get(number)
    )
    topic, stream = load().stream(lane)
    return _told(found, [f"{topic}/{stream}#{number}" for number in differ[:NAMED]])
