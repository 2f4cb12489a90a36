"""Rows about people: documents to membership first, then ids, and nothing but ids, to the service."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from tests.support.bulk_server import BulkServer, bulk_server
from tests.support.codes import person_number
from tests.support.rosters import write
from unionstream.imports.asking import Destination
from unionstream.imports.grid import Limits
from unionstream.imports.people import ROUTE
from unionstream.imports.reading import Source, open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sending import Tally, send
from unionstream.imports.sheets import Sheet

AID = Sheet.model_validate(
    {
        "name": "aid",
        "title": {"zh": "帮扶", "en": "aid"},
        "service": "welfare",
        "route": "/aid/bulk",
        "columns": [
            {
                "field": "person",
                "kind": "person",
                "required": True,
                "headings": ["身份证号"],
                "person": {"name": "holder"},
            },
            {"field": "holder", "kind": "text", "headings": ["姓名"], "sent": False},
            {"field": "on", "kind": "date", "required": True, "headings": ["日期"]},
        ],
    }
)
UNKNOWN = {"code": "person-erased", "field": "document_number", "remedy": "ask for the record", "detail": ""}


@pytest.fixture
def server() -> Iterator[BulkServer]:
    with bulk_server() as running:
        yield running


def listed(folder: Path, *people: int) -> Source:
    rows = [(f"示例{index}", person_number(index), "2024-03-05") for index in people]
    return open_source(write(folder / "a.csv", ("姓名", "身份证号", "日期"), rows), AID, Limits())


def target(server: BulkServer, path: str) -> Destination:
    return Destination(f"{server.url}/v1{path}", "aid", chunk_rows=10, wait_seconds=0)


async def imported(source: Source, server: BulkServer) -> Tally:
    given, tally = Given(date(2026, 1, 1)), Tally()
    for _ in source.rows(SheetRows(AID, given).read):
        pass
    await given.people.look_up(target(server, ROUTE), lambda: None)
    assert not given.people.unknown
    rows = source.rows(SheetRows(AID, given).read)
    await send(rows, target(server, "/aid/bulk"), tally, lambda: None)
    return tally


def sent(server: BulkServer, path: str) -> list[dict[str, Any]]:
    return [row for each in server.requests if each["path"] == f"/v1{path}" for row in each["body"]["rows"]]


async def test_documents_go_to_membership_and_ids_to_the_service(tmp_path: Path, server: BulkServer) -> None:
    tally = await imported(listed(tmp_path, *range(25)), server)
    assert (tally.created, tally.refused) == (25, [])
    asked = sent(server, ROUTE)
    assert {row["document_number"] for row in asked} == {person_number(n) for n in range(25)}
    assert {row["name"] for row in asked} == {f"示例{n}" for n in range(25)}
    rows = sent(server, "/aid/bulk")
    assert len({UUID(row["person"]) for row in rows}) == 25
    assert "999999" not in json.dumps(rows)
    assert set(rows[0]) == {"person", "on", "reference"}


async def test_nothing_in_a_reference_tells_of_a_document(tmp_path: Path, server: BulkServer) -> None:
    await imported(listed(tmp_path, 1, 2), server)
    first = [row["reference"] for row in sent(server, ROUTE)]
    server.requests.clear()
    await imported(listed(tmp_path, 1, 2), server)
    assert not set(first) & {row["reference"] for row in sent(server, ROUTE)}


async def test_somebody_named_twice_is_asked_about_once(tmp_path: Path, server: BulkServer) -> None:
    tally = await imported(listed(tmp_path, 1, 1, 2), server)
    assert tally.created == 3
    assert len(sent(server, ROUTE)) == 2
    assert len({row["person"] for row in sent(server, "/aid/bulk")}) == 2


async def test_sending_again_doubles_nothing(tmp_path: Path, server: BulkServer) -> None:
    await imported(listed(tmp_path, *range(5)), server)
    tally = await imported(listed(tmp_path, *range(5)), server)
    assert (tally.created, tally.repeated) == (0, 5)


async def test_somebody_whom_membership_refuses_is_a_refused_row(tmp_path: Path, server: BulkServer) -> None:
    server.refusals[person_number(1)] = UNKNOWN
    tally = await imported(listed(tmp_path, 0, 1, 2), server)
    ((row, problem),) = tally.refused
    assert (tally.created, row.number) == (2, 3)
    assert (problem.code, problem.field, problem.remedy) == ("person-erased", "person", "ask for the record")
    assert len(sent(server, "/aid/bulk")) == 2


async def test_an_identity_number_as_reference_stays_here(tmp_path: Path, server: BulkServer) -> None:
    sheet = AID.model_copy(update={"reference": ("编号",)})
    row = (person_number(5), "示例", person_number(5), "2024-03-05")
    path = write(tmp_path / "a.csv", ("编号", "姓名", "身份证号", "日期"), [row])
    (read,) = open_source(path, sheet, Limits()).rows(SheetRows(sheet, Given(date(2026, 1, 1))).read)
    assert read.problem is not None
    assert (read.problem.field, read.problem.code) == ("reference", "identity-number-misplaced")
    assert person_number(5) not in repr(read.problem)
