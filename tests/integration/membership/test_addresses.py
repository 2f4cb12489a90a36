"""What the edge says before any rule is asked: methods, names given twice, names nobody knows."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.integration.membership.conftest import Membership

UNKNOWN = UUID(int=0xABC)


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "unions", "GET, POST"),
        ("TRACE", f"members/{UNKNOWN}/person", "GET, POST"),
        ("GET", "members/bulk", "POST"),
        ("GET", "unions/bulk", "POST"),
        ("DELETE", f"members/{UNKNOWN}/leave", "POST"),
        ("POST", "streams", "GET"),
    ],
)
async def test_another_method_than_the_address_has(
    membership: Membership, method: str, path: str, allowed: str
) -> None:
    answer = await membership.http.request(method, f"/v1/{path}")
    assert (answer.status_code, answer.headers.get("Allow")) == (405, allowed)
    told = answer.json()
    assert (told["code"], told["status"], told["remedy"]) == ("wrong-method", 405, f"use {allowed}")
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("again", [None, str(UNKNOWN), str(UUID(int=1))])
async def test_what_the_address_names_the_body_does_not_name_again(
    membership: Membership, again: str | None
) -> None:
    body = {"union": again, "name": "x", "effective_on": "2013-01-01"}
    assert await membership.refused(f"unions/{UNKNOWN}/rename", body) == (422, "given-in-path", "union")


@pytest.mark.parametrize("path", ["unions/", "members/", f"members/{UNKNOWN}/", "unions//", "unions/..%2f"])
async def test_an_address_with_a_slash_too_many_leads_nowhere(membership: Membership, path: str) -> None:
    answer = await membership.http.get(f"/v1/{path}")
    assert (answer.status_code, answer.json()["code"]) == (404, "not-found")


@pytest.mark.parametrize("path", ["unions?colour=red", f"members?union={UNKNOWN}&page=2"])
async def test_a_name_that_a_question_does_not_know_is_refused(membership: Membership, path: str) -> None:
    answer = await membership.http.get(f"/v1/{path}")
    assert (answer.status_code, answer.json()["errors"][0]["code"]) == (422, "extra-forbidden")


async def test_a_name_that_a_list_does_not_know_is_refused(membership: Membership) -> None:
    body = {"source": "s", "rows": [], "row": []}
    assert await membership.refused("members/bulk", body) == (422, "extra-forbidden", "row")
