"""Every command over HTTP, what it leaves in the account, and what it puts on the log."""

from typing import Any
from uuid import UUID

import pytest

from services.finance.domain.numbering import account_id, account_of, target_id
from shared.contracts.finance import (
    DuesAssessed,
    DuesOverdueFlagged,
    DuesReceived,
    DuesRefunded,
    DuesTargetSet,
    DuesWrittenOff,
)
from tests.integration.finance.conftest import Finance
from tests.integration.finance.town import (
    CITY,
    MILL,
    MILL_CODE,
    MILL_UNION,
    SHOP,
    STALL,
    TOWN,
    TOWN_DIVISION,
    UNION_CODE,
    YARD,
    YARD_CODE,
    YARD_UNION,
)

ASSESS = {
    "union": str(MILL_UNION),
    "employer": str(MILL),
    "period": "2013-07",
    "payroll_fen": 5_000_000,
    "assessed_on": "2013-08-01",
}
RECEIVE = {
    "union": str(MILL_UNION),
    "channel": "own",
    "period": "2013-07",
    "amount_fen": 100_000,
    "received_on": "2013-08-10",
}


async def test_dues_are_assessed_paid_refunded_flagged_and_written_off(finance: Finance) -> None:
    assessment = await finance.done("assessments", ASSESS)
    receipt = await finance.done("receipts", RECEIVE | {"employer": str(MILL)})
    await finance.done(f"receipts/{receipt}/refund", {"amount_fen": 30_000, "refunded_on": "2013-08-12"})
    await finance.done(f"assessments/{assessment}/overdue", {"flagged_on": "2013-08-16"})
    await finance.done(f"assessments/{assessment}/write-off", {"written_off_on": "2013-12-01"}, actor="bo")
    assert [type(each.event) for each in await finance.events()] == [
        DuesAssessed,
        DuesReceived,
        DuesRefunded,
        DuesOverdueFlagged,
        DuesWrittenOff,
    ]
    shown = await finance.get(f"assessments/{assessment}")
    assert (shown["amount_fen"], shown["settled_fen"], shown["written_off_fen"]) == (100_000, 70_000, 30_000)
    assert (shown["flagged_fen"], shown["open_fen"], shown["assessor"]) == (30_000, 0, "ada")
    paid = await finance.get(f"receipts/{receipt}")
    assert (paid["open_fen"], paid["refunded_fen"], paid["assessment"]) == (70_000, 30_000, str(assessment))
    account = await finance.get(f"accounts/{MILL_UNION}/2013")
    assert account == {
        "id": str(account_id(MILL_UNION, 2013)),
        "version": 5,
        "union": str(MILL_UNION),
        "year": 2013,
        "assessed_fen": 100_000,
        "open_fen": 0,
        "received_fen": 100_000,
        "refunded_fen": 30_000,
    }


async def test_an_event_says_where_when_and_by_whom(finance: Finance) -> None:
    receipt = await finance.done("receipts", RECEIVE, actor="cashier:7")
    (recorded,) = await finance.events()
    assert recorded.subject == account_of(receipt) == account_id(MILL_UNION, 2013)
    assert recorded.place.lineage == (CITY, TOWN, MILL_UNION)
    assert recorded.place.key == recorded.place.unit == MILL_UNION
    assert (recorded.version, recorded.provenance.actor) == (1, "cashier:7")
    assert isinstance(recorded.event, DuesReceived)
    assert recorded.event.receipt == receipt


async def test_what_a_part_of_a_union_does_is_keyed_by_the_union(finance: Finance) -> None:
    await finance.done("receipts", RECEIVE | {"union": str(SHOP)})
    (recorded,) = await finance.events()
    assert (recorded.place.unit, recorded.place.key) == (SHOP, MILL_UNION)
    assert recorded.place.lineage == (CITY, TOWN, MILL_UNION, SHOP)


async def test_the_logged_bytes_of_an_event_can_be_fetched(finance: Finance) -> None:
    await finance.done("receipts", RECEIVE)
    (recorded,) = await finance.events()
    answer = await finance.http.get(f"/v1/events/{recorded.id}")
    assert answer.content == await finance.pool.fetchval("SELECT value FROM event_log")
    assert answer.headers["content-type"] == "application/cloudevents+json"
    unknown = await finance.http.get(f"/v1/events/{MILL}")
    assert (unknown.status_code, unknown.json()["code"]) == (404, "event-unknown")


