"""Commands that meet: one aggregate, one key, one person; exactly one of them is recorded."""

from __future__ import annotations

import asyncio
from collections import Counter
from datetime import date
from uuid import uuid4

import httpx

from tests.e2e.settling import logged
from tests.support.codes import citizen_number
from tests.support.load import Client, Land, Row

MANY = 12


async def post(http: httpx.AsyncClient, url: str, body: Row, key: str = "") -> httpx.Response:
    return await http.post(url, json=body, headers={"Idempotency-Key": key or uuid4().hex})


def joining(union: str, serial: int) -> Row:
    number = citizen_number(date(1991, 1, 1), serial)
    return {"union": union, "document_number": number, "name": "示例会员", "joined_on": "2012-05-05"}


async def test_one_person_joins_many_unions_at_once(
    land: Land, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    url = f"{urls['membership']}/v1/members"
    before = await logged(http, urls)
    answers = await asyncio.gather(*(post(http, url, joining(union, 1)) for union in land.unions * 2))
    assert Counter(answer.status_code for answer in answers) == {201: 1, 409: len(answers) - 1}
    assert {answer.json()["code"] for answer in answers if answer.is_error} == {"already-member"}
    assert await logged(http, urls) == before + 1


async def test_one_key_many_times_at_once_is_one_command(
    land: Land, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    url, key = f"{urls['membership']}/v1/members", uuid4().hex
    before = await logged(http, urls)
    answers = await asyncio.gather(*(post(http, url, joining(land.unions[0], 2), key) for _ in range(MANY)))
    assert {(answer.status_code, answer.json()["id"]) for answer in answers} == {
        (201, answers[0].json()["id"])
    }
    other = await post(http, url, joining(land.unions[0], 3), key)
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert await logged(http, urls) == before + 1


async def test_refunds_that_meet_never_pay_back_more_than_came_in(
    client: Client, land: Land, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    body = {"union": land.unions[0], "channel": "own", "period": "2012-05", "amount_fen": 1000,
            "received_on": "2012-05-05"}  # fmt: skip
    receipt = (await client.command("finance", "/v1/dues/receipts", body)).answer["id"]
    url = f"{urls['finance']}/v1/dues/receipts/{receipt}/refund"
    order = {"amount_fen": 300, "refunded_on": "2012-06-01"}
    before = await logged(http, urls)
    answers = await asyncio.gather(*(post(http, url, order) for _ in range(MANY)))
    assert Counter(answer.status_code for answer in answers) == {200: 3, 409: MANY - 3}
    assert {answer.json()["code"] for answer in answers if answer.is_error} == {"over-refund"}
    assert await logged(http, urls) == before + 3


async def test_a_decision_that_rests_on_an_old_version_is_refused(
    client: Client, land: Land, urls: dict[str, str], http: httpx.AsyncClient
) -> None:
    url = f"{urls['membership']}/v1/unions/{land.unions[0]}/rename"
    headers = {"If-Match": '"1"'}
    answers = await asyncio.gather(*(
        http.post(url, json={"name": f"名称{n}", "effective_on": "2012-01-01"},
                  headers={**headers, "Idempotency-Key": uuid4().hex})
        for n in range(4)
    ))  # fmt: skip
    assert Counter(answer.status_code for answer in answers) == {200: 1, 412: 3}
