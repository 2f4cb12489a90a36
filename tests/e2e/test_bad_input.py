"""Bad input over HTTP: a typed problem with code, field and remedy, the right status; nothing in any log."""

from __future__ import annotations

import asyncio
import json
import socket
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import httpx
import pytest

from shared.clock import business_date, utc_now
from tests.e2e.settling import caught_up, logged
from tests.support.codes import citizen_number
from tests.support.load import Client, Land, founded
from tests.support.signing import ISSUING, signing_client
from unionstream.embedded.deadline import run_aside

NOBODY = "00000000-0000-4000-8000-000000000000"
BORN = date(1990, 1, 1)
# Two days, for midnight in Shanghai may pass between collecting the tests and running them.
AHEAD = (business_date(utc_now()) + timedelta(days=2)).isoformat()
MEGABYTE = 1024 * 1024


@dataclass
class World:
    """Both services to be asked, and what there is."""

    http: httpx.AsyncClient
    urls: dict[str, str]
    made: Made

    async def post(self, service: str, path: str, body: Any) -> httpx.Response:
        """The body as it is if it is bytes, else as JSON."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}
        return await self.http.post(self.urls[service] + path, content=content, headers=headers)

    def joins(self, **but: Any) -> dict[str, Any]:
        """A person nobody knows, with what is wrong about this one."""
        body = {
            "union": self.made.land.unions[0],
            "document_number": citizen_number(BORN, 998),
            "name": "示例会员",
            "joined_on": "2012-05-05",
        }
        return body | but

    def pays(self, **but: Any) -> dict[str, Any]:
        """A payment, with what is wrong about this one."""
        body = {
            "union": self.made.land.unions[0],
            "channel": "own",
            "period": "2012-05",
            "amount_fen": 100,
            "received_on": "2012-05-05",
        }
        return body | but


@dataclass(frozen=True)
class Made:
    """What there is before bad input arrives; refusals change nothing, so one is enough for all tests."""

    land: Land
    member: str
    number: str
    receipt: str


@pytest.fixture(scope="module")
def made(urls: dict[str, str]) -> Made:
    """A little land whose last union is dissolved."""

    async def make() -> Made:
        async with signing_client() as http:
            return await _make(http, urls)

    return run_aside(make)


async def _make(http: httpx.AsyncClient, urls: dict[str, str]) -> Made:
    client = Client(http, urls.__getitem__)
    land = await founded(client)
    number = citizen_number(BORN, 1)
    world = World(http, urls, Made(land, "", number, ""))
    joined = await client.command("membership", "/v1/members", world.joins(document_number=number))
    paid = await client.command("finance", "/v1/dues/receipts", world.pays())
    dissolved = {"reason": "employer_ended", "on": "2010-01-01"}
    told = await client.command("membership", f"/v1/unions/{land.unions[5]}/dissolve", dissolved)
    assert told.acknowledged, told
    await caught_up(http, urls)
    return Made(land, str(joined.answer["id"]), number, str(paid.answer["id"]))


@pytest.fixture
async def world(made: Made, http: httpx.AsyncClient, urls: dict[str, str]) -> AsyncIterator[World]:
    """Whatever the test does, nothing is recorded meanwhile."""
    before = await logged(http, urls)
    yield World(http, urls, made)
    assert await logged(http, urls) == before


def problem(answer: httpx.Response, status: int, code: str, field: str | None = None) -> None:
    """Asserts that the answer is this problem, with a way out."""
    told = answer.json()
    faults = {fault["code"] for fault in told["errors"]}
    assert (answer.status_code, code in {told["code"], *faults}) == (status, True), told
    assert answer.headers["content-type"].startswith("application/problem+json")
    assert told["remedy"]
    assert told["type"].startswith("urn:unionstream:problem:")
    if field is not None:
        assert told["field"] == field, told


@pytest.mark.parametrize(
    ("but", "status", "code", "field"),
    [
        ({"union": NOBODY}, 404, "union-unknown", "union"),
        ({"union": "999999999999"}, 404, "union-unknown", "union"),
        ({"joined_on": AHEAD}, 409, "date-in-future", "joined_on"),
        ({"joined_on": "1989-12-31"}, 409, "before-birth", "joined_on"),
        ({"joined_on": "2023-02-29"}, 422, "date-impossible", "joined_on"),
        ({"joined_on": 1_300_000_000}, 422, "date-malformed", "joined_on"),
        ({"document_number": "999999199001010011"}, 422, "citizen-number-check-digit", "document_number"),
        ({"document_number": "99999919900101"}, 422, "citizen-number-malformed", "document_number"),
        ({"name": "a\u0000b"}, 422, "malformed", "body"),
        ({"name": "a\nb"}, 422, "text-unprintable", "name"),
        ({"name": "x" * 101}, 422, "too-long", "name"),
        ({"nonsense": 1}, 422, "extra-forbidden", "nonsense"),
        ({"worker_kind": "robot"}, 422, "not-in-catalogue", "worker_kind"),
    ],
)
async def test_a_joining(world: World, but: dict[str, Any], status: int, code: str, field: str) -> None:
    problem(await world.post("membership", "/v1/members", world.joins(**but)), status, code, field)


async def test_joining_twice_and_at_two_unions_at_once(world: World) -> None:
    for union in (world.made.land.unions[0], world.made.land.unions[1]):
        body = world.joins(document_number=world.made.number, union=union, joined_on="2013-01-01")
        answer = await world.post("membership", "/v1/members", body)
        problem(answer, 409, "already-member")
        assert world.made.number not in answer.text


async def test_a_dissolved_union_takes_nobody_and_no_money(world: World) -> None:
    ended = world.made.land.unions[5]
    problem(await world.post("membership", "/v1/members", world.joins(union=ended)), 409, "union-ended")
    problem(await world.post("finance", "/v1/dues/receipts", world.pays(union=ended)), 409, "union-ended")


@pytest.mark.parametrize(
    ("but", "status", "code", "field"),
    [
        ({"amount_fen": -1}, 422, "greater-than", "amount_fen"),
        ({"amount_fen": 0}, 422, "greater-than", "amount_fen"),
        ({"amount_fen": 1.5}, 422, "int-type", "amount_fen"),
        ({"amount_fen": "100"}, 422, "int-type", "amount_fen"),
        ({"amount_fen": 10**30}, 422, "less-than-equal", "amount_fen"),
        ({"received_on": "2023-02-29"}, 422, "date-impossible", "received_on"),
        ({"received_on": AHEAD}, 409, "date-in-future", "received_on"),
        ({"period": "2012-13"}, 422, "period-malformed", "period"),
        ({"channel": "bag"}, 422, "literal-error", "channel"),
        ({"union": NOBODY}, 409, "not-yet-known", "union"),
    ],
)
async def test_a_payment(world: World, but: dict[str, Any], status: int, code: str, field: str) -> None:
    problem(await world.post("finance", "/v1/dues/receipts", world.pays(**but)), status, code, field)


async def test_more_is_paid_back_than_came_in(world: World) -> None:
    body = {"amount_fen": 101, "refunded_on": "2013-01-01"}
    answer = await world.post("finance", f"/v1/dues/receipts/{world.made.receipt}/refund", body)
    problem(answer, 409, "over-refund", "amount_fen")


async def test_a_tree_in_a_circle_or_upside_down(world: World) -> None:
    land = world.made.land
    for union, parent, code in (
        (land.counties[0], land.towns[0].id, {"tree-cycle", "tree-upside-down"}),
        (land.counties[0], land.counties[0], {"tree-cycle", "tree-upside-down"}),
        (land.towns[0].id, land.towns[1].id, {"tree-upside-down"}),
    ):
        order = {"parent": parent, "effective_on": "2012-01-01"}
        answer = await world.post("membership", f"/v1/unions/{union}/move", order)
        assert answer.json()["code"] in code
        problem(answer, 409, answer.json()["code"], "parent")


NESTED = b'{"name":' + b"[" * 30_000 + b"]" * 30_000 + b"}"


@pytest.mark.parametrize(
    ("service", "path"), [("membership", "/v1/members"), ("finance", "/v1/dues/receipts")]
)
@pytest.mark.parametrize(
    ("body", "code"),
    [
        (NESTED, "malformed"),
        (b'{"name": "\\ud800"}', "malformed"),
        (b'{"name": "\xed\xa0\x80"}', "malformed"),
        (b'{"name": "\\u0000"}', "malformed"),
        (b'{"name": "a', "malformed"),
        (b"[]", "malformed"),
        (b"null", "malformed"),
        (b"\xff\xfe{}", "malformed"),
        (b'{"a": ' + b"9" * 5000 + b"}", None),
        (b"", None),
    ],
)
async def test_a_body_that_is_none(
    world: World, service: str, path: str, body: bytes, code: str | None
) -> None:
    answer = await world.post(service, path, body)
    problem(answer, 422, code or answer.json()["code"])
    bulk = await world.post(service, f"{path}/bulk", body)
    problem(bulk, 422, code or bulk.json()["code"])


@pytest.mark.parametrize(
    ("service", "path"), [("membership", "/v1/members"), ("finance", "/v1/dues/receipts")]
)
@pytest.mark.parametrize("bulk", [False, True])
async def test_a_body_of_fifty_megabytes(world: World, service: str, path: str, bulk: bool) -> None:
    async def body() -> AsyncIterator[bytes]:
        yield b'{"name": "'
        for _ in range(50):
            yield b"x" * MEGABYTE
        yield b'"}'

    headers = {"Idempotency-Key": uuid4().hex, "Content-Type": "application/json"}
    url = world.urls[service] + path + ("/bulk" if bulk else "")
    problem(await world.http.post(url, content=body(), headers=headers), 422, "body-too-large", "body")


async def test_a_row_that_is_wrong_leaves_only_itself_out(world: World) -> None:
    rows = [
        {"reference": "a", **world.joins(joined_on="2023-02-29")},
        {**world.joins()},
        {"reference": "b", **world.joins(name=None)},
    ]
    answer = await world.post("membership", "/v1/members/bulk", {"source": "bad", "rows": rows})
    results = answer.raise_for_status().json()["results"]
    assert [result["status"] for result in results] == ["refused"] * 3
    assert all(result["problem"]["remedy"] for result in results)


async def test_a_leaving_before_the_joining(world: World) -> None:
    order = {"left_on": "2000-01-01", "reason": "resigned"}
    path = f"/v1/members/{world.made.member}/leave"
    problem(await world.post("membership", path, order), 409, "before-joining", "left_on")


@pytest.mark.parametrize(
    "path",
    [
        "/v1/members/..%2f..%2fetc%2fpasswd/leave",
        "/v1/members/%00/leave",
        "/v1/members/%ed%a0%80/leave",
        "/v1/members/' OR 1=1 --/leave",
        f"/v1/members/{'a' * 8000}/leave",
        "/v1/unions/../../../../etc/passwd/move",
        "/v1/unions//move",
        "/v1//members",
        "/v1/members/bulk/bulk",
    ],
)
async def test_tricks_with_the_path(world: World, path: str) -> None:
    answer = await raw_post(world.urls["membership"], path)
    status = int(answer.split(b" ", 2)[1])
    assert status in {400, 404, 405, 422}, answer[:300]
    assert b"Traceback" not in answer


async def raw_post(url: str, path: str) -> bytes:
    """The path as it is, which no client library would send; the answer's first bytes."""
    host, port = url.removeprefix("http://").split(":")
    reader, writer = await asyncio.open_connection(host, int(port), family=socket.AF_INET)
    asked = path.replace(" ", "%20")
    writer.write(
        f"POST {asked} HTTP/1.1\r\nHost: x\r\nIdempotency-Key: {uuid4().hex}\r\n"
        f"Authorization: Bearer {ISSUING.token('ada', founder=True)}\r\n"
        "Content-Type: application/json\r\nContent-Length: 2\r\nConnection: close\r\n\r\n{}".encode()
    )
    answer = await asyncio.wait_for(reader.read(), 30)
    writer.close()
    return answer


@pytest.mark.parametrize(
    "query",
    [
        {"unit": NOBODY}, {"unit": "'; DROP TABLE fact"}, {"figure": "nonsense"}, {"from": "2023-02-29"},
        {"to": "2006-01-01T00:00:00Z"}, {"basis": "as-if"}, {"line": "../x"}, {"cut": "rubbish"},
        {"known_at": "yesterday"}, {"nonsense": "1"}, {"by": "shoe_size"},
    ],
)  # fmt: skip
async def test_a_question_that_cannot_be_answered(world: World, query: dict[str, str]) -> None:
    asked = {
        "unit": world.made.land.province,
        "figure": "members_joined",
        "from": "2006-01-01",
        "to": "2006-12-31",
    }
    answer = await world.http.get(f"{world.urls['projection']}/v1/figures", params=asked | query)
    assert answer.status_code in {404, 422}, answer.text
    told = answer.json()
    assert told["code"]
    assert told["remedy"] or told["errors"]