@pytest.mark.parametrize(
    ("said", "union", "employer"),
    [
        ({"union": TOWN_DIVISION}, TOWN, None),
        ({"union": UNION_CODE}, MILL_UNION, None),
        ({"union": None, "payer_credit_code": YARD_CODE}, YARD_UNION, YARD),
        ({"union": None, "payer_credit_code": f" {YARD_CODE.lower()}"}, YARD_UNION, YARD),
        ({"union": None, "employer": str(YARD)}, YARD_UNION, YARD),
    ],
)
async def test_a_union_is_found_by_what_the_paper_says(
    finance: Finance, said: dict[str, Any], union: UUID, employer: UUID | None
) -> None:
    await finance.done("receipts", RECEIVE | said)
    (recorded,) = await finance.events()
    assert isinstance(recorded.event, DuesReceived)
    assert (recorded.place.unit, recorded.event.employer) == (union, employer)


async def test_money_of_an_employer_that_another_union_covers_is_taken_with_a_warning(
    finance: Finance,
) -> None:
    answer = await finance.post("receipts", RECEIVE | {"payer_credit_code": YARD_CODE})
    assert answer.json()["warnings"] == ["payer-not-covered-by-this-union"]
    answer = await finance.post("receipts", RECEIVE | {"employer": str(STALL)})
    assert answer.json()["warnings"] == ["payer-not-covered-by-this-union"]
    answer = await finance.post("receipts", RECEIVE | {"payer_credit_code": MILL_CODE})
    assert answer.json()["warnings"] == []


async def test_money_above_what_is_owed_is_taken_with_a_warning(finance: Finance) -> None:
    assessment = await finance.done("assessments", ASSESS)
    answer = await finance.post("receipts", RECEIVE | {"assessment": str(assessment), "amount_fen": 100_001})
    assert answer.json()["warnings"] == ["paid-more-than-open"]


async def test_a_target_is_set_and_changed_by_a_unit_above(finance: Finance) -> None:
    body = {
        "unit": str(TOWN),
        "year": 2013,
        "amount_fen": 160_000_000,
        "issuer": str(CITY),
        "set_on": "2013-01-10",
    }
    assert await finance.done("targets", body) == target_id(TOWN, 2013)
    await finance.done("targets", body | {"amount_fen": 170_000_000, "set_on": "2013-05-01"})
    first, second = [each.event for each in await finance.events()]
    assert isinstance(first, DuesTargetSet)
    assert isinstance(second, DuesTargetSet)
    assert (first.old_fen, first.amount_fen) == (None, 160_000_000)
    assert (second.old_fen, second.amount_fen, second.issuer) == (160_000_000, 170_000_000, CITY)
    shown = await finance.get(f"targets/{TOWN}/2013")
    assert (shown["amount_fen"], shown["issuer"], shown["version"]) == (170_000_000, str(CITY), 2)


async def test_late_bookkeeping_for_a_merged_union_is_accepted_up_to_its_last_day(finance: Finance) -> None:
    from tests.integration.finance.town import OLD_UNION

    receipt = await finance.done("receipts", RECEIVE | {"union": str(OLD_UNION), "received_on": "2013-05-31"})
    await finance.done(f"receipts/{receipt}/refund", {"amount_fen": 1, "refunded_on": "2013-09-01"})


async def test_receipts_and_assessments_come_in_pages(finance: Finance) -> None:
    ids = [str(await finance.done("receipts", RECEIVE | {"amount_fen": n})) for n in range(1, 6)]
    await finance.done("assessments", ASSESS)
    first = await finance.get(f"receipts?union={MILL_UNION}&year=2013&limit=2")
    second = await finance.get(f"receipts?union={MILL_UNION}&year=2013&limit=2&cursor={first['cursor']}")
    third = await finance.get(f"receipts?union={MILL_UNION}&year=2013&limit=2&cursor={second['cursor']}")
    assert [each["id"] for page in (first, second, third) for each in page["items"]] == ids
    assert third["cursor"] is None
    owed = await finance.get(f"assessments?union={MILL_UNION}&year=2013")
    assert [each["amount_fen"] for each in owed["items"]] == [100_000]


@pytest.mark.parametrize(
    ("path", "code"),
    [
        (f"accounts/{MILL_UNION}/1999", "account-unknown"),
        (f"receipts?union={MILL_UNION}&year=1999", "account-unknown"),
        (f"receipts/{MILL}", "receipt-unknown"),
        (f"assessments/{MILL}", "assessment-unknown"),
        (f"targets/{TOWN}/1999", "target-unknown"),
    ],
)
async def test_what_is_not_there_is_not_found(finance: Finance, path: str, code: str) -> None:
    answer = await finance.http.get(f"/v1/dues/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, code)


async def test_the_interface_describes_itself(finance: Finance) -> None:
    document = (await finance.http.get("/v1/openapi.json")).json()
    assert document["openapi"] == "3.1.0"
    assert {"/v1/dues/receipts", "/v1/dues/receipts/bulk", "/v1/dues/receipts/{receipt}/refund"} <= set(
        document["paths"]
    )
    assert "ReceiveDues" in document["components"]["schemas"]
