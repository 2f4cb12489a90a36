"""The job `rebuild`: the other colour is brought up beside the active one, compared, and switched to.

Cut off anywhere, it takes up where it was when it is started again: what has been read stays in the colour.
"""

import argparse
import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import asyncpg

from services.projection.colours import frame
from services.projection.colours.comparing import Difference, differences, positions, rolled_differences
from services.projection.colours.fingerprint import fingerprint
from services.projection.colours.frame import COLOURS, Name, active, of_colour
from services.projection.colours.rolling import CappedRoller, capped_roller
from services.projection.handlers import reader_of
from services.projection.letters.bursts import admitted
from services.projection.letters.dropping import apply_drops
from services.projection.settings import ProjectionSettings
from shared.database import Connection, Pool, open_pool
from shared.errors import Refused
from shared.log.together import together
from shared.logs import log
from shared.reading.patience import patiently
from shared.reporting import progress, report

Feed = Callable[[Pool], Coroutine[Any, Any, None]]

NEAR_EVENTS = 2000
NAMED = 40
LOOK_SECONDS = 0.2

ONE_AT_A_TIME = "SELECT pg_try_advisory_lock(hashtext('projection'), hashtext('rebuild'))"
STANDING = "SELECT name, stage, fold FROM public.colour WHERE stage <> 'active'"
BEGIN = "INSERT INTO public.colour (name, stage, fold) VALUES ($1, 'building', $2)"
# Streams that were read to their end after that moment, and where the end was.
ENDED = """
SELECT (t.number * 24 + p.stream)::smallint AS lane, p.sequence
FROM stream_progress AS p JOIN topic AS t ON t.name = p.topic WHERE p.end_reached > $1"""
SWITCH = "UPDATE public.colour SET stage = $2 WHERE name = $1"


class NothingToGoBackTo(Refused):
    """There is no colour that answered before."""

    code = "nothing-to-go-back-to"


class RebuildUnderWay(Refused):
    """Another rebuild runs on this database."""

    code = "rebuild-under-way"


@dataclass(frozen=True)
class Wish:
    """What was asked for: `back` to the colour kept, `accept` differences, `forget` the standing colour."""

    back: bool
    accept: bool
    forget: bool

    @classmethod
    def of(cls, arguments: Sequence[str]) -> "Wish":
        """From the command line of the job."""
        parser = argparse.ArgumentParser(prog="rebuild")
        parser.add_argument("--back", action="store_true", help="return to the colour that answered before")
        parser.add_argument("--accept-differences", dest="accept", action="store_true")
        parser.add_argument("--forget", action="store_true", help="drop the colour that does not answer")
        return cls(**vars(parser.parse_args(arguments)))


async def rebuild(settings: ProjectionSettings, arguments: Sequence[str]) -> int:
    """0: switched (or forgotten). 1: the colours differ, and the active one goes on answering."""
    wish, url = Wish.of(arguments), settings.database_url.get_secret_value()
    async with alone(url) as connection:
        await frame.lay(connection)
        if wish.forget:
            await forget(connection)
            return 0
        old, new = await chosen(connection, back=wish.back)
    own = settings.model_copy(update={"instance": f"rebuild-{settings.instance}"})

    async def feed(pool: Pool) -> None:
        await reader_of(pool, own, new, await patiently(pool, admitted, "projection")).run()

    return await Rebuild(url, (old, new), feed, switching=wish.accept or wish.back).run()


