"""What is to be done with the records of one stream. Pure: no database, no broker, no clock."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from types import MappingProxyType

from shared.reading.incoming import Incoming
from shared.streams import first_link

DAWN = datetime.min.replace(tzinfo=UTC)  # before anything was numbered
GAP = "gap"
FORK = "fork"
NOTHING_KNOWN: Mapping[int, bytes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a stream has been applied.

    `offset` is a hint: the newest record applied in the stream's partition when this stream was last known to
    be whole; reading on from there misses nothing as long as the topic is the same.
    """

    topic: str
    stream: int
    sequence: int
    chain: bytes
    sequenced: datetime
    offset: int
    halted: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """`progress` after `accepted`, its offset not moved yet; `furthest` is the highest number that came."""

    progress: Progress
    accepted: Sequence[Incoming]
    repeats: int = 0
    furthest: int = 0


def judge(
    progress: Progress, records: Sequence[Incoming], known: Mapping[int, bytes] = NOTHING_KNOWN
) -> Judgement:
    """Accept what continues the stream, drop repeats, leave alone what comes after a hole, stop at a fork.

    Records of one stream, in the order of their offsets. A stream halted by a gap goes on when the missing
    number comes; one halted for another reason stays.
    """
    if progress.halted not in {"", GAP}:
        return Judgement(progress, ())
    links = {**known, 0: first_link(progress.topic, progress.stream), progress.sequence: progress.chain}
    last, accepted, repeats, furthest = progress, list[Incoming](), 0, 0
    sequence, sequenced, forked = last.sequence, last.sequenced, False
    for record in records:
        number = record.sequence
        furthest = max(furthest, number)
        if number > sequence + 1:
            continue
        if number <= sequence:
            repeats += 1
            forked = not _same(record, links)
        else:
            forked = record.link(links[sequence]) != record.chain or record.sequenced < sequenced
        if forked:
            break
        if number == sequence + 1:
            accepted.append(record)
            sequence, sequenced, links[number] = number, record.sequenced, record.chain
    halted = FORK if forked else "" if accepted else progress.halted
    moved = replace(progress, sequence=sequence, chain=links[sequence], sequenced=sequenced, halted=halted)
    return Judgement(moved, accepted, repeats, furthest)


def _same(record: Incoming, links: Mapping[int, bytes]) -> bool:
    known, previous = links.get(record.sequence), links.get(record.sequence - 1)
    if known is not None and known != record.chain:
        return False
    return previous is None or record.link(previous) == record.chain
