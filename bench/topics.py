"""Events on their topics, numbered and chained, sent the way the relay sends them."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from itertools import islice

from shared.clock import utc_now
from shared.envelope import Recorded, encode
from shared.log.producing import Numbered, Producing, producing
from shared.log.route import Route
from shared.streams import first_link, next_link, partition_of, stream_of

AT_ONCE = 20_000


@dataclass
class Ledger:
    """The heads of one topic's streams."""

    topic: str
    heads: dict[int, tuple[int, bytes]] = field(default_factory=dict)

    def number(self, stream: int, value: bytes) -> Numbered:
        """The event with its number and link."""
        last, link = self.heads.get(stream, (0, first_link(self.topic, stream)))
        now = utc_now()
        chain = next_link(link, last + 1, now, value)
        self.heads[stream] = (last + 1, chain)
        return Numbered(stream, last + 1, now, chain, value)


@dataclass
class Topics:
    """What stands on the topics after `fill`."""

    kafka: str
    partitions: int
    names: tuple[str, ...]
    events: int = 0
    bytes: int = 0

    async def fill(self, history: Iterable[Recorded]) -> None:
        """Number, chain and send all of it; returns when the broker has confirmed the last."""
        ledgers = {name: Ledger(name) for name in self.names}
        rest = iter(history)
        async with AsyncExitStack() as open_until_done:
            lanes = {
                (name, partition): await open_until_done.enter_async_context(
                    producing(Route(name, self.kafka, self.partitions), partition)
                )
                for name in self.names
                for partition in range(self.partitions)
            }
            while chunk := self._numbered(ledgers, rest):
                await asyncio.gather(*(_send(lanes[lane], records) for lane, records in chunk.items()))

    def _numbered(
        self, ledgers: dict[str, Ledger], rest: Iterator[Recorded]
    ) -> dict[tuple[str, int], list[Numbered]]:
        chunk: dict[tuple[str, int], list[Numbered]] = {}
        for recorded in islice(rest, AT_ONCE):
            value = encode(recorded)
            topic, stream = f"union.{recorded.event.service}", stream_of(str(recorded.place.key))
            lane = topic, partition_of(stream, self.partitions)
            chunk.setdefault(lane, []).append(ledgers[topic].number(stream, value))
            self.events += 1
            self.bytes += len(value)
        return chunk


async def _send(lane: Producing, records: list[Numbered]) -> None:
    start = 0
    while start < len(records):
        # no more than fits: appending what is left over again would be done over and over
        count, _ = await lane.send(records[start : start + 2000])
        start += count
