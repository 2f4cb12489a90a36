"""Dead letters: redriven at their old position, dropped for a reason, admitted in a burst."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from typing import Any

import httpx
import pytest
from prometheus_client import REGISTRY, generate_latest
from structlog.testing import capture_logs

from services.projection.api import router
from services.projection.catalogue import load
from services.projection.colours.watching import Watching
from services.projection.letters import api as letters
from services.projection.letters.bursts import Held, admitted
from services.projection.writer import MOST_DEAD, TooManyUnreadable
from shared.contracts import RELEASED
from shared.contracts import membership as m
from shared.http.app import application
from shared.reading import progress
from shared.reading.incoming import Incoming
from shared.streams import first_link, next_link
from tests.integration.projection_query.conftest import NOW
from tests.support.ledgers import until
from tests.support.planting import NAME, NUMBER, PHONE, marks_in
from tests.support.province import Province
from tests.support.searching import in_tables
from tests.support.signing import asking_as, known_tokens, signing_client
from tests.support.stage import SUBJECTS
from tests.support.world import World, named, world

ROLLUP = """
SELECT n.id, r.line, r.metric, r.grain, r.start, c.dims, r.amount FROM rollup AS r
JOIN node AS n ON n.key = r.ancestor JOIN combo AS c ON c.key = r.combo"""
SPANS = """
SELECT u.id, s.line, a.id, s.level, s.valid_from, s.valid_to
FROM span AS s JOIN node AS u ON u.key = s.unit JOIN node AS a ON a.key = s.ancestor"""
TRAIL = """
SELECT t.lane, t.sequence, t.id, t.type, n.id, t.subject, t.version, t.day, t.recorded, t.actor, t.chain
FROM trail AS t LEFT JOIN node AS n ON n.key = t.unit"""
POISONED = (
    f"{NAME} {NUMBER}".encode(),
    json.dumps({"type": f"{NAME}", "data": {"name": NAME}}).encode(),
    json.dumps({"type": NUMBER, "subject": NUMBER}).encode(),
    json.dumps({"type": "union.membership.MemberSung.v9", "actor": NAME, "time": PHONE}).encode(),
)
YEAR = {"from": "2010-01-01", "to": "2010-12-31"}


@pytest.fixture
async def province(database: str) -> AsyncIterator[Province]:
    async with world(database) as made:
        yield Province(made)


@pytest.fixture
async def http(province: Province) -> AsyncIterator[httpx.AsyncClient]:
    made = province.world
    app = application(
        "Projection", [router(made.pool, lambda: NOW), letters.router(made.url)], known_tokens()
    )
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    async with signing_client(transport=transport, base_url="http://projection") as client:
        yield client


def story(province: Province) -> None:
    """A province, a member in the mill and one in the mine; then the mill moves to the west."""
    province.found()
    province.joins("a", "mill", "2010-02-10", sex="female")
    province.joins("b", "mine", "2010-02-11")
    province.moves("mill", "north", "west", "2010-06-01")
    province.joins("c", "mill", "2010-07-01")


def of_another_release(records: Sequence[Incoming], changed: bytes) -> list[Incoming]:
    """The same records, where this type had a version that nobody knows yet; the chains anew."""
    links: dict[tuple[str, int], bytes] = {}
    out = []
    for each in records:
        value = each.value.replace(changed + b".v1", changed + b".v9")
        key = each.topic, each.stream
        links[key] = next_link(links.get(key) or first_link(*key), each.sequence, each.sequenced, value)
        out.append(replace(each, value=value, chain=links[key]))
    return out


async def taken(world: World, changed: bytes) -> list[Incoming]:
    records = of_another_release(world.waiting, changed)
    world.waiting = []
    await world.take(records)
    await world.roll()
    return records


async def seen(world: World) -> list[list[str]]:
    return [sorted(map(repr, map(tuple, await world.pool.fetch(each)))) for each in (ROLLUP, SPANS, TRAIL)]


async def figure(http: httpx.AsyncClient, unit: str, **more: Any) -> tuple[Any, str]:
    asked = {"unit": str(named(unit)), "figure": "members_joined"} | YEAR | more
    body = (await http.get("/v1/figures", params=asked)).json()
    return body["figures"][0]["value"], body["figures"][0]["state"]


@pytest.mark.parametrize("changed", [b"MemberJoined", b"UnionMoved", b"UnionEstablished"])
async def test_redriven_letters_leave_what_they_would_have_left_at_once(
    province: Province, http: httpx.AsyncClient, changed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    story(province)
    records = await taken(province.world, changed)
    listed = (await http.get("/v1/dead-letters")).json()
    count = sum(changed + b".v9" in each.value for each in records)
    assert listed["waiting"] == {"unknown-type": count}
    still = (await http.post("/v1/dead-letters/redrive", json={})).json()
    assert still == {"redriven": 0, "still_dead": {"unknown-type": count}}

    name = f"union.membership.{changed.decode()}"
    monkeypatch.setitem(RELEASED, f"{name}.v9", RELEASED[f"{name}.v1"])  # the next release is here
    done = (await http.post("/v1/dead-letters/redrive", json={"type": f"{name}.v9"})).json()
    assert done == {"redriven": count, "still_dead": {}}
    late = await seen(province.world)
    async with province.world.pool.acquire() as connection:
        for table in ("fact", "trail", "tree_change"):
            await connection.execute(f"ALTER TABLE {table} DISABLE TRIGGER append_only")
        await connection.execute(
            "TRUNCATE fact, trail, tree_change, dead_letter, stream_progress, tier, edge, span, rollup,"
            f" roller_position, {SUBJECTS}"
        )
        await connection.execute("UPDATE node SET version = 0, described = 0, named = 0")
        await progress.prepare(connection, load().topics)
    await province.world.take(records)
    await province.world.roll()
    assert late == await seen(province.world)


async def test_figures_are_flagged_until_then_and_the_earlier_cut_is_whole_afterwards(
    province: Province, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    story(province)
    await taken(province.world, b"MemberJoined")
    assert await figure(http, "province") == (0, "incomplete")
    watching = Watching()
    assert await incomplete_metrics(province.world, watching) > 0
    cut = (await http.get("/v1/cut")).json()["cut"]
    monkeypatch.setitem(RELEASED, "union.membership.MemberJoined.v9", m.MemberJoined)
    await http.post("/v1/dead-letters/redrive", json={})
    assert await figure(http, "province") == (3, "exact")
    assert await figure(http, "province", cut=cut) == (3, "exact")
    assert (await http.get("/v1/dead-letters")).json()["waiting"] == {}
    redriven = (await http.get("/v1/dead-letters", params={"state": "redriven"})).json()["letters"]
    assert len(redriven) == 3
    assert await incomplete_metrics(province.world, watching) == 0


async def incomplete_metrics(world: World, watching: Watching) -> float:
    """As whoever looks at the metrics of the worker sees it."""
    async with world.pool.acquire() as connection:
        await watching.measure(connection)
    return REGISTRY.get_sample_value("unionstream_projection_incomplete_metrics") or 0.0


async def test_one_letter_can_be_seen_whole_and_redriven_alone(
    province: Province, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    story(province)
    records = await taken(province.world, b"MemberJoined")
    dead = [each for each in records if b"MemberJoined.v9" in each.value]
    at: dict[str, Any] = {"topic": dead[0].topic, "stream": dead[0].stream, "sequence": dead[0].sequence}
    content = (await http.get("/v1/dead-letters/content", params=at)).json()
    assert content["text"].encode() == dead[0].value
    monkeypatch.setitem(RELEASED, "union.membership.MemberJoined.v9", m.MemberJoined)
    done = (await http.post("/v1/dead-letters/redrive", json={"at": at})).json()
    assert done["redriven"] == 1
    assert (await figure(http, "province"))[0] == 1


async def test_a_dropped_letter_is_on_the_trail_with_who_and_why(
    province: Province, http: httpx.AsyncClient
) -> None:
    story(province)
    records = await taken(province.world, b"UnionMoved")
    dead = next(each for each in records if b"UnionMoved.v9" in each.value)
    at = {"topic": dead.topic, "stream": dead.stream, "sequence": dead.sequence}
    refused = await http.post("/v1/dead-letters/drop", json=at | {"reason": "  "})
    assert (refused.status_code, refused.json()["code"]) == (422, "malformed")
    told = at | {"reason": "written by a test system"}
    assert (await http.post("/v1/dead-letters/drop", json=told, extensions=asking_as("operator:li"))).json()[
        "waiting"
    ] == {}
    again = await http.post("/v1/dead-letters/drop", json=told)
    assert (again.status_code, again.json()["code"]) == (409, "letter-not-waiting")
    trail = (await http.get("/v1/trail", params={"unit": str(named("province"))})).json()["events"]
    noted = [each for each in trail if each["note"]]
    assert [(each["actor"], each["note"], each["sequence"]) for each in noted] == [
        ("operator:li", "dropped: written by a test system", dead.sequence)
    ]
    assert noted[0]["chain"] == dead.chain.hex()
    assert (await figure(http, "province"))[1] == "exact"


async def test_a_letter_with_personal_data_tells_nothing_of_them_but_to_who_opens_it(
    province: Province, http: httpx.AsyncClient
) -> None:
    """Nothing of ours writes such a record; whoever does, nobody but an operator gets to see it."""
    story(province)
    ledger = province.world.ledger("union.membership")
    records = [*province.world.waiting, *(ledger.add(3, value) for value in POISONED)]
    province.world.waiting = []
    with capture_logs() as told:
        await province.world.take(records)
    await province.world.roll()
    assert [each["event"] for each in told] == ["event_parked"] * len(POISONED)
    listed = (await http.get("/v1/dead-letters")).content
    trail = (await http.get("/v1/trail", params={"unit": str(named("province"))})).content
    said = [json.dumps(told).encode(), listed, trail, generate_latest()]
    assert [marks_in(each) for each in said] == [[]] * 4
    assert await in_tables(province.world.url) == [("dead_letter", "value")]
    for number, value in enumerate(POISONED, start=records[-1].sequence - len(POISONED) + 1):
        at: dict[str, Any] = {"topic": "union.membership", "stream": 3, "sequence": number}
        assert (await http.get("/v1/dead-letters/content", params=at)).json()["text"].encode() == value
        refused = await http.post("/v1/dead-letters/drop", json=at | {"reason": f"of {NAME} {NUMBER}"})
        assert (refused.status_code, marks_in(refused.content)) == (422, [])


async def test_a_position_without_a_letter(http: httpx.AsyncClient) -> None:
    for topic in ("union.finance", "union.nothing"):
        at: dict[str, Any] = {"topic": topic, "stream": 3, "sequence": 7}
        for answer in (
            await http.get("/v1/dead-letters/content", params=at),
            await http.post("/v1/dead-letters/drop", json=at | {"reason": "none"}),
        ):
            assert (answer.status_code, answer.json()["code"]) == (404, "no-such-letter")


async def test_a_burst_holds_the_worker_until_it_is_admitted(
    province: Province, http: httpx.AsyncClient
) -> None:
    made = province.world
    for number in range(MOST_DEAD + 1):
        made.ledger("union.finance").add(3, b"no event %d" % number)
    records = list(made.ledger("union.finance").records)
    applied = asyncio.Event()

    async def read() -> None:
        async with made.pool.acquire() as connection:
            kinds = await admitted(connection)
        await made.take(records, admitted=kinds)
        applied.set()
        await asyncio.Event().wait()

    held = Held(made.pool, "test")
    running = asyncio.create_task(held.run(read))
    try:

        async def stopped() -> bool:
            return bool((await http.get("/v1/dead-letters/burst")).json()["kinds"])

        await until(stopped, seconds=30)
        burst = (await http.get("/v1/dead-letters/burst")).json()["kinds"]
        assert [(each["letters"], each["first"]) for each in burst] == [(MOST_DEAD + 1, "union.finance/3#1")]
        assert "dlq admit" in held.reason
        assert not applied.is_set()
        body = {"reason": "old test data"}
        assert (await http.post("/v1/dead-letters/admit", json=body)).json() == {"admitted": ["undecodable"]}
        async with asyncio.timeout(30):
            await applied.wait()
        assert (await http.get("/v1/dead-letters")).json()["waiting"] == {"undecodable": MOST_DEAD + 1}
        assert (await http.post("/v1/dead-letters/admit", json=body)).status_code == 404
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


async def test_without_being_admitted_nothing_of_a_burst_is_done(province: Province) -> None:
    made = province.world
    for number in range(MOST_DEAD + 1):
        made.ledger("union.finance").add(3, b"no event %d" % number)
    with pytest.raises(TooManyUnreadable) as refused:
        await made.take(made.ledger("union.finance").records)
    assert "dlq admit" in refused.value.remedy
    assert await made.pool.fetchval("SELECT count(*) FROM dead_letter") == 0
