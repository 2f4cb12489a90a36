"""Where a partition goes on: after the lower of mark and topic, if the topic tells the log's story."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from shared.database import Connection, Pool
from shared.errors import Problem
from shared.log.route import Route
from shared.log.tail import Seen, read_tail
from shared.logs import log

Marks = dict[int, int]

HEADS = "SELECT stream, sequence, relayed FROM stream_head WHERE stream = ANY ($1::smallint[])"

CHAINS = """
SELECT n.stream, n.sequence, n.chain FROM unnest($1::smallint[], $2::bigint[]) AS w(stream, sequence)
JOIN event_number n USING (stream, sequence)"""

LOWER = """
UPDATE stream_head AS h SET relayed = w.relayed
FROM unnest($1::smallint[], $2::bigint[]) AS w(stream, relayed)
WHERE h.stream = w.stream"""

LOCK = "SELECT FROM stream_head WHERE stream = ANY ($1::smallint[]) ORDER BY stream FOR UPDATE"


class Fork(Problem):
    """Topic and event log tell different stories; nothing is sent until a person has decided which holds."""

    code = "fork"


@dataclass(frozen=True, slots=True)
class _Story:
    """What a reader of one stream would have got from the records seen: up to `reached`, without a hole."""

    reached: Seen
    highest: Seen

    @classmethod
    def of(cls, seen: Sequence[Seen]) -> "_Story":
        reached = seen[0]
        for each in seen[1:]:
            if each.sequence > reached.sequence + 1:
                break  # a hole: what follows it will be sent again
            reached = max(reached, each, key=lambda s: s.sequence)
        return cls(reached, max(seen, key=lambda s: s.sequence))


async def starting_marks(pool: Pool, route: Route, partition: int, *, before: int | None = None) -> Marks:
    """For each stream of the partition the number after which to go on; marks above it are taken back.

    Raises `Fork` when the topic is ahead of the log or differs from it, `BrokerTrouble` when it cannot be
    read. `before` looks at the topic as it was before that offset.
    """
    # The topic first: what it holds was numbered before it was sent, so the log read afterwards must know it.
    stories = _stories(await read_tail(route, partition, before=before))
    streams = route.streams(partition)
    async with pool.acquire() as connection:
        heads = {row["stream"]: row for row in await connection.fetch(HEADS, streams)}
        for stream, story in stories.items():
            if stream not in heads:
                raise _foreign(route, partition, stream)
            if story.highest.sequence > heads[stream]["sequence"]:
                raise _ahead(route, story.highest, heads[stream]["sequence"])
        await _compare(connection, route, stories)
        marks = {
            s: min(heads[s]["relayed"], stories[s].reached.sequence if s in stories else 0) for s in streams
        }
        await _take_back(connection, route, marks, {s: heads[s]["relayed"] for s in streams})
    return marks


def _stories(seen: Sequence[Seen]) -> dict[int, _Story]:
    by_stream = groupby(
        sorted(seen, key=lambda s: s.stream), key=lambda s: s.stream
    )  # stable: offsets stay in order
    return {stream: _Story.of(list(group)) for stream, group in by_stream}


async def _compare(connection: Connection, route: Route, stories: Mapping[int, _Story]) -> None:
    seen = list({each for story in stories.values() for each in (story.reached, story.highest)})
    rows = await connection.fetch(CHAINS, [each.stream for each in seen], [each.sequence for each in seen])
    known = {(row["stream"], row["sequence"]): row["chain"] for row in rows}
    for each in seen:
        if known.get((each.stream, each.sequence)) != each.chain:
            raise _differs(route, each)


async def _take_back(connection: Connection, route: Route, marks: Marks, before: Marks) -> None:
    lower = {stream: mark for stream, mark in marks.items() if mark < before[stream]}
    if not lower:
        return
    log.warning(
        "topic-behind-log", topic=route.topic, marks={s: [before[s], mark] for s, mark in lower.items()}
    )
    async with connection.transaction():
        await connection.execute(LOCK, list(lower))
        await connection.execute(LOWER, list(lower), list(lower.values()))


def _ahead(route: Route, topic: Seen, log_head: int) -> Fork:
    return Fork(
        f"stream {topic.stream} of {route.topic} holds number {topic.sequence},"
        f" the log has given only {log_head}: the database was restored to an earlier moment,"
        " or this is not its topic",
        field=f"{route.topic}/{topic.stream}",
        value=str(topic.sequence),
        remedy="restore a copy of the database that holds these numbers; if there is none, give this service"
        " a new topic: its log is sent there from number 1, and readers are rebuilt from it",
    )


def _differs(route: Route, topic: Seen) -> Fork:
    return Fork(
        f"number {topic.sequence} in stream {topic.stream} of {route.topic} has another chain in the log:"
        " two databases have written to this topic",
        field=f"{route.topic}/{topic.stream}",
        value=str(topic.sequence),
        remedy="find out which database readers have followed and run the relay on that one only; else give"
        " this service a new topic and rebuild readers from it",
    )


def _foreign(route: Route, partition: int, stream: int) -> Fork:
    return Fork(
        f"partition {partition} of {route.topic} holds a record that is not of its streams (stream {stream})",
        field=f"{route.topic}/{partition}",
        value=str(stream),
        remedy="check the number of partitions in the settings, and that nobody else writes to this topic",
    )
