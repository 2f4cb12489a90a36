"""What was known when: a moment as a cut, and whether anything may still arrive that belongs before it."""

from dataclasses import dataclass
from datetime import datetime

from services.projection.catalogue import load
from services.projection.queries.cut import Cut, parse
from services.projection.queries.refusals import CutAhead, NaiveMoment, TwoCuts
from services.projection.queries.snapshot import Snapshot

# Halving by (lane, sequence): within a lane `sequenced` never decreases. Ends with each lane's last number.
KNOWN_AT = """
WITH RECURSIVE search AS (
    SELECT lane, 0::bigint AS low, sequence AS high FROM roller_position
    UNION ALL
    SELECT s.lane, CASE WHEN early THEN middle ELSE low END, CASE WHEN early THEN high ELSE middle - 1 END
    FROM search s
    CROSS JOIN LATERAL (SELECT (s.low + s.high + 1) / 2 AS middle) m
    CROSS JOIN LATERAL (
        SELECT coalesce((SELECT t.sequenced <= $1 FROM numbered t
                         WHERE t.lane = s.lane AND t.sequence <= m.middle
                         ORDER BY t.sequence DESC LIMIT 1), true) AS early) e
    WHERE s.low < s.high)
SELECT lane, low AS sequence FROM search WHERE low = high
"""

# A stream is settled for a moment once a later number is in, or it was read to its end after that moment.
SETTLED = """
SELECT n.number * 24 + p.stream AS lane
FROM stream_progress p JOIN unnest($1::text[], $2::integer[]) AS n(topic, number) ON n.topic = p.topic
LEFT JOIN roller_position r ON r.lane = n.number * 24 + p.stream
WHERE coalesce(r.sequence, 0) > ($4::bigint[])[n.number * 24 + p.stream + 1]
   OR (p.sequence = coalesce(r.sequence, 0) AND p.end_reached >= $3)
"""

HEADS = """
SELECT t.lane, encode(t.chain, 'hex') AS chain
FROM unnest($1::bigint[]) WITH ORDINALITY AS c(sequence, place)
JOIN numbered AS t ON t.lane = c.place - 1 AND t.sequence = c.sequence
"""


@dataclass(frozen=True, slots=True)
class Known:
    """The cut of an answer; `provisional` while a stream may still bring what belongs before the moment."""

    cut: Cut
    provisional: bool = False


async def known(snapshot: Snapshot, cut: str, moment: datetime | None) -> Known:
    """The cut that a question names: a text, a moment, or neither for the present.

    Raises `TwoCuts`, `BadCut`, `CutAhead`, `NaiveMoment`.
    """
    if cut and moment is not None:
        raise TwoCuts
    if cut:
        return Known(_reached(snapshot, parse(cut)))
    if moment is not None:
        return await _known_at(snapshot, moment)
    return Known(snapshot.cut)


def _reached(snapshot: Snapshot, cut: Cut) -> Cut:
    lane = next(cut.beyond(snapshot.cut), None)
    if lane is not None:
        book = load()
        raise CutAhead("/".join(map(str, book.stream(lane))) if lane in book.lanes else str(lane))
    return cut


async def _known_at(snapshot: Snapshot, moment: datetime) -> Known:
    if moment.tzinfo is None:
        raise NaiveMoment(moment.isoformat())
    rows = await snapshot.connection.fetch(KNOWN_AT, moment)
    cut = Cut.of({row["lane"]: row["sequence"] for row in rows})
    book = load()
    numbers = [cut.at(lane) for lane in book.lanes]
    settled = await snapshot.connection.fetch(
        SETTLED, list(book.topics), list(book.topics.values()), moment, numbers
    )
    return Known(cut, provisional=len(settled) < len(book.lanes))


async def heads(snapshot: Snapshot, cut: Cut) -> dict[int, str]:
    """The chain at the last number of each lane, in lower-case hex: it stands for everything before it."""
    rows = await snapshot.connection.fetch(HEADS, list(cut.numbers))
    return {row["lane"]: row["chain"] for row in rows}
