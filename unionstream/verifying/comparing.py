"""One topic verified: its chains recomputed, and topic = log = trail, byte for byte."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from unionstream.verifying.chains import Chains, Difference, Numbered
from unionstream.verifying.checkpoints import Heads
from unionstream.verifying.databases import Databases, Key
from unionstream.verifying.records import Topic

Advance = Callable[[int, int], None]
"""Called with how many records were read, and of how many."""


@dataclass(frozen=True)
class Places:
    """The broker, the database of each service by its topic, and the projection's database.

    `keys` are the public keys of checkpoints, as lines of text; without any, checkpoints are not looked at.
    """

    kafka: str
    logs: dict[str, str]
    trail: str
    keys: tuple[str, ...] = ()


@dataclass
class Verdict:
    """What was found. `unsent` are in the log and not yet on the topic, `unread` not yet in the trail."""

    topic: str
    records: int = 0
    events: int = 0
    repeats: int = 0
    streams: int = 0
    logged: int = 0
    trailed: int = 0
    unsent: int = 0
    unread: int = 0
    checkpoints: int = 0
    differences: list[Difference] = field(default_factory=list)


async def verify(topic: Topic, known: Databases, advance: Advance, heads: Heads | None = None) -> Verdict:
    """Read the topic once and compare as it goes; ends that move meanwhile are no differences."""
    # What the log and the trail held before reading must be there; what comes later may or may not be.
    sent = {stream: end.relayed for stream, end in (await known.log_ends()).items()}
    trailed_before = {stream: last for stream, (last, _) in (await known.trail_ends()).items()}
    signed = heads or Heads(topic.name)
    chains = Chains(topic.name, 1)
    async for batch in topic.read():
        chains.partitions = topic.partitions or 1
        numbered = [each for each in map(chains.take, batch) if each is not None]
        await _compare(known, numbered, chains.differences)
        for each in numbered:
            signed.compare(each.stream, each.sequence, each.chain, "the topic")
        advance(chains.records, topic.length)
    chains.finish()
    _compare_ends(chains, sent, trailed_before)
    await _compare_heads(known, chains, signed)
    verdict = await _verdict(topic, known, chains)
    verdict.checkpoints = signed.notes
    return verdict


async def _compare_heads(known: Databases, chains: Chains, signed: Heads) -> None:
    """Log and trail against what was signed, also where the topic has lost it."""
    keys: list[Key] = sorted((stream, number) for stream, heads in signed.chains.items() for number in heads)
    logged, trailed = await known.logged(keys), await known.trailed(keys)
    for key in keys:
        if key in logged:
            signed.compare(*key, logged[key].chain, "the log")
        if key in trailed:
            signed.compare(*key, trailed[key], "the trail")
    signed.beyond({stream: last for stream, (last, _) in chains.links.items()}, "the topic")
    signed.beyond({stream: end.last for stream, end in (await known.log_ends()).items()}, "the log")
    chains.differences.extend(signed.differences)


async def _compare(known: Databases, numbered: Sequence[Numbered], differences: list[Difference]) -> None:
    keys: list[Key] = sorted({(each.stream, each.sequence) for each in numbered})
    if not keys:
        return
    logged, trailed = await known.logged(keys), await known.trailed(keys)
    for each in numbered:
        key = each.stream, each.sequence
        log, trail = logged.get(key), trailed.get(key)
        if log is None:
            differences.append(Difference(*key, "is on the topic, and the log does not have it"))
        elif (log.value, log.chain, log.sequenced) != (each.value, each.chain, each.sequenced):
            differences.append(Difference(*key, _which(each, log.value, log.chain)))
        if trail is not None and trail != each.chain:
            differences.append(Difference(*key, "the trail has another chain"))


def _which(each: Numbered, value: bytes, chain: bytes) -> str:
    again = " (sent again)" if each.repeat else ""
    if value != each.value:
        return f"the log has other bytes{again}"
    return f"the log has another {'chain' if chain != each.chain else 'time of numbering'}{again}"


def _compare_ends(chains: Chains, sent: dict[int, int], trailed: dict[int, int]) -> None:
    for stream, number in sorted(sent.items()):
        if number > chains.last(stream):
            what = f"was relayed by the log's account, and the topic ends at {chains.last(stream)}"
            chains.differences.append(Difference(stream, number, what))
    for stream, number in sorted(trailed.items()):
        if number > chains.last(stream):
            what = f"is in the trail, and the topic ends at {chains.last(stream)}"
            chains.differences.append(Difference(stream, number, what))


async def _verdict(topic: Topic, known: Databases, chains: Chains) -> Verdict:
    log_ends, trail_ends = await known.log_ends(), await known.trail_ends()
    differences = chains.differences
    for stream, end in sorted(log_ends.items()):
        if end.numbers != end.last or end.last != end.head:
            differences.append(Difference(stream, end.head, f"the log has {end.numbers} numbers"))
    for stream, (last, numbers) in sorted(trail_ends.items()):
        if numbers != last:
            differences.append(Difference(stream, last, f"the trail has {numbers} events up to it"))
    if lost := await known.lost():
        differences.append(Difference(-1, 0, f"{lost} events of the log have no number and wait for none"))
    events = sum(number for number, _ in chains.links.values())
    return Verdict(
        topic=topic.name,
        records=chains.records,
        events=events,
        repeats=chains.repeats,
        streams=len(chains.links),
        logged=sum(end.numbers for end in log_ends.values()),
        trailed=sum(numbers for _, numbers in trail_ends.values()),
        unsent=sum(max(0, end.last - chains.last(stream)) for stream, end in log_ends.items()),
        unread=sum(
            max(0, number - trail_ends.get(stream, (0, 0))[0]) for stream, (number, _) in chains.links.items()
        ),
        differences=differences,
    )
