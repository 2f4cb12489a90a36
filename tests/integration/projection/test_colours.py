"""Two colours: the other one is built from the same records, compared at one cut, and then answers."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta

import asyncpg
import pytest
from prometheus_client import REGISTRY

from services.projection.catalogue import load
from services.projection.colours.frame import Name, active, emitting, lay, of_colour
from services.projection.colours.rebuilding import (
    NothingToGoBackTo,
    Rebuild,
    RebuildUnderWay,
    alone,
    chosen,
    forget,
)
from services.projection.colours.watching import Watching
from services.projection.queries.snapshot import snapshot
from services.projection.writer import Writer
from shared.clock import business_date, utc_now
from shared.database import Connection, Pool
from shared.reading import progress
from shared.reading.incoming import Incoming
from shared.reading.take import Intake
from tests.support.province import Province
from tests.support.world import PARTITIONS, World, world

ASIDE = "SELECT name, stage FROM public.colour ORDER BY name"


@pytest.fixture
async def province(database: str) -> AsyncIterator[Province]:
    async with world(database) as made:
        story = Province(made)
        story.found()
        story.joins("a", "mill", "2010-02-10", sex="female")
        story.pays("mill", "2010-02-10", 75_861_200)
        await made.settle()
        yield story


@asynccontextmanager
async def session(url: str) -> AsyncIterator[Connection]:
    connection = await asyncpg.connect(url)
    try:
        yield connection
    finally:
        await connection.close()


def records_of(world: World) -> list[Incoming]:
    return [record for ledger in world.ledgers.values() for record in ledger.records]


async def deliver(pool: Pool, records: Sequence[Incoming]) -> None:
    async with pool.acquire() as connection:
        await progress.prepare(connection, load().topics)
        await Intake(PARTITIONS, Writer(pool, load())).take(connection, records)


async def begun(world: World, *, back: bool = False) -> tuple[Name, Name]:
    async with alone(world.url) as connection:
        return await chosen(connection, back=back)


async def rebuilt(
    world: World, records: Sequence[Incoming] = (), *, back: bool = False, switching: bool = False
) -> int:
    """A rebuild fed with these records, by default with all that the streams hold."""

    async def feed(pool: Pool) -> None:
        await deliver(pool, records or records_of(world))
        await asyncio.Event().wait()

    async with asyncio.timeout(60):
        return await Rebuild(world.url, await begun(world, back=back), feed, switching=switching).run()


async def answering(world: World) -> tuple[str, int]:
    """The schema a question is answered from, and the events that its answer rests on."""
    async with snapshot(world.pool, utc_now) as moment:
        schema = await moment.connection.fetchval("SELECT current_schema()")
        return schema, sum(moment.cut.numbers)


def lines(told: str, kind: str) -> list[dict[str, object]]:
    said = [json.loads(line) for line in told.splitlines() if line.startswith("{")]
    return [each for each in said if each["kind"] == kind]


async def test_a_colour_built_from_the_same_records_is_equal_and_answers_from_then_on(
    province: Province, capsys: pytest.CaptureFixture[str]
) -> None:
    world = province.world
    before = await answering(world)
    assert await rebuilt(world) == 0
    assert before[0] == "blue"
    assert await answering(world) == ("green", before[1])
    told = capsys.readouterr().out
    assert lines(told, "difference") == []
    assert lines(told, "progress")[-1] == {"kind": "progress", "step": "compare", "done": 1, "of": 1}
    async with session(world.url) as fresh:  # also people and backups find the active colour
        assert await fresh.fetchval("SELECT current_schema()") == "green"
        assert [tuple(row) for row in await fresh.fetch(ASIDE)] == [("blue", "kept"), ("green", "active")]


async def test_another_fold_is_told_event_by_event_and_does_not_answer_until_accepted(
    province: Province, capsys: pytest.CaptureFixture[str]
) -> None:
    world = province.world
    async with session(world.url) as connection:  # what an older release had counted otherwise
        await connection.execute("ALTER TABLE fact DISABLE TRIGGER append_only")
        await connection.execute("UPDATE fact SET amount = amount + 5 WHERE amount = 75861200")
    assert await rebuilt(world) == 1
    assert (await answering(world))[0] == "blue"
    told = lines(capsys.readouterr().out, "difference")
    assert {each["where"] for each in told} == {told[0]["where"]}
    assert {each["what"] for each in told} == {"dues_received"}
    (dues,) = (each for each in told if each["what"] == "dues_received")
    assert (dues["old_amount"], dues["new_amount"]) == (75_861_205, 75_861_200)
    assert dues["events"] == [f"{dues['where']}#1"]
    assert await rebuilt(world, switching=True) == 0
    assert (await answering(world))[0] == "green"


async def test_cut_off_in_the_middle_it_goes_on_where_it_was(province: Province) -> None:
    world, records = province.world, records_of(province.world)
    _, new = await begun(world)
    async with asyncpg.create_pool(of_colour(world.url, new), min_size=0) as pool:
        await deliver(pool, records[:5])  # and then the process was gone
    assert await begun(world) == ("blue", new)
    assert await rebuilt(world, records) == 0
    async with session(of_colour(world.url, new)) as connection:
        assert await connection.fetchval("SELECT count(*) FROM trail") == len(records)


async def test_events_that_come_meanwhile_are_in_both(province: Province) -> None:
    world = province.world

    async def feed(pool: Pool) -> None:
        for person in range(20):
            province.joins(f"late {person}", "mill", "2010-03-01")
            await world.settle()
            await deliver(pool, records_of(world))
        await asyncio.Event().wait()

    async with asyncio.timeout(120):
        assert await Rebuild(world.url, await begun(world), feed, switching=False).run() == 0
    schema, events = await answering(world)
    assert schema == "green"
    assert events <= len(records_of(world))


async def test_back_to_the_colour_that_answered_before(province: Province) -> None:
    world = province.world
    with pytest.raises(NothingToGoBackTo):
        await begun(world, back=True)
    assert await rebuilt(world) == 0
    assert await rebuilt(world, back=True, switching=True) == 0
    assert (await answering(world))[0] == "blue"


async def test_one_rebuild_at_a_time(province: Province) -> None:
    async with alone(province.world.url):
        with pytest.raises(RebuildUnderWay):
            await begun(province.world)


async def test_only_the_active_colour_emits(province: Province) -> None:
    world = province.world
    assert await rebuilt(world) == 0
    for colour, may in (("blue", False), ("green", True)):
        name: Name = "blue" if colour == "blue" else "green"
        async with session(of_colour(world.url, name)) as connection:
            assert await emitting(connection) is may


async def test_a_colour_that_is_not_needed_can_be_forgotten(province: Province) -> None:
    world = province.world
    assert await rebuilt(world) == 0
    async with alone(world.url) as connection:
        await forget(connection)
        assert await active(connection) == "green"
        assert await connection.fetchval("SELECT to_regnamespace('blue')") is None
    assert (await answering(world))[0] == "green"


async def test_partitions_of_the_log_are_made_beside_it_by_any_session(province: Province) -> None:
    """Sessions look into the active colour first; the log that all colours share lies elsewhere."""
    homes = (
        "SELECT DISTINCT relnamespace::regnamespace::text FROM pg_class WHERE relname ~ '^event_log_[0-9]'"
    )
    async with session(province.world.url) as connection:
        assert await connection.fetchval("SELECT current_schema()") == await active(connection)
        later = business_date(utc_now()) + timedelta(days=40)
        await connection.execute("SELECT prepare_partitions($1)", later)
        assert [each[0] for each in await connection.fetch(homes)] == ["public"]


async def test_a_colour_that_is_just_being_made_does_not_stop_those_who_watch(province: Province) -> None:
    async with province.world.pool.acquire() as connection:
        await connection.execute(
            "INSERT INTO public.colour (name, stage, fold) VALUES ('green', 'building', 'another')"
        )
        await Watching().measure(connection)
    labels = {"colour": "green", "stage": "building"}
    assert REGISTRY.get_sample_value("unionstream_projection_colour", labels) == 1


async def test_the_event_log_stands_beside_the_colours(database: str) -> None:
    connection = await asyncpg.connect(database)
    await lay(connection)
    await connection.close()
    # As a relay finds it: with the tables of the active colour before those beside them.
    connection = await asyncpg.connect(database)
    try:
        await connection.execute("SELECT prepare_partitions($1)", date(2027, 1, 1))
        rows = await connection.fetch(
            "SELECT DISTINCT schemaname FROM pg_tables WHERE tablename LIKE 'event_log%'"
        )
    finally:
        await connection.close()
    assert [row["schemaname"] for row in rows] == ["public"]
