"""Reports from the command line on the running system: a period closed, figures declared, also by a sheet."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from tests.e2e.settling import caught_up
from tests.support.field import Field
from unionstream.cli.main import app

PERIOD = ("--from", "2013-01-01", "--to", "2013-12-31")


async def run(field: Field, *arguments: str) -> Result:
    """As a cadre types it, against the services of the field."""
    await caught_up(field.http, field.urls)
    environment = {
        f"UNIONSTREAM_{name.upper()}_URL": field.urls[name]
        for name in ("projection", "affairs", "membership")
    }
    return await asyncio.to_thread(
        CliRunner().invoke, app, list(arguments), env=environment | {"COLUMNS": "300"}
    )


def said(result: Result) -> str:
    return " ".join(result.output.split())


@pytest.mark.capability("CAP-126")
async def test_a_period_is_closed_from_the_command_line_once(field: Field) -> None:
    await field.member(field.union, joined_on="2013-03-01")
    closing = ["close", str(field.town), *PERIOD, "-f", "members_joined", "-f", "dues_received"]
    done = await run(field, *closing)
    assert done.exit_code == 0, done.output
    assert "2013-01-01 — 2013-12-31: 2/2" in said(done)
    again = await run(field, *closing)
    assert again.exit_code == 1
    late = await run(
        field, "close", str(field.town), "--from", "2013-01-01", "--to", "2999-12-31", "-f", "members_joined"
    )
    assert (late.exit_code, "2999" in said(late)) == (1, True)
    shown = await run(field, "restatements", str(field.town), "--json")
    (closed,) = json.loads(shown.stdout)["closings"]
    assert (closed["from"], closed["figures"]) == ("2013-01-01", 2)


@pytest.mark.capability("CAP-126")
async def test_a_figure_is_declared_beside_the_computed_one(field: Field) -> None:
    await field.member(field.union, joined_on="2013-03-01")
    await field.figures(field.town, "members_joined")
    asked = ["declare", str(field.town), "新发展会员", "3人", *PERIOD, "--source", "镇工〔2014〕1号"]
    done = await run(field, *asked)
    assert done.exit_code == 0, done.output
    assert "账上 1人 · 相差 2" in said(done)
    again = await run(field, *asked)
    assert again.exit_code == 1
    money = await run(
        field, "declare", str(field.town), "dues_received", "0.5万元", *PERIOD, "--source", "镇工〔2014〕1号"
    )
    assert "相差 500000" in said(money)
    listed = await run(field, "declared", str(field.town), *PERIOD, "--json")
    assert listed.exit_code == 1
    told = {each["figure"]: each for each in json.loads(listed.stdout)["declared"]}
    assert {name: each["difference"] for name, each in told.items()} == {
        "members_joined": "2", "dues_received": "500000",
    }  # fmt: skip
    found = await run(field, "reconcile", str(field.town), *PERIOD, "--json")
    (answer,) = json.loads(found.stdout)["reconciliations"]
    assert {(each["check"], each["figure"]) for each in answer["differences"]} == {
        ("declared", "members_joined"), ("declared", "dues_received"),
    }  # fmt: skip


@pytest.mark.capability("CAP-126")
async def test_the_figures_of_a_paper_are_read_from_a_sheet(field: Field, tmp_path: Path) -> None:
    await field.member(field.union, joined_on="2013-03-01")
    sheet = tmp_path / "declared.csv"
    rows = ("members_joined,1,准确", "members_total,30,余", "dues_received,oops,")
    head = "起始日期,截止日期,指标编码,申报数,约数,文号,申报日期\n"
    lines = [f"2013-01-01,2013-12-31,{row},镇工〔2014〕2号,2014-01-11\n" for row in rows]
    sheet.write_text(head + "".join(lines), encoding="utf-8")
    read = await run(field, "import", "declarations", str(sheet), "--to", str(field.town))
    assert read.exit_code == 1, read.output
    listed = await run(field, "declared", str(field.town), *PERIOD, "--json")
    told = {each["figure"]: each for each in json.loads(listed.stdout)["declared"]}
    assert {name: (each["qualifier"], each["agrees"]) for name, each in told.items()} == {
        "members_joined": ("exact", True), "members_total": ("over", False),
    }  # fmt: skip
