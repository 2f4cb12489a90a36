"""Rows over HTTP: chunks, retries, refusals; run within this process against a real server."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from fastapi.responses import JSONResponse

from tests.support.bulk_server import BulkServer, bulk_server, busy
from tests.support.codes import person_number
from tests.support.rosters import roster
from unionstream.imports.asking import Destination, SendingStopped
from unionstream.imports.grid import Limits
from unionstream.imports.reading import open_source
from unionstream.imports.rows import Given, SheetRows
from unionstream.imports.sending import Tally, send
from unionstream.imports.sheets import sheet
from unionstream.signing import Signed

REFUSAL = {"code": "already-member", "field": "document_number", "remedy": "transfer", "detail": ""}
UNKNOWN = REFUSAL | {"code": "not-yet-known"}


@pytest.fixture
def server() -> Iterator[BulkServer]:
    with bulk_server() as running:
        yield running


async def sent(
    folder: Path, server: BulkServer, count: int = 25, *, patience: float = 20, wait: float = 20
) -> Tally:
    path = roster(folder / "roster.csv", count)
    members = sheet("members")
    rows = open_source(path, members, Limits()).rows(SheetRows(members, Given(date(2026, 1, 1))).read)
    tally = Tally()
    target = Destination(
        f"{server.url}/v1/members/bulk",
        "s",
        Signed(lambda actor: f"token of {actor}", "me"),
        chunk_rows=10,
        give_up_seconds=patience,
        wait_seconds=wait,
    )
    await send(rows, target, tally, lambda: None)
    return tally


def keys(server: BulkServer) -> list[str]:
    return [request["headers"]["idempotency-key"] for request in server.requests]


async def test_every_row_arrives_once_in_chunks(tmp_path: Path, server: BulkServer) -> None:
    tally = await sent(tmp_path, server)
    assert (tally.created, tally.repeated, tally.refused) == (25, 0, [])
    assert sorted(len(request["body"]["rows"]) for request in server.requests) == [5, 10, 10]
    assert {row["document_number"] for row in server.rows.values()} == {person_number(n) for n in range(25)}
    assert {request["headers"]["authorization"] for request in server.requests} == {"Bearer token of me"}
    assert len(set(keys(server))) == 3


async def test_at_most_two_chunks_are_under_way(tmp_path: Path, server: BulkServer) -> None:
    await sent(tmp_path, server, 200)
    assert server.most_in_flight <= 2


async def test_sending_again_repeats_and_doubles_nothing(tmp_path: Path, server: BulkServer) -> None:
    await sent(tmp_path, server)
    tally = await sent(tmp_path, server)
    assert (tally.created, tally.repeated, len(server.rows)) == (0, 25, 25)


@pytest.mark.parametrize("status", [503, 429, 502, 504, 409])
async def test_a_busy_service_is_asked_again_under_the_same_key(
    tmp_path: Path, server: BulkServer, status: int
) -> None:
    server.troubles += [busy(status), busy(status)]
    tally = await sent(tmp_path, server, 10)
    # The rows had been taken before the answers were lost.
    assert (tally.created, tally.repeated, len(server.rows)) == (0, 10, 10)
    assert len(server.requests) == 3
    assert len(set(keys(server))) == 1


@pytest.mark.parametrize("code", ["not-yet-known", "payer-unmatched", "union-unmatched"])
async def test_rows_about_something_unknown_are_sent_again_alone(
    tmp_path: Path, server: BulkServer, code: str
) -> None:
    server.refusals[person_number(3)] = UNKNOWN | {"code": code}
    tally = await sent(tmp_path, server, 10)
    assert (tally.created, tally.refused) == (10, [])
    assert [len(request["body"]["rows"]) for request in server.requests] == [10, 1]
    assert len(set(keys(server))) == 2


async def test_patience_with_unknown_things_ends_in_a_refusal(tmp_path: Path, server: BulkServer) -> None:
    server.refusals[person_number(3)] = UNKNOWN
    tally = await sent(tmp_path, server, 10, wait=0)
    assert tally.created == 9
    ((row, problem),) = tally.refused
    assert (row.number, problem.code) == (5, "not-yet-known")


async def test_a_refused_row_leaves_the_others_alone(tmp_path: Path, server: BulkServer) -> None:
    server.refusals[person_number(3)] = REFUSAL
    tally = await sent(tmp_path, server)
    ((row, problem),) = tally.refused
    assert (tally.created, row.number, problem.code, problem.remedy) == (24, 5, "already-member", "transfer")


async def test_a_refusal_of_everything_stops_with_the_services_reason(
    tmp_path: Path, server: BulkServer
) -> None:
    server.troubles.append(lambda: JSONResponse({"code": "not-permitted", "detail": "no role"}, 403))
    with pytest.raises(SendingStopped) as caught:
        await sent(tmp_path, server, 10)
    assert (caught.value.code, len(server.requests)) == ("not-permitted", 1)


@pytest.mark.parametrize(
    "answer", [{"results": []}, {"rows": 1}, {"results": [{"row": 0, "status": "lost", "id": None}]}]
)
async def test_an_answer_that_leaves_rows_out_is_not_believed(
    tmp_path: Path, server: BulkServer, answer: dict[str, object]
) -> None:
    server.troubles.append(lambda: JSONResponse(answer))
    with pytest.raises(SendingStopped) as caught:
        await sent(tmp_path, server, 10)
    assert caught.value.code == "answer-malformed"


async def test_a_service_that_stays_away_ends_the_run(tmp_path: Path, server: BulkServer) -> None:
    server.troubles += [busy()] * 100_000
    with pytest.raises(SendingStopped) as caught:
        await sent(tmp_path, server, 10, patience=0.2)
    assert caught.value.code == "service-unreachable"


async def test_no_service_at_all_ends_the_run(tmp_path: Path) -> None:
    nobody = BulkServer()
    nobody.url = "http://127.0.0.1:1"
    with pytest.raises(SendingStopped) as caught:
        await sent(tmp_path, nobody, 10, patience=0.2)
    assert caught.value.code == "service-unreachable"
