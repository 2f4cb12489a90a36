"""What a cadre types and sees: tables, JSON, and refusals with their remedy."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from services.projection.api import router
from services.projection.catalogue import load
from shared.database import open_pool
from shared.http.app import application
from tests.integration.projection_query.conftest import NOW
from tests.support.province import Province
from tests.support.signing import known_tokens
from tests.support.waiting import until
from tests.support.world import world
from unionstream.cli.main import app

YEAR = ("--from", "2010-01-01", "--to", "2010-12-31")


async def _told(url: str) -> None:
    async with world(url) as made:
        story = Province(made)
        story.found()
        story.union("harbour", 4, "west", division="999999002000")
        for number in range(7):
            story.joins(f"m{number}", "mill", "2010-02-10", sex=("female", "male")[number % 2])
        story.pays("mill", "2010-02-10", 75_861_200)
        story.has_to_receive("east", 2010, 100_000_000)
        story.is_to_reach("west", 4)
        story.says_it_reached("west", 4, "2010-06-30")
        await made.settle()


@contextmanager
def serving(url: str) -> Iterator[str]:
    """The query API in a thread of its own, on a free port."""
    servers: list[uvicorn.Server] = []

    async def serve() -> None:
        pool = await open_pool(url, largest=2)

        application_ = application("Projection", [router(pool, lambda: NOW)], known_tokens())
        servers.append(uvicorn.Server(uvicorn.Config(application_, port=0, log_level="error", ws="none")))
        await servers[0].serve()
        await pool.close()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        until(lambda: bool(servers) and servers[0].started)
        port = servers[0].servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        servers[0].should_exit = True
        thread.join()


@pytest.fixture(scope="module")
def address(module_database: str) -> Iterator[str]:
    asyncio.run(_told(module_database))
    with serving(module_database) as url:
        yield url


@pytest.fixture
def run(address: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("UNIONSTREAM_PROJECTION_URL", address)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def said(result: Result) -> str:
    return " ".join(result.output.split())


def test_figures_are_printed_as_summaries_print_them(run: CliRunner) -> None:
    result = run.invoke(app, ["figures", "east", *YEAR])
    assert result.exit_code == 0, result.output
    for text in ("新发展会员", "7人", "75.8612万元", "76%", "75.8612万元 ÷ 100万元", "无数据", "截止点 c1"):
        assert text in said(result)


def test_targets_with_what_the_figures_say_and_what_the_union_said(run: CliRunner) -> None:
    printed = said(run.invoke(app, ["targets", "west", "--to", "2010-12-31"]))
    for text in ("发展会员", "2010", "0人 ÷ 4人", "0.00%", "2010-06-30: 4 ≠ 0"):
        assert text in printed
    english = said(run.invoke(app, ["targets", "west", "--to", "2010-12-31", "--lang", "en"]))
    assert "0 ÷ 4" in english
    answer = json.loads(run.invoke(app, ["targets", "east", "--to", "2010-12-31", "--json"]).stdout)
    assert answer["targets"] == []


def test_figures_in_english(run: CliRunner) -> None:
    result = run.invoke(app, ["figures", "east", *YEAR, "-f", "dues_received", "--lang", "en"])
    assert "CNY 758,612.00" in said(result)
    assert "Dues received" in said(result)


def test_a_breakdown_below_its_figure(run: CliRunner) -> None:
    result = run.invoke(app, ["figures", "mill", *YEAR, "--metric", "members_joined", "--by", "sex"])
    assert "女 4人" in said(result)
    assert "男 3人" in said(result)


def test_round_numbers_stand_beside_the_exact_ones(run: CliRunner) -> None:
    asked = ["figures", "mill", *YEAR, "-f", "dues_received"]
    assert "左右（" in said(run.invoke(app, [*asked, "--round", "10:about"]))
    assert "round" in said(run.invoke(app, [*asked, "--round", "about"]))


def test_figures_for_machines_give_the_same_cut_back(run: CliRunner) -> None:
    once = json.loads(run.invoke(app, ["figures", "999999002", *YEAR, "--json"]).stdout)
    again = run.invoke(app, ["figures", "999999002", *YEAR, "--json", "--cut", once["cut"]])
    assert json.loads(again.stdout) == once
    assert once["unit"]["name"] == "harbour"
    everything = json.loads(run.invoke(app, ["figures", "mill", *YEAR, "--all", "--json"]).stdout)
    assert len(everything["figures"]) == len(load().figures)


def test_a_trace_adds_up_on_the_screen(run: CliRunner) -> None:
    result = run.invoke(app, ["trace", "province", "members_joined", *YEAR])
    assert "共 7 条，合计与指标一致" in said(result)
    assert "MemberJoined" in said(result)
    first = run.invoke(app, ["trace", "province", "members_joined", *YEAR, "-n", "3"])
    assert "前 3 条" in said(first)
    rate = run.invoke(
        app, ["trace", "east", "dues_target_completion_percent", *YEAR, "--part", "denominator"]
    )
    assert "100万元" in said(rate)


def test_the_trail_goes_on_where_it_ended(run: CliRunner) -> None:
    seen: list[str] = []
    cursor: list[str] = []
    while True:
        result = run.invoke(app, ["trail", "east", "-n", "6", "--json", *cursor])
        page = json.loads(result.stdout)
        seen += [event["id"] for event in page["events"]]
        if not page["next"]:
            break
        cursor = ["--cursor", page["next"]]
    assert len(set(seen)) == len(seen) == 16
    assert "MemberJoined" in said(run.invoke(app, ["trail", "east"]))


def test_units_below_and_by_name(run: CliRunner) -> None:
    assert "harbour" in said(run.invoke(app, ["units", "west"]))
    assert "999999002000" in said(run.invoke(app, ["units", "--name", "harb"]))


def test_a_name_that_fits_several_lists_them(run: CliRunner) -> None:
    result = run.invoke(app, ["figures", "or", *YEAR])
    assert result.exit_code == 2
    assert "forge" in said(result)
    assert "north" in said(result)


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["figures", "nobody", *YEAR], 2, "Try a shorter part"),
        (["figures", "888888", *YEAR], 1, "no union has this id or division code"),
        (["figures", "mill", "-f", "member_joined", *YEAR], 1, "members_joined"),
        (["figures", "mill", "--from", "2010-02-30", "--to", "2010-12-31"], 1, "query.from"),
        (["figures", "mill", "--from", "2011-01-01", "--to", "2010-12-31"], 1, "swap the two days"),
        (["figures", "mill", *YEAR, "--cut", "c1xyz"], 1, "copy the whole text"),
        (["trace", "mill", "members_joined", *YEAR, "--part", "numerator"], 1, "no such part"),
    ],
)
def test_refusals_say_what_to_do(run: CliRunner, arguments: list[str], code: int, words: str) -> None:
    result = run.invoke(app, arguments)
    assert result.exit_code == code
    assert words in said(result)


def test_a_projection_that_is_not_there_is_told(run: CliRunner) -> None:
    result = run.invoke(app, ["figures", "mill", *YEAR, "--projection-url", "http://127.0.0.1:9"])
    assert result.exit_code == 1
    assert "does not answer" in said(result)
