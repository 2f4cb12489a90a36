"""Rows in bulk, repeats, and many at once."""

import asyncio
from typing import Any

import pytest

from services.finance.domain.numbering import account_id
from tests.integration.finance.conftest import Finance
from tests.integration.finance.test_commands import ASSESS, RECEIVE
from tests.integration.finance.town import (
    CITY,
    MILL_CODE,
    MILL_UNION,
    STALL,
    STALL_CODE,
    TOWN,
    YARD_CODE,
    YARD_UNION,
    tell,
)
from tests.support.codes import credit_code

EVENTS = "SELECT count(*) FROM event_log"


def row(reference: str, **but: Any) -> dict[str, Any]:
    usual = {"channel": "tax", "period": "2013-07", "amount_fen": 1_000, "received_on": "2013-08-10"}
    return {"reference": reference, **usual, "payer_credit_code": MILL_CODE, **but}


async def bulk(finance: Finance, path: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    answer = await finance.post(f"{path}/bulk", {"source": "tax-2013-08", "rows": rows})
    assert answer.status_code == 200, answer.text
    results: list[dict[str, Any]] = answer.json()["results"]
    assert [each["row"] for each in results] == list(range(len(rows)))
    return results


async def test_bad_rows_do_not_spoil_good_ones(finance: Finance) -> None:
    rows = [
        row("1"),
        row("2", amount_fen=-5),
        row("3", payer_credit_code=YARD_CODE),
        row("4", payer_credit_code=credit_code(77, "91")),
        row("5", payer_credit_code=MILL_CODE[:-2]),
        row("6", union="999999101000", payer_credit_code=None),
        row("7", received_on="2023-02-29"),
        {"amount_fen": 5},
        row("9"),
    ]
    results = await bulk(finance, "receipts", rows)
    assert [each["status"] for each in results] == [
        *("created", "refused", "created", "refused", "refused", "created", "refused", "refused", "created")
    ]
    codes = [each["problem"]["code"] for each in results if each["problem"]]
    assert codes == ["malformed", "payer-unmatched", "malformed", "malformed", "malformed"]
    assert all(each["problem"]["remedy"] for each in results if each["problem"])
    assert await finance.pool.fetchval(EVENTS) == 4
    assert (await finance.get(f"accounts/{MILL_UNION}/2013"))["received_fen"] == 2_000
    assert (await finance.get(f"accounts/{YARD_UNION}/2013"))["received_fen"] == 1_000
    assert (await finance.get(f"accounts/{TOWN}/2013"))["received_fen"] == 1_000


async def test_rows_sent_again_change_nothing_and_unmatched_ones_succeed_once_matched(
    finance: Finance,
) -> None:
    from shared.contracts.membership import EmployerCovered

    rows = [row("1"), row("2", payer_credit_code=STALL_CODE), row("3")]
    first = await bulk(finance, "receipts", rows)
    assert [each["status"] for each in first] == ["created", "refused", "created"]
    covered = EmployerCovered(occurredon="2013-01-01", employer=STALL, employer_kind="company")  # type: ignore[arg-type]
    await tell(finance.pool, (YARD_UNION, 2, YARD_UNION, covered))
    second = await bulk(finance, "receipts", rows)
    assert [each["status"] for each in second] == ["repeated", "created", "repeated"]
    assert [second[n]["id"] for n in (0, 2)] == [first[n]["id"] for n in (0, 2)]
    assert await finance.pool.fetchval(EVENTS) == 3


async def test_the_same_reference_twice_in_one_request_counts_once(finance: Finance) -> None:
    results = await bulk(finance, "receipts", [row("1"), row("1")])
    assert [each["status"] for each in results] == ["created", "repeated"]
    assert await finance.pool.fetchval(EVENTS) == 1


async def test_assessments_and_targets_come_in_bulk_too(finance: Finance) -> None:
    owed = [{"reference": str(n), **ASSESS, "period": f"2013-{n:02}"} for n in (5, 6, 7, 7, 9)]
    results = await bulk(finance, "assessments", owed)
    assert [each["status"] for each in results] == ["created", "created", "created", "repeated", "refused"]
    assert results[4]["problem"]["code"] == "period-not-begun"
    task = {"unit": str(TOWN), "year": 2013, "amount_fen": 5, "issuer": str(CITY), "set_on": "2013-01-10"}
    tasks = [{"reference": "a", **task}, {"reference": "b", **task, "issuer": str(TOWN)}]
    results = await bulk(finance, "targets", tasks)
    assert [each["status"] for each in results] == ["created", "refused"]


async def test_a_thousand_rows_on_one_account_are_one_transaction_and_all_there(finance: Finance) -> None:
    results = await bulk(finance, "receipts", [row(str(n), amount_fen=n) for n in range(1, 1001)])
    assert {each["status"] for each in results} == {"created"}
    assert (await finance.get(f"accounts/{MILL_UNION}/2013"))["received_fen"] == 500_500
    assert await finance.pool.fetchval("SELECT count(DISTINCT xmin::text) FROM event_log") == 1


async def test_more_than_a_thousand_rows_are_refused(finance: Finance) -> None:
    body = {"source": "s", "rows": [row(str(n)) for n in range(1001)]}
    answer = await finance.post("receipts/bulk", body)
    assert (answer.status_code, answer.json()["field"]) == (422, "rows")


async def test_a_hundred_receipts_at_once_on_one_account_are_all_there(finance: Finance) -> None:
    answers = await asyncio.gather(
        *(finance.post("receipts", RECEIVE | {"amount_fen": n}) for n in range(1, 101))
    )
    assert {each.status_code for each in answers} == {201}
    assert len({each.json()["id"] for each in answers}) == 100
    account = await finance.get(f"accounts/{MILL_UNION}/2013")
    assert (account["received_fen"], account["version"]) == (5_050, 100)
    events = await finance.events()
    assert [each.version for each in events] == list(range(1, 101))
    assert {each.subject for each in events} == {account_id(MILL_UNION, 2013)}


async def test_refunds_at_once_never_add_up_to_more_than_came(finance: Finance) -> None:
    receipt = await finance.done("receipts", RECEIVE | {"amount_fen": 100})
    body = {"amount_fen": 30, "refunded_on": "2013-09-01"}
    answers = await asyncio.gather(*(finance.post(f"receipts/{receipt}/refund", body) for _ in range(10)))
    assert sorted(each.status_code for each in answers) == [200] * 3 + [409] * 7
    assert (await finance.get(f"receipts/{receipt}"))["refunded_fen"] == 90


async def test_a_key_answers_the_same_again_and_refuses_another_body(finance: Finance) -> None:
    first = await finance.post("receipts", RECEIVE, key="k-1")
    again = await finance.post("receipts", RECEIVE, key="k-1")
    assert again.json() == first.json()
    other = await finance.post("receipts", RECEIVE | {"amount_fen": 1}, key="k-1")
    assert (other.status_code, other.json()["code"]) == (409, "key-reused")
    assert await finance.pool.fetchval(EVENTS) == 1


async def test_one_key_sent_many_times_at_once_counts_once(finance: Finance) -> None:
    answers = await asyncio.gather(*(finance.post("receipts", RECEIVE, key="k-2") for _ in range(20)))
    assert len({each.text for each in answers}) == 1
    assert await finance.pool.fetchval(EVENTS) == 1


@pytest.mark.parametrize(("version", "status"), [(1, 201), (2, 412)])
async def test_a_decision_on_an_old_version_is_refused(finance: Finance, version: int, status: int) -> None:
    await finance.done("receipts", RECEIVE)
    headers = {"Idempotency-Key": "k-3", "If-Match": f'"{version}"'}
    answer = await finance.http.post("/v1/dues/receipts", json=RECEIVE, headers=headers)
    assert answer.status_code == status
