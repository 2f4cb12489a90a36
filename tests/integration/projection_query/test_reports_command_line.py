"""Reports on the screen: closed, restated, declared, not agreeing; tables, JSON, exit codes, refusals."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator

import asyncpg
import pytest
from typer.testing import CliRunner

from services.projection.colours.frame import of_colour
from services.projection.reconciling.continuous import step
from tests.integration.projection_query.conftest import NOW
from tests.integration.projection_query.test_command_line import said, serving
from tests.integration.projection_query.test_reconciliation import declares
from tests.support.closing import Closer
from tests.support.province import Province
from tests.support.world import named, world
from unionstream.cli.main import app

YEAR = ("2010-01-01", "2010-12-31")
DAYS = ("--from", YEAR[0], "--to", YEAR[1])


async def _told(url: str) -> None:
    async with world(url) as made:
        story = Province(made)
        story.found()
        story.joins("a", "mill", "2010-03-01")
        story.pays("mill", f"{NOW.year}-04-01", 500)
        await made.settle()
        closer = Closer(made)
        await closer.close("north", YEAR, "members_total", "dues_received", wrong={"dues_received": "5"})
        await closer.compare()
        story.joins("late", "mill", "2010-05-01")
        declares(story, "dairy", "members_joined", "7", "镇工〔2011〕1号")
        await made.settle()
        await closer.compare()
        await made.pool.execute("UPDATE rollup SET amount = 501 WHERE amount = 500 AND grain = 0")
        connection = await asyncpg.connect(of_colour(url, "blue"))
        while await step(made.pool, lambda: NOW, connection):
            pass
        await connection.close()


@pytest.fixture(scope="module")
def address(module_database: str) -> Iterator[str]:
    asyncio.run(_told(module_database))
    with serving(module_database) as url:
        yield url


@pytest.fixture
def run(address: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("UNIONSTREAM_PROJECTION_URL", address)
    monkeypatch.setenv("COLUMNS", "300")
    return CliRunner()


def test_what_was_closed_and_what_has_changed_since(run: CliRunner) -> None:
    result = run.invoke(app, ["restatements", "north"])
    assert result.exit_code == 0, result.output
    for text in ("2010-01-01 — 2010-12-31", "封账日", "2026-10-01", "会员", "1人", "2人", "原数", "现数"):
        assert text in said(result)
    english = said(run.invoke(app, ["restatements", "north", "--lang", "en"]))
    for text in ("period closed on figures differing restatements", "members_total 1 2 1"):
        assert text in english
    answer = json.loads(run.invoke(app, ["restatements", "north", "--json"]).stdout)
    assert [(each["figures"], each["differing"]) for each in answer["closings"]] == [(2, 1)]
    assert [each["figure"] for each in answer["restatements"]] == ["members_total"]


def test_nothing_to_tell_of_a_union_that_closed_nothing(run: CliRunner) -> None:
    answer = json.loads(run.invoke(app, ["restatements", "south", "--json"]).stdout)
    assert (answer["closings"], answer["restatements"]) == ([], [])


def test_what_does_not_agree_ends_with_one_and_names_the_events(run: CliRunner) -> None:
    result = run.invoke(app, ["reconcile", "north", *DAYS])
    assert result.exit_code == 1
    for text in ("north · 1", "上报与账不符", "经费", "PeriodClosed affairs/"):
        assert text in said(result)
    english = run.invoke(app, ["reconcile", "dairy", *DAYS, "--lang", "en"])
    assert english.exit_code == 1
    assert "declared members_joined 0 7 exact FigureDeclared" in said(english)
    answer = json.loads(run.invoke(app, ["reconcile", "dairy", *DAYS, "--json"]).stdout)
    (found,) = answer["reconciliations"][0]["differences"]
    assert (found["check"], found["expected"], found["found"], len(found["events"])) == (
        "declared",
        "0",
        "7",
        1,
    )


def test_what_agrees_ends_with_zero(run: CliRunner) -> None:
    result = run.invoke(app, ["reconcile", "south", *DAYS])
    assert result.exit_code == 0, result.output
    assert "无差异" in said(result)
    assert "everything agrees" in said(run.invoke(app, ["reconcile", "south", *DAYS, "--lang", "en"]))


def test_without_a_union_the_topmost_ones_are_looked_at(run: CliRunner) -> None:
    year = str(NOW.year)
    result = run.invoke(app, ["reconcile", "--from", f"{year}-01-01", "--to", f"{year}-12-31", "--json"])
    assert result.exit_code == 1
    (whole,) = json.loads(result.stdout)["reconciliations"]
    assert whole["unit"]["id"] == str(named("province"))
    (spot,) = whole["differences"][0]["spots"]
    assert (spot["from"], spot["child"]) == (f"{year}-04-01", str(named("prefecture")))


def test_what_stands_is_listed_with_since_when(run: CliRunner) -> None:
    result = run.invoke(app, ["reconcile", "--standing"])
    assert result.exit_code == 1
    for text in (
        "持续核对 · 6",
        "已完成1轮",
        "上下级不符",
        f"{NOW.year}-04-01: 500 ≠ 501",
        "首见",
        "2026-11-01T04:00",
    ):
        assert text in said(result)
    english = said(run.invoke(app, ["reconcile", "dairy", "--standing", "--lang", "en"]))
    assert "standing differences · 1 · 1 rounds" in english
    everything = json.loads(run.invoke(app, ["reconcile", "--standing", "--json"]).stdout)
    assert sorted(each["unit_name"] for each in everything["differences"]) == [
        "dairy", "east", "north", "north", "prefecture", "province",
    ]  # fmt: skip
    quiet = run.invoke(app, ["reconcile", "west", "--standing"])
    assert (quiet.exit_code, "无差异" in said(quiet)) == (0, True)


def test_declared_figures_beside_the_computed_ones(run: CliRunner) -> None:
    result = run.invoke(app, ["declared", "dairy", *DAYS])
    assert result.exit_code == 1
    for text in ("镇工〔2011〕1号", "7人", "0人", "✗", "FigureDeclared"):
        assert text in said(result)
    english = said(run.invoke(app, ["declared", "dairy", *DAYS, "--lang", "en"]))
    assert "members_joined 7 exact 0 7" in english
    answer = json.loads(run.invoke(app, ["declared", "dairy", *DAYS, "--json"]).stdout)
    (told,) = answer["declared"]
    assert (told["difference"], told["agrees"], told["event"]["type"].split(".")[2]) == (
        "7",
        False,
        "FigureDeclared",
    )
    assert run.invoke(app, ["declared", "mill", *DAYS]).exit_code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["reconcile", "nobody", *DAYS], 2, "Try a shorter part"),
        (["reconcile", "888888", *DAYS], 1, "no union has this id or division code"),
        (["reconcile", "mill", *DAYS, "--line", "moon"], 1, "no such line"),
        (["reconcile", "mill", "--from", "2011-01-01", "--to", "2010-01-01"], 1, "swap the two days"),
        (["reconcile", "--standing", *DAYS], 2, "leave out --standing"),
        (["restatements", "888888"], 1, "no union has this id or division code"),
        (["declared", "888888", *DAYS], 1, "no union has this id or division code"),
        (["close", "mill", "--from", "2010-13-01", "--to", "2010-12-31"], 1, "query.from"),
        (["close", "mill", *DAYS, "--figure", "member_total"], 1, "members_total"),
        (["close", "mill", *DAYS, "--affairs-url", "http://127.0.0.1:9"], 1, "Affairs does not answer"),
        (["declare", "mill", "会员", "3", *DAYS, "--source", "1号"], 2, "members_total"),
        (["declare", "mill", "dues_received", "300", *DAYS, "--source", "1号"], 2, "91.28万元"),
        (["declare", "mill", "members_total", "many", *DAYS, "--source", "1号"], 2, "as the paper prints it"),
    ],
)
def test_refusals_say_what_to_do(run: CliRunner, arguments: list[str], code: int, words: str) -> None:
    result = run.invoke(app, arguments)
    assert (result.exit_code, words in said(result)) == (code, True), result.output


def test_a_projection_that_is_not_there_is_told(run: CliRunner) -> None:
    for command in (["restatements", "mill"], ["reconcile", "--standing"], ["declared", "mill"]):
        result = run.invoke(app, [*command, "--projection-url", "http://127.0.0.1:9"])
        assert (result.exit_code, "does not answer" in said(result)) == (1, True)
