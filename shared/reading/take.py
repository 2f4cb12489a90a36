"""One batch into the database, in one transaction: locked, judged, moved on, applied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType

from shared.database import Connection
from shared.reading import progress as rows
from shared.reading.incoming import Apply, Incoming, KnownChain
from shared.reading.judging import FORK, NOTHING_KNOWN, Judgement, Progress, judge
from shared.reading.progress import Key
from shared.streams import STREAMS, partition_of

Place = tuple[str, int]  # topic, partition
NOTHING_HELD: Mapping[Key, int] = MappingProxyType({})


@dataclass
class Taken:
    """What became of a batch: counts by topic; per stream in it, its progress and the highest number seen."""

    accepted: dict[str, int] = field(default_factory=dict)
    repeats: dict[str, int] = field(default_factory=dict)
    seen: list[tuple[Progress, int]] = field(default_factory=list)
    forked: list[Progress] = field(default_factory=list)


@dataclass(frozen=True)
class Intake:
    """How the records of a reader are taken: `partitions` of every topic, and the owner's functions."""

    partitions: int
    apply: Apply
    known: KnownChain | None = None

    async def take(
        self, connection: Connection, records: Sequence[Incoming], holding: Mapping[Key, int] = NOTHING_HELD
    ) -> Taken:
        """Apply every record that continues its stream, exactly once, whatever came twice or elsewhere.

        One transaction, or a savepoint in the caller's; needs the rows of `prepare`. `holding` are streams
        known to lack numbers, with the highest one seen: their offset stays until they get there. Raises what
        `apply` raises, nothing done.
        """
        by_stream: dict[Key, list[Incoming]] = {}
        for record in records:
            by_stream.setdefault((record.topic, record.stream), []).append(record)
        async with connection.transaction():
            before = await rows.lock(connection, _neighbours(by_stream, self.partitions))
            judged = {
                key: judge(before[key], each, await self._known(connection, before[key], each))
                for key, each in by_stream.items()
            }
            after = _after(before, judged, self.partitions, holding)
            if changed := [each for key, each in after.items() if each != before[key]]:
                await rows.save(connection, changed)
            if accepted := [record for judgement in judged.values() for record in judgement.accepted]:
                await self.apply(connection, accepted)
        return _told(before, after, judged)

    async def _known(
        self, connection: Connection, progress: Progress, records: Sequence[Incoming]
    ) -> Mapping[int, bytes]:
        old = {record.sequence for record in records if record.sequence <= progress.sequence}
        if self.known is None or not old:
            return NOTHING_KNOWN
        wanted = sorted(old | {each - 1 for each in old})
        return await self.known(connection, progress.topic, progress.stream, wanted)


def _neighbours(keys: Iterable[Key], partitions: int) -> list[Key]:
    """All streams of the partitions that these streams are in."""
    places = {(topic, partition_of(stream, partitions)) for topic, stream in keys}
    return [(topic, stream) for topic, first in places for stream in range(first, STREAMS, partitions)]


def _after(
    before: Mapping[Key, Progress],
    judged: Mapping[Key, Judgement],
    partitions: int,
    holding: Mapping[Key, int],
) -> dict[Key, Progress]:
    """Every stream of a partition that is not behind has seen all up to the newest record applied there."""
    reached: dict[Place, int] = {}
    for (topic, stream), judgement in judged.items():
        for record in judgement.accepted:
            place = (topic, partition_of(stream, partitions))
            reached[place] = max(record.offset, reached.get(place, -1))
    after = {}
    for key, progress in before.items():
        judgement = judged.get(key, Judgement(progress, ()))
        moved = judgement.progress
        waits = moved.halted or moved.sequence < max(judgement.furthest, holding.get(key, 0))
        offset = reached.get((key[0], partition_of(key[1], partitions)))
        after[key] = moved if waits or offset is None else replace(moved, offset=offset)
    return after


def _told(
    before: Mapping[Key, Progress], after: Mapping[Key, Progress], judged: Mapping[Key, Judgement]
) -> Taken:
    taken = Taken()
    for key, judgement in judged.items():
        topic, progress = key[0], after[key]
        taken.accepted[topic] = taken.accepted.get(topic, 0) + len(judgement.accepted)
        taken.repeats[topic] = taken.repeats.get(topic, 0) + judgement.repeats
        taken.seen.append((progress, judgement.furthest))
        if progress.halted == FORK and before[key].halted != FORK:
            taken.forked.append(progress)
    return taken
