"""Rows about what a service lists: found by what it says, under a union found by its code."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_OID, uuid5

import pytest

from tests.support.bulk_server import BulkServer, bulk_server, busy
from tests.support.codes import credit_code
from tests.support.rosters import Row, write
from unionstream.imports.asking import SendingStopped
from unionstream.imports.grid import Limits
from unionstream.imports.listed import Services
from unionstream.imports.reading import Source, SourceRow, open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sheets import Sheet

TOWN, OTHER, NOWHERE = "330282121000", "330282119000", "520502100000"
COVERS = {
    "listing": "/covers",
    "unit": "union",
    "where": {"number": "number", "cancelled": False},
    "inside": "enrolments",
}
ALLOCATED = Sheet.model_validate(
    {
        "name": "allocated",
        "title": {"zh": "拨付", "en": "allocated"},
        "service": "welfare",
        "route": "/funds/allocate/bulk",
        "columns": [
            {"field": "union", "kind": "union", "required": True, "sent": False},
            {"field": "year", "kind": "year", "headings": ["年度"], "sent": False},
            {"field": "number", "kind": "integer", "headings": ["期数"], "sent": False},
            {"field": "giver", "kind": "union_id", "headings": ["拨付单位"]},
            {"field": "firm", "kind": "employer_id", "headings": ["企业"]},
            {
                "field": "fund",
                "kind": "found",
                "required": True,
                "find": {
                    "listing": "/funds",
                    "unit": "union",
                    "where": {"about.year": "year", "stage": "=open"},
                },
            },
            {"field": "enrolment", "kind": "found", "find": COVERS},
            {"field": "paid_on", "kind": "date", "headings": ["拨付日期"], "sent": False},
            {
                "field": "duty",
                "kind": "found",
                "find": {
                    "listing": "/duties",
                    "unit": "union",
                    "where": {},
                    "during": {"paid_on": ["since", "until"]},
                },
            },
        ],
    }
)
TITLES = ("工会编码", "年度", "期数", "拨付单位")


@pytest.fixture
def server() -> Iterator[BulkServer]:
    with bulk_server() as running:
        yield running


def id_of(code: str) -> str:
    return str(uuid5(NAMESPACE_OID, code))


def under(server: BulkServer, path: str, code: str, *items: dict[str, Any]) -> None:
    server.pages[f"/v1{path}?unit={id_of(code)}"] = list(items)


def fund(id_: str, year: int | None, stage: str = "open") -> dict[str, Any]:
    return {"id": id_, "about": {"year": year}, "stage": stage}


async def looked_up(folder: Path, server: BulkServer, *rows: Row, seconds: float = 20) -> list[SourceRow]:
    return await looked_up_in(write(folder / "a.csv", TITLES, rows), server, seconds)


async def looked_up_in(path: Path, server: BulkServer, seconds: float = 20) -> list[SourceRow]:
    source: Source = open_source(path, ALLOCATED, Limits())
    given = Given(date(2026, 1, 1))
    for _ in source.rows(SheetRows(ALLOCATED, given).read):
        pass
    await given.listed.look_up(Services(server.url, server.url, patience_seconds=seconds), lambda _: None)
    return list(source.rows(SheetRows(ALLOCATED, given).read))


def problems(rows: list[SourceRow]) -> list[tuple[str, str]]:
    return [(row.problem.field, row.problem.code) for row in rows if row.problem]


async def test_each_row_gets_the_id_of_what_it_describes(tmp_path: Path, server: BulkServer) -> None:
    under(server, "/funds", TOWN, fund("a", 2023), fund("b", 2024), fund("c", 2024, "closed"))
    under(server, "/funds", OTHER, fund("d", 2024), fund("e", None))
    rows = await looked_up(
        tmp_path, server, (TOWN, 2024, "", ""), (OTHER, "2024年", "", OTHER), (OTHER, "", "", "")
    )
    assert [row.fields and row.fields["fund"] for row in rows] == ["b", "d", "e"]
    assert rows[1].fields is not None
    assert rows[1].fields["giver"] == id_of(OTHER)
    assert set(rows[0].fields or {}) == {"fund", "reference"}


async def test_employers_are_found_by_their_credit_code(tmp_path: Path, server: BulkServer) -> None:
    under(server, "/funds", TOWN, fund("a", 2024))
    path = tmp_path / "b.csv"
    titles = ("工会编码", "年度", "企业")
    rows = [(TOWN, 2024, credit_code(1, "91")), (TOWN, 2024, credit_code(1, "92"))]
    known, unknown = await looked_up_in(write(path, titles, rows), server)
    assert known.fields is not None
    assert known.fields["firm"] == id_of(credit_code(1, "91"))
    assert problems([unknown]) == [("firm", "employer-unknown")]


async def test_every_union_is_asked_about_once_and_every_page_is_read(
    tmp_path: Path, server: BulkServer
) -> None:
    under(
        server, "/funds", TOWN, *(fund(str(n), 1900 + n % 150) for n in range(150)), *[fund("x", 2090)] * 500
    )
    rows = await looked_up(tmp_path, server, *[(TOWN, 1900 + n, "", "") for n in range(40)])
    assert [row.fields and row.fields["fund"] for row in rows] == [str(n) for n in range(40)]
    assert server.asked.count("/v1/funds") == 4
    assert len(server.asked) == 5


async def test_what_stands_inside_an_item_is_found_by_its_id(tmp_path: Path, server: BulkServer) -> None:
    under(server, "/funds", TOWN, fund("a", 2024))
    enrolments = {
        "one": {"number": 13, "cancelled": False},
        "two": {"number": 14, "cancelled": False},
        "three": {"number": 14, "cancelled": True},
    }
    under(server, "/covers", TOWN, {"id": "cover", "enrolments": enrolments})
    (row, other) = await looked_up(tmp_path, server, (TOWN, 2024, 14, ""), (TOWN, 2024, "", ""))
    assert row.fields is not None
    assert other.fields is not None
    assert (row.fields["enrolment"], "enrolment" in other.fields) == ("two", False)


async def test_of_several_the_one_is_found_in_whose_days_the_row_lies(
    tmp_path: Path, server: BulkServer
) -> None:
    under(server, "/funds", TOWN, fund("a", 2024))
    old = {"id": "old", "since": "2020-01-01", "until": "2023-12-31"}
    new = {"id": "new", "since": "2024-01-01", "until": "2026-12-31"}
    under(server, "/duties", TOWN, old, new)
    titles = ("工会编码", "年度", "拨付日期")
    days = ("2023-12-31", "2024-01-01", "2019-12-31", "")
    rows = [(TOWN, 2024, day) for day in days]
    found = await looked_up_in(write(tmp_path / "c.csv", titles, rows), server)
    assert [row.fields and row.fields.get("duty") for row in found] == ["old", "new", None, None]
    assert problems(found) == [("duty", "not-listed")]


async def test_what_is_not_there_or_there_twice_is_a_refused_row(tmp_path: Path, server: BulkServer) -> None:
    under(server, "/funds", TOWN, fund("a", 2024), fund("b", 2024))
    rows = await looked_up(
        tmp_path, server, (TOWN, 2024, "", ""), (TOWN, 2023, "", ""), (NOWHERE, 2024, "", "")
    )
    assert problems(rows) == [("fund", "ambiguous"), ("fund", "not-listed"), ("fund", "union-unknown")]


async def test_a_busy_service_is_asked_again(tmp_path: Path, server: BulkServer) -> None:
    under(server, "/funds", TOWN, fund("a", 2024))
    server.troubles += [busy(), busy()]
    assert problems(await looked_up(tmp_path, server, (TOWN, 2024, "", ""))) == []


async def test_a_service_that_stays_away_ends_the_run(tmp_path: Path, server: BulkServer) -> None:
    server.troubles += [busy()] * 100_000
    with pytest.raises(SendingStopped, match="service-unreachable"):
        await looked_up(tmp_path, server, (TOWN, 2024, "", ""), seconds=0.2)
