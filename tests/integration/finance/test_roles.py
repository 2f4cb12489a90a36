"""Roles in a service that follows membership: its own copies say who holds what, and where."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID, uuid4

import httpx

from shared.contracts.membership import RoleGranted, RoleWithdrawn
from shared.ids import new_id
from tests.integration.finance.conftest import Finance
from tests.integration.finance.town import MILL_UNION, TOWN, YARD_UNION, tell
from tests.support.signing import ISSUING

ON = date(2013, 1, 1)
RECEIPT = {"channel": "own", "period": "2013-05", "amount_fen": 700, "received_on": "2013-05-31"}


async def granted(finance: Finance, who: str, role: str, unit: UUID) -> UUID:
    """The event has come."""
    grant = new_id()
    event = RoleGranted(occurredon=ON, holder=who, role=role, line=None)
    await tell(finance.pool, (grant, 1, unit, event))
    return grant


async def paid(finance: Finance, who: str, union: UUID) -> httpx.Response:
    """Dues of a union, recorded by somebody."""
    signed = {"Authorization": f"Bearer {ISSUING.token(who)}", "Idempotency-Key": str(uuid4())}
    return await finance.http.post("/v1/dues/receipts", json=RECEIPT | {"union": str(union)}, headers=signed)


async def test_a_role_is_known_with_its_event_and_ends_with_the_next(finance: Finance) -> None:
    assert (await paid(finance, "li", MILL_UNION)).status_code == 403
    grant = await granted(finance, "li", "recorder", TOWN)
    assert (await paid(finance, "li", MILL_UNION)).status_code == 201
    withdrawn = RoleWithdrawn(occurredon=ON, holder="li", role="recorder", line=None)
    await tell(finance.pool, (grant, 2, TOWN, withdrawn))
    assert (await paid(finance, "li", MILL_UNION)).status_code == 403


async def test_a_union_may_record_for_itself_and_not_for_its_neighbour(finance: Finance) -> None:
    await granted(finance, "wang", "recorder", MILL_UNION)
    assert (await paid(finance, "wang", MILL_UNION)).status_code == 201
    assert (await paid(finance, "wang", YARD_UNION)).status_code == 403


async def test_a_receipt_of_another_union_does_not_exist(finance: Finance) -> None:
    await granted(finance, "wang", "recorder", MILL_UNION)
    await granted(finance, "zhao", "recorder", YARD_UNION)
    receipt = (await paid(finance, "wang", MILL_UNION)).json()["id"]
    for who, status in {"wang": 200, "zhao": 404, "nobody": 404}.items():
        signed = {"Authorization": f"Bearer {ISSUING.token(who)}"}
        answer = await finance.http.get(f"/v1/dues/receipts/{receipt}", headers=signed)
        assert answer.status_code == status, who
    order = {"amount_fen": 7, "refunded_on": "2013-06-30"}
    signed = {"Authorization": f"Bearer {ISSUING.token('zhao')}", "Idempotency-Key": "1"}
    answer = await finance.http.post(f"/v1/dues/receipts/{receipt}/refund", json=order, headers=signed)
    assert answer.status_code in {403, 404}


async def test_who_records_does_not_approve_and_who_approves_does_not_record(finance: Finance) -> None:
    await granted(finance, "wang", "recorder", TOWN)
    await granted(finance, "chen", "approver", TOWN)
    assert (await paid(finance, "chen", MILL_UNION)).status_code == 403
    owed = {"union": str(MILL_UNION), "period": "2013-05", "amount_fen": 900, "assessed_on": "2013-05-31"}

    async def told(who: str, path: str, body: Mapping[str, object]) -> httpx.Response:
        signed = {"Authorization": f"Bearer {ISSUING.token(who)}", "Idempotency-Key": str(uuid4())}
        return await finance.http.post(f"/v1/dues/{path}", json=body, headers=signed)

    assessment = (await told("wang", "assessments", owed)).json()["id"]
    order = {"written_off_on": "2013-12-31"}
    path = f"assessments/{assessment}/write-off"
    assert (await told("wang", path, order)).status_code == 403
    assert (await told("chen", path, order)).status_code != 403
