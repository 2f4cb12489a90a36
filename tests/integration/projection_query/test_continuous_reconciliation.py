"""The slow look at everything: what does not agree stands until it agrees again; there is no false alarm."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import asyncpg
import httpx
import pytest
from structlog.testing import capture_logs

from services.projection.api import router
from services.projection.colours.frame import of_colour
from services.projection.colours.watching import Watching
from services.projection.metrics import DIFFERENCES, OLDEST_LOOK
from services.projection.reconciling.continuous import Reconciler, Superseded, step
from shared.database import Connection
from shared.http.app import application
from tests.integration.projection_query.test_reconciliation import declares
from tests.support.closing import Closer
from tests.support.province import Province
from tests.support.signing import known_tokens, signing_client
from tests.support.world import named

LATER = datetime(2010, 11, 1, 4, tzinfo=UTC)
PAST, YEAR = ("2009-01-01", "2009-12-31"), ("2010-01-01", "2010-12-31")
WRONG = "UPDATE rollup SET amount = amount + $1 WHERE amount = $2 AND grain = 0"
# Of this database, by whoever looks.
HELD = """
SELECT count(*) FROM pg_locks AS l JOIN pg_database AS d ON d.oid = l.database
WHERE l.locktype = 'advisory' AND l.granted AND d.datname = current_database()"""


@dataclass
class Looking:
    """Rounds in the year 2010, a day after each other."""

    province: Province
    connection: Connection
    now: datetime = LATER
    logged: list[dict[str, Any]] = field(default_factory=list)

    async def round(self) -> int:
        """One whole round; how many looks it took."""
        looks = 0
        self.now += timedelta(days=1)
        with capture_logs() as logged:
            while await step(self.province.world.pool, lambda: self.now, self.connection):
                looks += 1
        self.logged += map(dict, logged)
        return looks

    async def stands(self, unit: str = "", limit: int = 100) -> list[dict[str, Any]]:
        """All pages of what the projection answers."""
        found: list[dict[str, Any]] = []
        cursor = ""
        while True:
            asked = {"limit": limit, "cursor": cursor} | ({"unit": str(named(unit))} if unit else {})
            page = await self.asked(**asked)
            found += page["differences"]
            if not (cursor := page["next"]):
                return found

    async def asked(self, **query: Any) -> Any:
        app = application("Projection", [router(self.province.world.pool, lambda: self.now)], known_tokens())
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with signing_client(transport=transport, base_url="http://projection") as client:
            answer = await client.get("/v1/reconciliation/standing", params=query)
            assert answer.status_code == 200, answer.text
            return answer.json()

    async def damage(self, by: int, amount: int) -> None:
        """A roll-up that nobody added up."""
        await self.province.world.pool.execute(WRONG, by, amount)


@pytest.fixture
async def looking(province: Province) -> AsyncIterator[Looking]:
    connection = await asyncpg.connect(of_colour(province.world.url, "blue"))
    yield Looking(province, connection)
    await connection.close()


async def test_a_round_looks_at_every_union_with_others_below_on_every_line(
    province: Province, looking: Looking
) -> None:
    province.joins_line("dairy", "education", "east", "2010-02-01")
    province.moves("mill", "north", "south", "2010-06-01")
    declares(province, "forge", "members_joined", "0")
    await province.world.settle()
    assert await looking.round() == 10
    rows = await looking.connection.fetch(
        "SELECT l.subject, n.name, l.line, l.first_day FROM look AS l LEFT JOIN node AS n ON n.key = l.unit"
    )
    sums = {(row["name"], row["line"]) for row in rows if row["subject"] == "tree"}
    below = ("province", "prefecture", "east", "west", "north", "south", "mill")
    assert (
        {(name, 0) for name in below} | {("prefecture", 1), ("east", 1)}
        >= sums
        >= {(name, 0) for name in below}
    )
    assert ("east", 1) in sums
    assert {str(row["first_day"]) for row in rows if row["subject"] == "tree"} == {PAST[0], YEAR[0]}
    assert {row["name"] for row in rows if row["subject"] == "papers"} == {"forge"}
    assert await looking.stands() == []
    assert looking.logged == []


async def test_a_difference_stands_from_when_it_was_seen_until_it_is_gone(
    province: Province, looking: Looking
) -> None:
    province.pays("mill", "2010-04-01", 500)
    province.pays("dairy", "2009-04-01", 70)
    await province.world.settle()
    await looking.round()
    assert await looking.stands() == []
    await looking.damage(1, 500)
    await looking.damage(2, 70)
    await looking.round()
    first = {(each["unit"], each["from"]): each for each in await looking.stands()}
    assert set(first) == {
        (str(named(unit)), days[0])
        for unit, days in (
            ("north", YEAR), ("south", PAST), ("province", YEAR), ("province", PAST), ("prefecture", YEAR),
            ("prefecture", PAST), ("east", YEAR), ("east", PAST),
        )
    }  # fmt: skip
    found = first[str(named("north")), YEAR[0]]
    shown = {
        name: found[name] for name in ("check", "figure", "expected", "found", "line", "to", "unit_name")
    }
    assert shown == {
        "check": "children", "figure": "dues_received", "expected": "500", "found": "501",
        "line": "territorial", "to": YEAR[1], "unit_name": "north",
    }  # fmt: skip
    assert [spot["child"] for spot in found["spots"]] == [str(named("mill"))]
    assert len(found["events"]) == 1
    await looking.damage(4, 501)
    await looking.round()
    again = {each["unit"]: each for each in await looking.stands("north")}[str(named("north"))]
    assert (again["found"], again["first_seen"]) == ("505", found["first_seen"])
    assert again["last_seen"] > found["last_seen"]
    await looking.damage(-5, 505)
    await looking.damage(-2, 72)
    await looking.round()
    assert await looking.stands() == []
    told = [each["event"] for each in looking.logged]
    assert (told.count("difference_appeared"), told.count("difference_gone"), len(told)) == (8, 8, 16)


async def test_papers_and_closings_are_looked_at_once_a_round(province: Province, looking: Looking) -> None:
    province.joins("a", "mill", "2010-03-01")
    for union in ("mill", "dairy"):
        for figure in ("members_joined", "members_total", "dues_received"):
            declares(province, union, figure, "7")
    await province.world.settle()
    closer = Closer(province.world)
    await closer.close("forge", YEAR, "members_total", wrong={"members_total": "3"})
    await closer.compare()
    await looking.round()
    stands = await looking.stands(limit=2)
    assert sorted((each["check"], each["unit_name"]) for each in stands) == [
        *[("declared", "dairy")] * 3, *[("declared", "mill")] * 3,
        ("identical", "dairy"), ("reported", "forge"),
    ]  # fmt: skip
    assert all(each["events"] for each in stands)
    assert len({each["first_cut"] for each in stands}) == 1
    assert {each["check"] for each in await looking.stands("forge")} == {"reported"}
    for union in ("mill", "dairy"):
        assert {each["check"] for each in await looking.stands(union)} == {"declared", "identical"}
    await looking.round()
    again = await looking.stands(limit=2)
    assert [each["first_seen"] for each in again] == [each["first_seen"] for each in stands]


async def test_years_that_are_over_are_forgotten(province: Province, looking: Looking) -> None:
    province.pays("dairy", "2009-04-01", 70)
    await province.world.settle()
    await looking.damage(2, 70)
    await looking.round()
    assert len(await looking.stands()) == 4
    looking.now = datetime(2011, 2, 1, tzinfo=UTC)
    await looking.round()
    assert await looking.stands() == []
    years = await looking.connection.fetch("SELECT DISTINCT first_day FROM look")
    assert {str(row["first_day"]) for row in years} == {YEAR[0], "2011-01-01"}


async def test_how_much_stands_and_how_old_it_is_are_measured(province: Province, looking: Looking) -> None:
    province.pays("mill", "2010-04-01", 500)
    await province.world.settle()
    await looking.damage(1, 500)
    await looking.round()
    await Watching().measure(looking.connection)
    assert DIFFERENCES.labels("children")._value.get() == 4
    assert DIFFERENCES.labels("parts")._value.get() == 0
    assert OLDEST_LOOK._value.get() > 0
    page = await looking.asked()
    assert (page["rounds"], page["oldest_look"][:10]) == (1, "2010-11-02")


async def test_who_stops_after_rounds_without_anything_to_look_at_is_noticed(looking: Looking) -> None:
    await looking.connection.execute("UPDATE look_round SET completed = 3, began = now() - interval '8 days'")
    assert await looking.connection.fetchval("SELECT count(*) FROM look") == 0
    await Watching().measure(looking.connection)
    assert OLDEST_LOOK._value.get() > 7 * 24 * 3600


async def test_a_colour_that_no_longer_answers_says_nothing(province: Province, looking: Looking) -> None:
    await province.world.settle()
    await province.world.pool.execute("UPDATE public.colour SET stage = 'kept'")
    await province.world.pool.execute(
        "INSERT INTO public.colour (name, stage, fold) VALUES ('green', 'active', '')"
    )
    with pytest.raises((Superseded, asyncpg.UndefinedTableError)):
        await looking.round()
    assert await looking.connection.fetchval("SELECT count(*) FROM look") == 0


async def test_of_several_processes_one_looks_and_another_takes_its_place(
    province: Province, looking: Looking
) -> None:
    await province.world.settle()
    url = of_colour(province.world.url, "blue")
    first, second = (
        asyncio.create_task(Reconciler(url, lambda: looking.now, rests=0).run()) for _ in range(2)
    )
    try:
        await _until(looking, "SELECT completed = 1 FROM look_round")
        assert await looking.connection.fetchval(HELD) == 1
        assert await looking.connection.fetchval("SELECT count(*) FROM look") == 14
        first.cancel()
        await looking.connection.execute("UPDATE look_round SET completed = 0")
        await _until(looking, "SELECT completed > 0 FROM look_round")
        assert not second.done()
    finally:
        for each in (first, second):
            each.cancel()
        await asyncio.gather(first, second, return_exceptions=True)


async def _until(looking: Looking, question: str) -> None:
    async with asyncio.timeout(60):
        while True:
            if await looking.connection.fetchval(question):
                return
            await asyncio.sleep(0.1)


async def test_a_step_that_fails_does_not_hold_up_the_round(province: Province, looking: Looking) -> None:
    await province.world.settle()
    before = await looking.connection.fetchval("SELECT unit FROM look_round")
    await looking.connection.execute("ALTER TABLE span RENAME TO mislaid")
    with pytest.raises(asyncpg.UndefinedTableError):
        await looking.round()
    await looking.connection.execute("ALTER TABLE mislaid RENAME TO span")
    assert await looking.connection.fetchval("SELECT unit FROM look_round") > before
    assert await looking.round() == 6
