"""The second wall: what the database itself opens to who asks, with the service's own check taken out."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import asyncpg
import httpx
import pytest

from services.projection.api import router
from services.projection.queries.answering import figures
from services.projection.queries.question import Asked
from services.projection.queries.reconciliation import answer
from services.projection.queries.snapshot import Snapshot, snapshot
from services.projection.queries.units import unit_of
from services.projection.reconciling.run import reconcile
from shared.contracts import membership as m
from shared.database import Pool
from shared.http.app import application
from shared.work.roles import READERS
from tests.integration.projection_query.conftest import NOW
from tests.integration.projection_query.test_reconciliation import declares
from tests.support.closing import Closer
from tests.support.province import Province
from tests.support.signing import ISSUING, known_tokens, signing_client
from tests.support.world import day, named

YEAR = {"from": "2010-01-01", "to": "2010-12-31"}
OF_UNITS = "fact", "trail", "repeated", "counted_subject", "closing", "reported", "declared", "restated"
# Of each table the rows whose unit is none of those that ever hung under one.
FOREIGN = """
SELECT count(*) FROM {table} AS t WHERE NOT EXISTS (
    SELECT FROM span AS s JOIN node AS n ON n.key = s.ancestor WHERE s.unit = t.unit AND n.id = $1)"""
UNITS = (
    "province",
    "prefecture",
    "east",
    "west",
    "north",
    "south",
    "river",
    "mill",
    "forge",
    "dairy",
    "mine",
    "shift",
)


@pytest.fixture
async def moved(province: Province) -> Province:
    """Unions that move, merge and change lines, with closed periods; a viewer at each."""
    province.joins("a", "mill", "2010-02-10", sex="female")
    province.joins("b", "forge", "2010-02-11")
    province.joins("c", "dairy", "2010-03-01")
    province.joins("a", "mine", "2010-04-01", sex="female")
    province.joins("d", "shift", "2010-04-02")
    province.pays("mill", "2010-05-01", 700)
    province.pays("mine", "2010-05-02", 900)
    province.joins_line("dairy", "education", "prefecture", "2010-01-01")
    province.joins_line("mine", "education", "east", "2010-01-01")
    transferred(province, "mill", "mine")
    await province.world.settle()
    closer = Closer(province.world)
    await closer.close("east", ("2010-01-01", "2010-05-31"), "members_joined", wrong={"dues_received": "1"})
    await closer.compare()
    province.joins("late", "mill", "2010-02-20")
    province.moves("north", "east", "west", "2010-06-01")
    province.merges("forge", "dairy", "2010-07-01")
    province.leaves_line("mine", "education", "east", "2010-08-01")
    province.leaves("c", "dairy", "2010-09-01")
    for unit in UNITS:
        province.grants(f"of-{unit}", "viewer", unit)
    province.grants("of-education", "viewer", "prefecture", "education")
    await province.world.settle()
    await closer.compare()
    return province


def transferred(province: Province, origin: str, destination: str) -> None:
    """A member goes from one union to another, and both say so."""
    person: dict[str, Any] = {
        "occurredon": day("2010-05-01"), "person": named("b"), "sex": "male", "worker_kind": "worker",
        "standing": "in_service",
    }  # fmt: skip
    out = m.MemberTransferredOut.model_validate(person | {"destination": named(destination)})
    province.world.record(out, origin, f"b at {origin}")
    back = m.MemberTransferredIn.model_validate(person | {"origin": named(origin)})
    province.world.record(back, destination, f"b at {destination}")


@asynccontextmanager
async def asking(walled: Pool, who: str, unit: str) -> AsyncIterator[Snapshot]:
    """A session of the query API that says who asks and about which union, and checks nothing itself."""
    async with snapshot(walled, lambda: NOW) as moment:
        key = (await unit_of(moment, str(named(unit)))).key
        await moment.connection.execute("SELECT open_to($1, $2)", who, key)
        yield moment


async def rows(moment: Snapshot) -> dict[str, int]:
    counted = {name: await moment.connection.fetchval(f"SELECT count(*) FROM {name}") for name in OF_UNITS}
    counted["rollup"] = await moment.connection.fetchval("SELECT count(*) FROM rollup")
    return {name: count for name, count in counted.items() if count}


async def test_nothing_is_open_to_sessions_that_say_nothing_or_to_strangers(
    moved: Province, walled: Pool
) -> None:
    async with snapshot(walled, lambda: NOW) as moment:
        assert await rows(moment) == {}
    for who, unit in (
        ("stranger", "east"),
        ("of-west", "east"),
        ("of-mill", "east"),
        ("of-east", "province"),
    ):
        async with asking(walled, who, unit) as moment:
            assert await rows(moment) == {}, who
            told = await figures(
                moment, Asked(str(named(unit)), day("2010-01-01"), day("2010-12-31")), ["members_joined"], ""
            )
            assert told.figures[0].value in {0, None}


@pytest.mark.parametrize("unit", ["east", "west", "north", "mill", "dairy"])
async def test_a_union_finds_its_own_and_nothing_else(moved: Province, walled: Pool, unit: str) -> None:
    async with asking(walled, f"of-{unit}", unit) as moment:
        found = await rows(moment)
        assert {"fact", "trail"} <= set(found)
        for table in OF_UNITS:
            foreign = await moment.connection.fetchval(FOREIGN.format(table=table), named(unit))
            assert foreign == 0, table
        theirs = await moment.connection.fetch(
            "SELECT DISTINCT n.id FROM rollup AS r JOIN node AS n ON n.key = r.ancestor"
        )
        assert {row["id"] for row in theirs} <= {named(unit)}


async def test_a_role_on_a_line_opens_that_line_alone(moved: Province, walled: Pool) -> None:
    async with asking(walled, "of-education", "prefecture") as moment:
        units = {
            row["id"]
            for row in await moment.connection.fetch(
                "SELECT DISTINCT n.id FROM fact AS f JOIN node AS n ON n.key = f.unit"
            )
        }
        assert units == {named("dairy"), named("prefecture")}
        assert await moment.connection.fetchval("SELECT count(*) FROM rollup WHERE line = 0") == 0
        assert await moment.connection.fetchval("SELECT count(*) FROM rollup") > 0


QUESTIONS: Mapping[str, Mapping[str, Any]] = {
    "figures": {"figure": ["members_joined", "members_total", "people_joined", "dues_received"]} | YEAR,
    "figures?as-is": {"figure": ["members_joined", "people_joined"], "basis": "as-is"} | YEAR,
    "figures?line": {"figure": ["members_joined"], "line": "education"} | YEAR,
    "figures?then": {"figure": ["members_joined", "people_joined"], "cut": "{cut}"} | YEAR,
    "trace": {"figure": "members_joined"} | YEAR,
    "trace?then": {"figure": "members_joined", "cut": "{cut}"} | YEAR,
    "trace?as-is": {"figure": "dues_received", "basis": "as-is"} | YEAR,
    "trail": {},
    "targets": {"to": "2010-12-31"},
    "closings": {},
    "restatements": {},
    "between": {"figure": "members_joined", "to": "2010-12-31", "since": "{cut}"},
    "declared": dict(YEAR),
    "reconciliation": dict(YEAR),
    "reconciliation/standing": {},
}


async def test_behind_the_wall_every_answer_is_the_same_to_those_who_may_have_it(
    moved: Province, walled: Pool
) -> None:
    cut = await moved.world.pool.fetchval("SELECT cut FROM closing LIMIT 1")
    await moved.world.pool.execute("UPDATE stream_progress SET end_reached = '2026-03-01'")
    answers: list[dict[tuple[str, str, str], Any]] = []
    for pool in (moved.world.pool, walled):
        app = application("Projection", [router(pool, lambda: NOW, moved.world.pool)], known_tokens())
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        found: dict[tuple[str, str, str], Any] = {}
        async with signing_client(transport=transport, base_url="http://projection") as client:
            for unit, who in [(unit, f"of-{unit}") for unit in UNITS] + [("east", "of-prefecture")]:
                signed = {"Authorization": f"Bearer {ISSUING.token(who)}"}
                for path, query in QUESTIONS.items():
                    asked = {k: v.format(cut=cut) if isinstance(v, str) else v for k, v in query.items()}
                    answer = await client.get(
                        f"/v1/{path.split('?')[0]}", params=asked | {"unit": str(named(unit))}, headers=signed
                    )
                    assert answer.status_code in {200, 422}, (path, answer.text)
                    found[unit, who, path] = answer.json()
        answers.append(found)
    without, behind = answers
    assert {key: told for key, told in behind.items() if told != without[key]} == {}


async def test_who_is_like_a_union_is_told_without_the_events_of_the_other(
    province: Province, walled: Pool
) -> None:
    for unit in ("mill", "mine"):
        for figure in ("members_joined", "members_left", "dues_received"):
            declares(province, unit, figure, "0")
    province.grants("of-mill", "viewer", "mill")
    await province.world.settle()
    async with asking(walled, "of-mill", "mill") as moment:
        asked = Asked(str(named("mill")), day("2010-01-01"), day("2010-12-31"))
        told = await answer(moment, await reconcile(moment, asked))
        (alike,) = [each for each in told.differences if each.check == "identical"]
        assert {alike.expected, alike.found} == {str(named("mill")), str(named("mine"))}
        assert [each.unit for each in alike.events] == [named("mill")] * 3


async def test_the_role_of_questions_reads_what_is_granted_and_writes_nothing(
    moved: Province, walled: Pool
) -> None:
    async with walled.acquire() as connection:
        await connection.execute("SELECT public.follow_colour(); SET search_path = blue, public")
        for statement in (
            "SELECT value FROM dead_letter", "SELECT * FROM copy", "SELECT * FROM look",
            "SELECT * FROM public.event_log",
            "INSERT INTO metric VALUES (999, 'x', false)", "DELETE FROM rollup", "UPDATE node SET name = ''",
            "ALTER TABLE fact DISABLE ROW LEVEL SECURITY", "DROP POLICY of_open_units ON fact",
            "SET ROLE postgres", "CREATE TABLE blue.mine (one int)",
        ):  # fmt: skip
            with pytest.raises((asyncpg.InsufficientPrivilegeError, asyncpg.UndefinedTableError)):
                await connection.execute(statement)


async def test_the_roles_that_read_are_those_of_the_service(moved: Province, walled: Pool) -> None:
    for role in ("recorder", "approver", "auditor", "viewer", "operator", "agency"):
        moved.grants(f"new-{role}", role, "east")
    await moved.world.settle()
    for role in ("recorder", "approver", "auditor", "viewer", "operator", "agency"):
        async with asking(walled, f"new-{role}", "east") as moment:
            assert bool(await rows(moment)) == (role in READERS), role