@asynccontextmanager
async def alone(url: str) -> AsyncIterator[Connection]:
    """A session that holds the lock of rebuilds; raises `RebuildUnderWay`."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        if not await connection.fetchval(ONE_AT_A_TIME):
            raise RebuildUnderWay("a rebuild runs already", remedy="wait for it, or end its process")
        yield connection
    finally:
        await connection.close()


async def forget(connection: Connection) -> None:
    """Drop the colour that does not answer, if there is one."""
    for row in await connection.fetch(STANDING):
        async with connection.transaction():
            await connection.execute("DELETE FROM public.colour WHERE name = $1", row["name"])
            await connection.execute(f"DROP SCHEMA {row['name']} CASCADE")
        log.info("colour_forgotten", colour=row["name"])
        report("done", forgotten=row["name"])


async def chosen(connection: Connection, *, back: bool) -> tuple[Name, Name]:
    """The active colour and the one to bring up, which is made where it has to be."""
    old = await active(connection)
    new = COLOURS[1 - COLOURS.index(old)]
    standing = await connection.fetchrow(STANDING)
    if back:
        if standing is None or standing["stage"] != "kept":
            raise NothingToGoBackTo(
                "no colour was kept", remedy="rebuild makes one; the one before is kept then"
            )
        return old, new
    if standing is None or (standing["stage"], standing["fold"]) != ("building", fingerprint()):
        await _begin(connection, new)
    return old, new


async def _begin(connection: Connection, new: Name) -> None:
    async with connection.transaction():
        await connection.execute("DELETE FROM public.colour WHERE name = $1", new)
        await connection.execute(f"DROP SCHEMA IF EXISTS {new} CASCADE")
        await connection.execute(BEGIN, new, fingerprint())
    await frame.migrate_colour(connection, new)
    log.info("rebuild_begins", colour=new, fold=fingerprint())


class Rebuild:
    """One rebuild, from the colours as they stand to the switch."""

    def __init__(self, url: str, colours: tuple[Name, Name], feed: Feed, *, switching: bool) -> None:
        """`colours`: the active one and the other; `feed` reads the streams into the other without end.

        `switching`: differences are told, and do not keep it from changing over.
        """
        self._old, self._new = colours
        self._urls = of_colour(url, self._old), of_colour(url, self._new)
        self._feed = feed
        self._switching = switching
        self._switched = False

    async def run(self) -> int:
        """0: switched. 1: they differ, and nothing has changed."""
        pool = await open_pool(self._urls[1], largest=4)
        try:
            async with alone(self._urls[0]):
                await together(self._feed(pool), self._bring_up())
        finally:
            pool.terminate()
        return 0 if self._switched else 1

    async def _bring_up(self) -> None:
        async with (
            capped_roller(self._urls[1]) as roller,
            _session(self._urls[0]) as old,
            _session(self._urls[1]) as new,
        ):
            await self._catch_up(roller, old, new)
            cut = await self._reach(roller, new, await positions(old))
            await apply_drops(new)
            progress("compare", 0, 1)
            found = await differences(old, new, {}, cut)
            progress("compare", 1, 1)
            if self._told(found) or self._switching:
                await self._switch(roller, old, new, cut)

    async def _catch_up(self, roller: CappedRoller, old: Connection, new: Connection) -> None:
        began = await new.fetchval("SELECT clock_timestamp()")
        while True:
            target = await positions(old)
            await roller.roll_to(target)
            have = await positions(new)
            # A stream that ends before the cut (its topic has lost what came after) will not get there.
            ended = {row["lane"]: row["sequence"] for row in await new.fetch(ENDED, began)}
            target = {lane: min(number, ended.get(lane, number)) for lane, number in target.items()}
            done, of = (
                _sum({lane: min(have.get(lane, 0), number) for lane, number in target.items()}),
                _sum(target),
            )
            progress("catch up", min(done, of), of)
            if of - done < NEAR_EVENTS:
                return
            await asyncio.sleep(LOOK_SECONDS)

    async def _reach(self, roller: CappedRoller, new: Connection, cut: dict[int, int]) -> dict[int, int]:
        """Stand at the cut, or at the end of a stream that holds less than the active colour has read."""
        asked = await new.fetchval("SELECT clock_timestamp()")
        while True:
            moved, have = await roller.roll_to(cut), await positions(new)
            short = {lane for lane, number in cut.items() if have.get(lane, 0) < number}
            ended = {row["lane"]: row["sequence"] for row in await new.fetch(ENDED, asked)}
            if all(ended.get(lane) == have.get(lane, 0) for lane in short):
                return {lane: min(number, have.get(lane, 0)) for lane, number in cut.items()}
            if not moved:
                await asyncio.sleep(LOOK_SECONDS)

    def _told(self, found: Sequence[Difference]) -> bool:
        """Whether both say the same; if not, what differs is said."""
        for each in found[:NAMED]:
            report("difference", **each.told())
        if found:
            log.warning("colours_differ", old=self._old, new=self._new, differences=len(found))
            report("differences", count=len(found), switching=self._switching)
        return not found

    async def _switch(
        self, roller: CappedRoller, old: Connection, new: Connection, since: dict[int, int]
    ) -> None:
        """While the turns of the active colour are held: both at its cut, compared there, changed over."""
        async with old.transaction():
            await old.execute("SELECT hold_turns()")
            cut = await self._reach(roller, new, await positions(old))
            await apply_drops(new)
            late = await differences(old, new, since, cut) + await rolled_differences(old, new)
            if not self._told(late) and not self._switching:
                return
            await old.execute("SELECT FROM public.colour FOR UPDATE")
            await old.execute(SWITCH, self._old, "kept")
            await old.execute(SWITCH, self._new, "active")
            await frame.make_default(old, self._new)
        self._switched = True
        log.info("colour_switched", old=self._old, new=self._new)
        report("done", active=self._new, kept=self._old)


@asynccontextmanager
async def _session(url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(url, timeout=10)
    try:
        yield connection
    finally:
        connection.terminate()


def _sum(cut: dict[int, int]) -> int:
    return sum(cut.values())
