"""What a topic holds and its event log does not: kept in a file before the topic is made anew.

So it is after a database was restored to an earlier moment. The events are told again by hand or by script
from the file; as evidence they have their numbers and chains, for which signed checkpoints may vouch.
"""

from pathlib import Path

from pydantic_core import to_json

from shared.database import Pool
from shared.log.route import Route
from shared.log.whole import records_of
from shared.logs import log
from shared.reading.incoming import Incoming
from shared.reporting import report

KNOWN = """
SELECT n.stream, n.sequence, n.chain FROM unnest($1::smallint[], $2::bigint[]) AS w(stream, sequence)
JOIN event_number AS n USING (stream, sequence)"""


async def save_lost(pool: Pool, route: Route, file: Path) -> int:
    """Write every such record, a JSON object a line; returns how many. The file must not exist."""
    seen, count = set[tuple[int, int]](), 0
    with file.open("xb") as out:
        for partition in range(route.partitions):
            async for records in records_of(route, partition):
                for each in await _unknown(pool, records):
                    if (each.stream, each.sequence) not in seen:
                        seen.add((each.stream, each.sequence))
                        out.write(_line(each))
                        count += 1
    log.warning("lost_from_the_log", topic=route.topic, events=count, file=str(file))
    report("lost", topic=route.topic, events=count, file=str(file))
    return count


async def _unknown(pool: Pool, records: list[Incoming]) -> list[Incoming]:
    rows = await pool.fetch(KNOWN, [each.stream for each in records], [each.sequence for each in records])
    known = {(row["stream"], row["sequence"]): row["chain"] for row in rows}
    return [each for each in records if known.get((each.stream, each.sequence)) != each.chain]


def _line(each: Incoming) -> bytes:
    said = {
        "topic": each.topic,
        "stream": each.stream,
        "sequence": each.sequence,
        "sequenced": each.stamp.decode(),
        "chain": each.chain.hex(),
        "value": each.value.decode(errors="replace"),
    }
    return to_json(said) + b"\n"
