"""Roles at a unit count for its subtree: granted and withdrawn at once, wherever the tree goes."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest

from tests.access.conftest import establish
from tests.access.people import grant, headers, known, subject
from tests.support.codes import person_number
from tests.support.field import Field, _plain
from tests.support.signing import ISSUING

Answer = tuple[int, str]


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    """Signs in as nobody in particular: every request says who asks."""
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        yield client


async def asked(http: httpx.AsyncClient, url: str, signed: dict[str, str], **query: Any) -> Answer:
    answer = await http.get(url, params=_plain(query), headers=signed)
    return answer.status_code, str(answer.json().get("code", ""))


async def told(http: httpx.AsyncClient, url: str, signed: dict[str, str], body: dict[str, Any]) -> Answer:
    key = {"Idempotency-Key": uuid4().hex}
    answer = await http.post(url, json=_plain(body), headers=signed | key)
    return answer.status_code, str(answer.json().get("code", ""))


def receipt(union: UUID) -> dict[str, Any]:
    """Dues of a union."""
    money = {"channel": "own", "period": "2013-05", "amount_fen": 700}
    return money | {"union": union, "received_on": "2013-05-31"}


def holder(name: str) -> tuple[str, dict[str, str]]:
    """Somebody new, and what their requests carry."""
    who = f"{name}:{uuid4().hex[:12]}"
    return who, {"Authorization": f"Bearer {ISSUING.token(who)}"}


async def test_a_role_counts_below_its_unit_and_nowhere_else(land: Field, http: httpx.AsyncClient) -> None:
    dues = f"{land.urls['finance']}/v1/dues/receipts"
    for who, status in {"own": 201, "parent": 201, "child": 201, "sibling": 403, "nobody": 403}.items():
        code = "" if status == 201 else "not-permitted"
        assert await told(http, dues, headers(who, land), receipt(land.union)) == (status, code), who
    assert await told(http, dues, headers("child", land), receipt(land.other)) == (403, "not-permitted")


async def test_rows_of_a_list_are_judged_one_by_one(land: Field, http: httpx.AsyncClient) -> None:
    rows = [{"reference": uuid4().hex, **receipt(unit)} for unit in (land.union, land.far)]
    body = _plain({"source": uuid4().hex, "rows": rows})
    key = {"Idempotency-Key": uuid4().hex}
    url = f"{land.urls['finance']}/v1/dues/receipts/bulk"
    answer = await http.post(url, json=body, headers=headers("own", land) | key)
    first, second = answer.json()["results"]
    assert (first["status"], second["problem"]["code"]) == ("created", "not-permitted")


async def test_granted_and_withdrawn_at_once_in_every_service(land: Field, http: httpx.AsyncClient) -> None:
    who, signed = holder("viewer")
    figures = f"{land.urls['projection']}/v1/figures"
    query = {"unit": land.town, "figure": "members_total", "from": "2013-01-01", "to": "2013-12-31"}
    assert await asked(http, figures, signed, **query) == (403, "not-permitted")
    role = await grant(land, who, "viewer", land.town)
    await known(land.urls, signed)
    assert await asked(http, figures, signed, **query) == (200, "")
    assert await told(http, f"{land.urls['finance']}/v1/dues/receipts", signed, receipt(land.union)) == (
        403,
        "not-permitted",
    )
    await land.tell("membership", f"roles/{role}/withdraw", {"withdrawn_on": "2013-01-02"})
    await known(land.urls, signed, wanted=False)
    assert await asked(http, figures, signed, **query) == (403, "not-permitted")


async def test_a_role_follows_the_union_when_it_moves(land: Field, http: httpx.AsyncClient) -> None:
    moved = await establish(land, "moved", 6, land.town)
    listed = f"{land.urls['membership']}/v1/members"
    assert await asked(http, listed, headers("own", land), union=moved) == (200, "")
    assert await asked(http, listed, headers("sibling", land), union=moved) == (403, "not-permitted")
    order = {"parent": land.neighbour, "effective_on": "2013-02-01"}
    pulled = await told(
        http, f"{land.urls['membership']}/v1/unions/{moved}/move", headers("sibling", land), order
    )
    assert pulled == (403, "not-permitted")  # nobody pulls a union out of another's subtree
    pushed = await told(
        http, f"{land.urls['membership']}/v1/unions/{moved}/move", headers("own", land), order
    )
    assert pushed == (403, "not-permitted")  # nor pushes one into it
    done = await told(
        http, f"{land.urls['membership']}/v1/unions/{moved}/move", headers("parent", land), order
    )
    assert done == (200, "")
    assert await asked(http, listed, headers("own", land), union=moved) == (403, "not-permitted")
    assert await asked(http, listed, headers("sibling", land), union=moved) == (200, "")


async def test_operators_grant_below_their_unit_and_nobody_to_themselves(
    land: Field, http: httpx.AsyncClient
) -> None:
    url, (who, _) = f"{land.urls['membership']}/v1/roles", holder("new")
    wanted = {"holder": who, "role": "viewer", "granted_on": "2013-01-01"}
    assert await told(http, url, headers("own", land), wanted | {"unit": land.union}) == (201, "")
    assert await told(http, url, headers("own", land), wanted | {"unit": land.union}) == (409, "role-held")
    assert await told(http, url, headers("own", land), wanted | {"unit": land.far}) == (403, "not-permitted")
    assert await told(http, url, headers("own", land), wanted | {"unit": land.county}) == (
        403,
        "not-permitted",
    )
    own = wanted | {"unit": land.union, "holder": subject("own", land)}
    assert await told(http, url, headers("own", land), own) == (409, "own-role")


async def test_nobody_approves_what_they_recorded_and_recorders_do_not_approve(
    land: Field, http: httpx.AsyncClient
) -> None:
    _, recording = recorder = holder("recorder")
    _, approving = approver = holder("approver")
    await grant(land, recorder[0], "recorder", land.town)
    await grant(land, approver[0], "approver", land.town)
    for signed in (recording, approving):
        await known(land.urls, signed)
    listed = f"{land.urls['finance']}/v1/dues/receipts"
    assert await told(http, listed, approving, receipt(land.union)) == (403, "not-permitted")
    assert await told(http, listed, recording, receipt(land.union)) == (201, "")


async def test_a_refusal_is_kept_with_actor_and_reason(land: Field, http: httpx.AsyncClient) -> None:
    _, signed = who = holder("stranger")
    finance = land.urls["finance"]
    for _ in range(3):
        await told(http, f"{finance}/v1/dues/receipts", signed, receipt(land.union))
    await asked(http, f"{finance}/v1/dues/overdue", signed, unit=land.union, on="2013-05-05")
    seen = await http.get(
        f"{finance}/v1/refusals", params={"unit": str(land.town)}, headers=headers("own", land)
    )
    own = [each for each in seen.json()["items"] if each["actor"] == who[0]]
    assert {(each["operation"], each["unit"], each["times"]) for each in own} == {
        ("ReceiveDues", str(land.union), 3),
        ("GET /v1/dues/overdue", str(land.union), 1),
    }
    assert all(each["reason"] for each in own)
    for stranger in ("sibling", "nobody"):
        assert await asked(http, f"{finance}/v1/refusals", headers(stranger, land), unit=land.town) == (
            403,
            "not-permitted",
        )


async def test_a_role_on_an_industry_line_sees_its_line_only(land: Field, http: httpx.AsyncClient) -> None:
    school = await establish(
        land, "school", 6, land.town, lines=[{"line": "education", "parent": land.county}]
    )
    who, signed = holder("education")
    await grant(land, who, "viewer", land.county, "education")
    await known(land.urls, signed)
    days = {"from": "2013-01-01", "to": "2013-12-31", "figure": "members_total"}
    figures = f"{land.urls['projection']}/v1/figures"
    await land.figures(land.county, "members_total")
    line = {"line": "education"}
    assert await asked(http, figures, signed, unit=land.county, **days, **line) == (200, "")
    assert await asked(http, figures, signed, unit=school, **days, **line) == (200, "")
    assert await asked(http, figures, signed, unit=school, **days) == (200, "")
    assert await asked(http, figures, signed, unit=land.county, **days) == (403, "not-permitted")
    assert await asked(http, figures, signed, unit=land.union, **days) == (403, "not-permitted")
    members = f"{land.urls['membership']}/v1/members"
    assert await asked(http, members, signed, union=school) == (200, "")
    assert await asked(http, members, signed, union=land.union) == (403, "not-permitted")


async def test_personal_data_is_for_those_who_work_on_the_case(land: Field, http: httpx.AsyncClient) -> None:
    member = await land.tell(
        "membership",
        "members",
        {
            "union": land.union,
            "document_number": person_number(987_654),
            "name": "示例会员",
            "joined_on": "2010-01-01",
        },
    )
    who, signed = holder("viewer")
    await grant(land, who, "viewer", land.town)
    await known(land.urls, signed)
    url = f"{land.urls['membership']}/v1/members/{member}"
    assert await asked(http, url, signed) == (200, "")
    assert await asked(http, f"{url}/person", signed) == (403, "not-permitted")
    assert await asked(http, f"{url}/person", headers("own", land)) == (200, "")
    for stranger in ("sibling", "nobody"):
        assert await asked(http, url, headers(stranger, land)) == (404, "member-unknown")
        assert await asked(http, f"{url}/person", headers(stranger, land)) == (404, "member-unknown")
