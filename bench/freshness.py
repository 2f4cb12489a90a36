"""From a command to the figure that shows it, at a steady hundred commands a second.

The services run as they do embedded: one process for each, with all its roles. Commands are receipts of
dues, sent at fixed moments whether or not earlier ones have been answered. Meanwhile one reader asks
GET /v1/figures again and again. Every answer names its cut, a number per stream; a command is visible with
the first answer whose cut includes its event. So the time between two questions is part of what is told.
"""

from __future__ import annotations

import asyncio
import random
import time
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import asyncpg

from bench.lean import Client, Refusal, client
from bench.province import Made, figure, make, until
from bench.room import Room
from bench.table import Line, Result
from services.projection import catalogue
from services.projection.queries.cut import Cut, parse

RATE = 100
AIM_MS = 250
CONNECTIONS = 16
QUESTION_SECONDS = 0.01
TOPIC = "union.finance"

NUMBERS = """
SELECT convert_from(l.value, 'UTF8')::jsonb -> 'data' ->> 'receipt' AS receipt, n.stream, n.sequence,
       extract(epoch FROM n.sequenced)::float8 AS numbered
FROM event_number AS n JOIN event_log AS l USING (position)"""


@dataclass
class Sent:
    """One command: when it was due, when it was acknowledged, and its receipt."""

    due: float
    acknowledged: float
    receipt: str


@dataclass
class Seen:
    """Answers to the question, in order: when each arrived, and its cut."""

    moments: list[float] = field(default_factory=list)
    cuts: list[Cut] = field(default_factory=list)

    def first_with(self, lane: int, sequence: int) -> float:
        """When the first answer arrived that knew this event."""
        return self.moments[bisect_left(self.cuts, sequence, key=lambda cut: cut.at(lane))]


async def run(room: Room) -> Result:
    """A small province, then the stream of commands; checks that the figure is right at the end."""
    stack = room.stack
    async with (
        client(stack, "membership", 2) as membership,
        client(stack, "finance", CONNECTIONS) as finance,
        client(stack, "projection", 2) as projection,
    ):
        made = await make(membership, towns=10, unions=200)
        await until(lambda: _takes(finance, projection, made))
        before = await figure(projection, made.top, "dues_received")
        seen = Seen()
        asking = asyncio.create_task(_ask(projection, made.top, seen))
        sent = await _send(finance, made.unions, room.of(30, 10))
        await until(lambda: _shown(projection, made.top, before + len(sent)))
        await asyncio.sleep(10 * QUESTION_SECONDS)
        asking.cancel()
        await asyncio.gather(asking, return_exceptions=True)
    return _told(sent, seen, await _numbers(stack.database_url("finance")))


async def _takes(finance: Client, projection: Client, made: Made) -> bool:
    """Whether finance knows the last union, and the figures count a receipt of it."""
    try:
        await _pay(finance, made.unions[-1])
        return await figure(projection, made.top, "dues_received") > 0
    except Refusal:
        return False


async def _pay(finance: Client, union: str) -> str:
    body = {
        "union": union,
        "channel": "own",
        "period": "2025-06",
        "amount_fen": 1,
        "received_on": "2025-06-30",
    }
    receipt: str = (await finance.post("/v1/dues/receipts", body))["id"]
    return receipt


async def _send(finance: Client, unions: Sequence[str], seconds: int) -> list[Sent]:
    start, chosen = time.time() + 0.1, random.Random(7)

    async def one(number: int) -> Sent:
        due = start + number / RATE
        await asyncio.sleep(due - time.time())
        receipt = await _pay(finance, chosen.choice(unions))
        return Sent(due, time.time(), receipt)

    return list(await asyncio.gather(*(one(number) for number in range(seconds * RATE))))


async def _ask(projection: Client, unit: str, seen: Seen) -> None:
    path = f"/v1/figures?unit={unit}&figure=dues_received&from=2025-01-01&to=2025-12-31"
    while True:
        answer = await projection.get(path)
        seen.moments.append(time.time())
        seen.cuts.append(parse(answer["cut"]))
        await asyncio.sleep(QUESTION_SECONDS)


async def _shown(projection: Client, unit: str, fen: int) -> bool:
    return await figure(projection, unit, "dues_received") >= fen


async def _numbers(url: str) -> dict[str, tuple[int, int, float]]:
    """Lane and number of every receipt, and when it was given, from the log of finance."""
    book, connection = catalogue.load(), await asyncpg.connect(url)
    try:
        rows = await connection.fetch(NUMBERS)
    finally:
        await connection.close()
    return {
        row["receipt"]: (book.lane(TOPIC, row["stream"]), row["sequence"], row["numbered"]) for row in rows
    }


def _told(sent: Sequence[Sent], seen: Seen, numbers: dict[str, tuple[int, int, float]]) -> Result:
    given = [numbers[each.receipt] for each in sent]
    moments = [seen.first_with(lane, sequence) for lane, sequence, _ in given]
    answered = _spans((each.due, each.acknowledged) for each in sent)
    numbered = _spans((each.due, when) for each, (_, _, when) in zip(sent, given, strict=True))
    visible = _spans((each.due, shown) for each, shown in zip(sent, moments, strict=True))
    gaps = sorted((b - a) * 1000 for a, b in zip(seen.moments, seen.moments[1:], strict=False))
    lines = [
        *_percentiles("command answered", answered),
        *_percentiles("event numbered", numbered)[:2],
        *_percentiles("figure shows it", visible, aim=f"< {AIM_MS} ms"),
    ]
    notes = [
        f"{len(sent):,} receipts at {RATE} a second; every one was counted in the figure.",
        f"Between two questions of the one who looks: {gaps[len(gaps) // 2]:.0f} ms (median).",
    ]
    return Result("Freshness: from command to figure", lines, notes)


def _spans(pairs: Iterable[tuple[float, float]]) -> list[float]:
    """Milliseconds from the one to the other, the shortest first."""
    return sorted((end - begin) * 1000 for begin, end in pairs)


def _percentiles(what: str, ordered: Sequence[float], aim: str = "") -> list[Line]:
    def at(share: float) -> float:
        return ordered[min(len(ordered) - 1, int(len(ordered) * share))]

    return [
        Line(f"{what}, p50", "ms", [at(0.5)]),
        Line(f"{what}, p99", "ms", [at(0.99)], aim=aim),
        Line(f"{what}, longest", "ms", [ordered[-1]]),
    ]
