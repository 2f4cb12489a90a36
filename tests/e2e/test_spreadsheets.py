"""Rosters and lists of payments as cadres keep them, through the command line into the real services."""

from __future__ import annotations

import csv
from datetime import date
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from openpyxl import load_workbook

from tests.e2e.conftest import CommandLine
from tests.e2e.settling import caught_up, logged
from tests.support import rosters
from tests.support.codes import citizen_number
from unionstream.demo.people import company_code

TOWN = "330282121000"
PEOPLE, PAYMENTS = 120, 40
JOINED = date(2016, 5, 4)
DUES_TITLES = ("凭证号", "缴款单位统一社会信用代码", "金额(元)", "入库日期", "所属期", "渠道")


def roster(path: Path) -> Path:
    """Five rows of it cannot be taken: two numbers are wrong, one day does not exist, two come twice."""
    rows = [
        (n, "示例会员", "男" if n % 2 else "女", citizen_number(date(1985, 3, 1), n),
         "农民工" if n < 30 else "职工", JOINED.isoformat(), TOWN, "")
        for n in range(PEOPLE)
    ]  # fmt: skip
    wrong = [
        (200, *rows[0][1:3], rows[0][3][:17] + ("1" if rows[0][3][17] != "1" else "2"), *rows[0][4:]),
        (201, *rows[1][1:3], "999999198302290010", *rows[1][4:]),
        (202, *rows[2][1:3], citizen_number(date(1985, 3, 2), 1), rows[2][4], "2016-02-30", *rows[2][6:]),
        (203, *rows[3][1:]),
        (204, *rows[4][1:5], "2016-07-01", *rows[4][6:]),
    ]
    return rosters.write(path, rosters.MEMBER_TITLES, [*rows, *wrong])


def payments(path: Path) -> Path:
    """Payments of employers of the sample town; one amount is negative, one has half a fen."""
    rows = [
        (f"P{n}", company_code(1, 7 + n), f"{1000 + n}.50", "2012-03-15", "2012-03", "自收")
        for n in range(PAYMENTS)
    ]
    wrong = [("P900", company_code(1, 7), "-3", "2012-03-15", "2012-03", "自收"),
             ("P901", company_code(1, 7), "3.005", "2012-03-15", "2012-03", "自收")]  # fmt: skip
    return rosters.write(path, DUES_TITLES, [*rows, *wrong], encoding="gb18030")


async def figures(
    http: httpx.AsyncClient, urls: dict[str, str], unit: str, year: int, *names: str
) -> list[object]:
    """Values of a year, in the order of the names."""
    query = {"unit": unit, "figure": list(names), "from": f"{year}-01-01", "to": f"{year}-12-31"}
    answer = (await http.get(f"{urls['projection']}/v1/figures", params=query)).raise_for_status().json()
    return [figure["value"] for figure in answer["figures"]]


async def test_a_roster(
    known: dict[str, UUID], cli: CommandLine, urls: dict[str, str], http: httpx.AsyncClient, tmp_path: Path
) -> None:
    file = roster(tmp_path / "名册.xlsx")
    done = cli("import", "members", file)
    assert (done.code, "120 created, 0 there before, 5 refused" in done.out) == (1, True), done.out + done.err
    sheet = load_workbook(tmp_path / "名册.refused.xlsx").active
    assert sheet is not None
    told = [[str(cell or "") for cell in row] for row in sheet.iter_rows(values_only=True)]
    titles, *refused = told
    reasons = {row[0]: row[titles.index("原因 reason")] for row in refused}
    assert reasons == {
        "200": "citizen-number-check-digit",
        "201": "citizen-number-impossible-day",
        "202": "date-impossible",
        "203": "already-member",
        "204": "already-member",
    }
    assert all(row[titles.index("处理办法 remedy")] for row in refused)

    before = await logged(http, urls)
    again = cli("import", "members", file)
    assert (again.code, "0 created, 120 there before, 5 refused" in again.out) == (1, True), again.out
    assert await logged(http, urls) == before

    await caught_up(http, urls)
    names = ("members_joined", "people_joined")
    for unit in (TOWN, "330282", "33"):
        assert await figures(http, urls, unit, 2016, *names) == [PEOPLE, PEOPLE], unit


async def test_payments(
    known: dict[str, UUID], cli: CommandLine, urls: dict[str, str], http: httpx.AsyncClient, tmp_path: Path
) -> None:
    file = payments(tmp_path / "经费.csv")
    done = cli("import", "dues", file)
    assert (done.code, "40 created, 0 there before, 2 refused" in done.out) == (1, True), done.out + done.err
    with (tmp_path / "经费.refused.csv").open(encoding="utf-8-sig", newline="") as lines:
        refused = {row["凭证号"]: row for row in csv.DictReader(lines)}
    assert set(refused) == {"P900", "P901"}
    assert all(row["处理办法 remedy"] for row in refused.values())

    before = await logged(http, urls)
    again = cli("import", "dues", file)
    assert "0 created, 40 there before, 2 refused" in again.out
    assert await logged(http, urls) == before

    await caught_up(http, urls)
    fen = sum(100_050 + 100 * n for n in range(PAYMENTS))
    for unit in (str(known["division/330282119000"]), "330282", "33"):
        assert await figures(http, urls, unit, 2012, "dues_received", "dues_payers") == [fen, PAYMENTS], unit


@pytest.mark.parametrize("subject", ["members", "dues"])
async def test_a_file_that_is_none_ends_with_two(cli: CommandLine, tmp_path: Path, subject: str) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"PK\x03\x04 no workbook")
    done = cli("import", subject, file)
    assert done.code == 2
    assert "Traceback" not in done.err
