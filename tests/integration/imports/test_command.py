"""`unionstream import` as people run it: exit codes, the refused file, Ctrl-C and again."""

import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.bulk_server import BulkServer, bulk_server
from tests.support.codes import person_number
from tests.support.rosters import MEMBER_TITLES, member_rows, receipts, roster, write
from tests.support.waiting import until
from unionstream.imports.sheets import names, sheet

REFUSAL = {"code": "already-member", "field": "document_number", "remedy": "transfer", "detail": ""}
START = [sys.executable, "-c", "from unionstream.cli.main import app; app()", "import"]


@pytest.fixture
def server() -> Iterator[BulkServer]:
    with bulk_server() as running:
        yield running


def start(server: BulkServer, *arguments: str | Path) -> subprocess.Popen[str]:
    urls = {"UNIONSTREAM_MEMBERSHIP_URL": server.url, "UNIONSTREAM_FINANCE_URL": server.url + "/"}
    return subprocess.Popen(
        [*START, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | urls | {"COLUMNS": "200"},
    )


def run(server: BulkServer, *arguments: str | Path) -> tuple[int, str, str]:
    process = start(server, *arguments)
    out, err = process.communicate(timeout=120)
    return process.returncode, out, err


def test_a_clean_roster_ends_with_zero_and_leaves_no_file(tmp_path: Path, server: BulkServer) -> None:
    code, out, err = run(server, "members", roster(tmp_path / "名册.xlsx", 1200))
    assert (code, err.strip()) == (0, "")
    assert "1,200 created, 0 there before, 0 refused" in out
    assert {request["path"] for request in server.requests} == {"/v1/members/bulk"}
    assert [path.name for path in tmp_path.iterdir()] == ["名册.xlsx"]


def test_a_template_is_written_once_and_taken_back(tmp_path: Path, server: BulkServer) -> None:
    path = tmp_path / "空表.xlsx"
    code, out, _ = run(server, "template", "workforce", path)
    assert (code, path.name in out) == (0, True)
    assert run(server, "template", "workforce", path)[0] == 2
    assert run(server, "template", "nothing", tmp_path / "b.xlsx")[0] == 2
    code, _, err = run(server, "workforce", path)
    assert (code, "file-empty" in err) == (2, True)


def test_the_list_names_every_sheet_and_what_it_cannot_do_without(server: BulkServer) -> None:
    code, out, _ = run(server, "--list")
    assert code == 0
    assert {f"{name}  {sheet(name).title.zh}" for name in names()} <= set(re.findall(r"\S+  \S+", out))
    assert "*职工人数" in out
    assert run(server)[0] == 2


def test_rows_that_rest_on_those_above_go_one_chunk_after_the_other(
    tmp_path: Path, server: BulkServer
) -> None:
    rows = [(f"示例工会{n}", "乡镇", "总工会", "2000-01-01") for n in range(1500)]
    path = write(tmp_path / "a.csv", ("工会名称", "层级", "类别", "批准日期"), rows)
    assert run(server, "unions", path)[0] == 0
    names_sent = [row["name"] for request in server.requests for row in request["body"]["rows"]]
    assert names_sent == [row[0] for row in rows]
    assert server.most_in_flight == 1


def test_dues_go_to_finance(tmp_path: Path, server: BulkServer) -> None:
    code, _, _ = run(server, "dues", receipts(tmp_path / "a.csv", 3), "--source", "tax-2006")
    assert code == 0
    assert set(server.rows) == {("tax-2006", f"V00000{n}") for n in range(3)}
    assert {request["path"] for request in server.requests} == {"/v1/dues/receipts/bulk"}


def test_refused_rows_stand_in_a_file_beside_the_input(tmp_path: Path, server: BulkServer) -> None:
    server.refusals[person_number(4)] = REFUSAL
    rows = list(member_rows(5))
    wrong = [*rows[1][:3], "999999199002290013", *rows[1][4:]]
    path = write(tmp_path / "a.csv", MEMBER_TITLES, [rows[0], wrong, *rows[2:]])
    code, out, err = run(server, "members", path)
    assert code == 1
    assert "3 created, 0 there before, 2 refused" in out
    lines = (tmp_path / "a.refused.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert "citizen-number-impossible-day" in lines[1]
    assert "already-member" in lines[2]
    assert "999999199002290013" not in out + err
    assert person_number(4) not in out + err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["members", "none.xlsx"], "file-not-readable"),
        (["dues", "a.csv"], "headings-not-found"),
        (["members", "a.csv", "--rows", "2"], "too-many-rows"),
        (["members", "a.csv", "--to", "天元镇"], "union-not-a-code"),
    ],
)
def test_unusable_input_ends_with_two_and_sends_nothing(
    tmp_path: Path, server: BulkServer, arguments: list[str], code: str
) -> None:
    roster(tmp_path / "a.csv", 3)
    subject, name, *options = arguments
    ended, _, err = run(server, subject, tmp_path / name, *options)
    assert ended == 2
    assert code in err
    assert not server.requests


def test_stopped_and_repeated_nothing_is_doubled(tmp_path: Path, server: BulkServer) -> None:
    path = roster(tmp_path / "a.xlsx", 3000)
    process = start(server, "members", path)
    until(lambda: len(server.rows) >= 500)
    server.gate.clear()
    until(lambda: server.most_in_flight >= 1 and len(server.requests) * 500 > len(server.rows))
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Run the same command again" in err
    server.gate.set()
    before = len(server.rows)
    assert 500 <= before < 3000
    code, out, _ = run(server, "members", path)
    assert code == 0
    assert "0 refused" in out
    assert len(server.rows) == 3000
    assert len({row["document_number"] for row in server.rows.values()}) == 3000
