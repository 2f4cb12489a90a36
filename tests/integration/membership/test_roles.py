"""Who may do what in membership: roles at a unit count below it, and nothing is told to strangers."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.integration.membership.conftest import Body, Membership
from tests.support.codes import person_number
from tests.support.signing import ISSUING

Answer = tuple[int, str]
DAY = "2013-05-05"


class Tree:
    """province ─ county ─ town, neighbour; each town has a union, of which the town's has a member."""

    def __init__(self, membership: Membership) -> None:
        self.membership = membership
        self.units: dict[str, UUID] = {}
        self.member = UUID(int=0)

    def __getattr__(self, name: str) -> UUID:
        return self.units[name]

    async def grow(self) -> None:
        above = {"province": None, "county": "province", "town": "county", "neighbour": "county"}
        levels = {"province": 1, "county": 3, "union": 6, "far": 6}
        for name, parent in (above | {"union": "town", "far": "neighbour"}).items():
            self.units[name] = await self.established(name, levels.get(name, 4), parent)
        self.member = await self.membership.done("members", joining(self.union, 7))

    async def established(self, name: str, level: int, parent: str | None, **more: Any) -> UUID:
        body = {
            "name": f"示例{name}工会",
            "level": level,
            "kind": "enterprise" if level == 6 else "general",
            "parent": str(self.units[parent]) if parent else None,
            "approved_on": "2000-01-01",
            "taken_over": True,
        }
        return await self.membership.done("unions", body | more)

    async def grant(self, who: str, role: str, unit: str, line: str | None = None) -> UUID:
        body = {"unit": str(self.units[unit]), "holder": who, "role": role, "granted_on": DAY, "line": line}
        return await self.membership.done("roles", body)

    async def told(self, who: str, path: str, body: Body) -> Answer:
        answer = await self.membership.post(path, body, Authorization=f"Bearer {ISSUING.token(who)}")
        return answer.status_code, str(answer.json().get("code", ""))

    async def asked(self, who: str, path: str, **query: Any) -> Answer:
        signed = {"Authorization": f"Bearer {ISSUING.token(who)}"}
        answer = await self.membership.http.get(f"/v1/{path}", params=query, headers=signed)
        return answer.status_code, str(answer.json().get("code", ""))

    async def leaves(self, who: str) -> Answer:
        return await self.told(who, f"members/{self.member}/leave", {"left_on": "2013-06-01", "reason": "x"})


@pytest.fixture
async def tree(membership: Membership) -> Tree:
    made = Tree(membership)
    await made.grow()
    return made


def joining(union: UUID, person: int) -> Body:
    number = person_number(person)
    return {"union": str(union), "document_number": number, "name": "示例", "joined_on": DAY}


def renamed(day: str = "2013-06-01") -> Body:
    return {"name": f"示例{day}工会", "effective_on": day}


async def test_a_role_counts_below_its_unit_and_nowhere_else(tree: Tree) -> None:
    for who, unit in {"town": "town", "above": "county", "beside": "neighbour", "below": "union"}.items():
        await tree.grant(who, "recorder", unit)
    for who in ("beside", "below", "nobody"):
        assert await tree.told(who, f"unions/{tree.town}/rename", renamed()) == (403, "not-permitted"), who
    assert await tree.told("below", f"unions/{tree.union}/rename", renamed()) == (200, "")
    assert await tree.told("town", f"unions/{tree.town}/rename", renamed()) == (200, "")
    assert await tree.told("above", f"unions/{tree.town}/rename", renamed("2013-07-01")) == (200, "")


async def test_the_role_has_to_be_the_one_of_the_command(tree: Tree) -> None:
    for who in ("viewer", "approver", "auditor", "operator", "agency"):
        await tree.grant(who, who, "town")
        assert await tree.told(who, f"unions/{tree.union}/rename", renamed()) == (403, "not-permitted"), who


async def test_what_is_private_does_not_exist_for_strangers(tree: Tree) -> None:
    await tree.grant("beside", "recorder", "neighbour")
    await tree.grant("viewer", "viewer", "town")
    for who in ("beside", "nobody"):
        assert await tree.asked(who, f"members/{tree.member}") == (404, "member-unknown")
        assert await tree.asked(who, f"members/{tree.member}/person") == (404, "member-unknown")
        assert await tree.leaves(who) == (404, "member-unknown")
        assert await tree.asked(who, "members", union=str(tree.union)) == (403, "not-permitted")
    assert await tree.asked("viewer", f"members/{tree.member}") == (200, "")
    assert await tree.asked("viewer", f"members/{tree.member}/person") == (403, "not-permitted")
    assert await tree.leaves("viewer") == (403, "not-permitted")


async def test_an_event_is_shown_to_those_who_may_read_at_its_unit(tree: Tree) -> None:
    await tree.grant("town", "viewer", "town")
    await tree.grant("beside", "viewer", "neighbour")
    joined = next(each for each in await tree.membership.events() if each.subject == tree.member)
    assert (await tree.asked("town", f"events/{joined.id}"))[0] == 200
    assert await tree.asked("beside", f"events/{joined.id}") == (404, "event-unknown")


async def test_nobody_pulls_a_union_out_of_another_subtree_or_pushes_one_into_it(tree: Tree) -> None:
    await tree.grant("town", "recorder", "town")
    await tree.grant("beside", "recorder", "neighbour")
    await tree.grant("above", "recorder", "county")
    order = {"parent": str(tree.neighbour), "effective_on": "2013-06-01"}
    for who in ("town", "beside"):
        assert await tree.told(who, f"unions/{tree.union}/move", order) == (403, "not-permitted"), who
    assert await tree.told("above", f"unions/{tree.union}/move", order) == (200, "")


async def test_a_role_follows_the_union_when_it_moves(tree: Tree) -> None:
    await tree.grant("town", "viewer", "town")
    await tree.grant("beside", "viewer", "neighbour")
    order = {"parent": str(tree.neighbour), "effective_on": "2013-06-01"}
    await tree.membership.done(f"unions/{tree.union}/move", order)
    assert await tree.asked("town", f"members/{tree.member}") == (404, "member-unknown")
    assert await tree.asked("beside", f"members/{tree.member}") == (200, "")


async def test_a_role_that_is_withdrawn_ends_at_once_and_may_be_granted_again(tree: Tree) -> None:
    grant = await tree.grant("ada2", "viewer", "town")
    assert await tree.asked("ada2", f"members/{tree.member}") == (200, "")
    await tree.membership.done(f"roles/{grant}/withdraw", {"withdrawn_on": DAY})
    assert await tree.asked("ada2", f"members/{tree.member}") == (404, "member-unknown")
    assert await tree.membership.refused(f"roles/{grant}/withdraw", {"withdrawn_on": DAY}) == (
        409,
        "role-not-held",
        "grant",
    )
    await tree.grant("ada2", "viewer", "town")
    assert await tree.asked("ada2", f"members/{tree.member}") == (200, "")


async def test_operators_grant_below_their_unit_and_nobody_to_themselves(tree: Tree) -> None:
    await tree.grant("head", "operator", "town")
    wanted = {"holder": "new", "role": "viewer", "granted_on": DAY}
    assert await tree.told("head", "roles", wanted | {"unit": str(tree.union)}) == (201, "")
    assert await tree.told("head", "roles", wanted | {"unit": str(tree.union)}) == (409, "role-held")
    assert await tree.told("head", "roles", wanted | {"unit": str(tree.county)}) == (403, "not-permitted")
    own = wanted | {"unit": str(tree.union), "holder": "head"}
    assert await tree.told("head", "roles", own) == (409, "own-role")
    odd = wanted | {"unit": str(tree.union), "role": "king"}
    assert await tree.told("head", "roles", odd) == (422, "not-in-catalogue")


async def test_a_rule_tells_strangers_nothing(tree: Tree) -> None:
    """Twice the same member would be refused by a rule, which knows of the first membership."""
    await tree.grant("beside", "recorder", "neighbour")
    await tree.grant("town", "recorder", "town")
    again = joining(tree.union, 7)
    assert await tree.told("beside", "members", again) == (403, "not-permitted")
    assert (await tree.told("town", "members", again))[0] == 409


async def test_a_role_on_an_industry_line_counts_for_unions_of_that_line(tree: Tree) -> None:
    line = [{"line": "education", "parent": str(tree.county)}]
    school = await tree.established("school", 6, "town", lines=line)
    await tree.grant("education", "recorder", "county", "education")
    assert await tree.asked("education", "members", union=str(school)) == (200, "")
    assert await tree.asked("education", "members", union=str(tree.union)) == (403, "not-permitted")
    assert await tree.told("education", f"unions/{school}/rename", renamed()) == (200, "")
    assert await tree.told("education", f"unions/{tree.union}/rename", renamed()) == (403, "not-permitted")


async def test_refusals_are_kept_with_actor_operation_and_unit(tree: Tree) -> None:
    await tree.grant("auditor", "auditor", "county")
    await tree.grant("viewer", "viewer", "county")
    for _ in range(3):
        await tree.told("stranger", f"unions/{tree.town}/rename", renamed())
    await tree.asked("stranger", f"members/{tree.member}")
    signed = {"Authorization": f"Bearer {ISSUING.token('auditor')}"}
    seen = await tree.membership.http.get("/v1/refusals", params={"unit": str(tree.county)}, headers=signed)
    found = {(each["actor"], each["operation"], each["unit"], each["times"]) for each in seen.json()["items"]}
    assert found == {
        ("stranger", "RenameUnion", str(tree.town), 3),
        ("stranger", "GET /v1/members/{member}", str(tree.union), 1),
    }
    assert await tree.asked("viewer", "refusals", unit=str(tree.county)) == (403, "not-permitted")


async def test_rows_are_judged_one_by_one(tree: Tree) -> None:
    await tree.grant("town", "recorder", "town")
    units = enumerate(("union", "far"), start=20)
    rows = [{"reference": unit, **joining(tree.units[unit], n)} for n, unit in units]
    signed = f"Bearer {ISSUING.token('town')}"
    body = {"source": "roster", "rows": rows}
    answer = await tree.membership.post("members/bulk", body, Authorization=signed)
    first, second = answer.json()["results"]
    assert (first["status"], second["problem"]["code"]) == ("created", "not-permitted")


async def test_unions_are_known_to_everybody_with_a_role_and_to_nobody_else(tree: Tree) -> None:
    await tree.grant("beside", "viewer", "neighbour")
    await tree.grant("tax", "agency", "province")
    assert await tree.asked("beside", f"unions/{tree.town}") == (200, "")
    for who in ("nobody", "tax"):
        assert await tree.asked(who, f"unions/{tree.town}") == (403, "not-permitted")
        assert await tree.asked(who, "streams") == (403, "not-permitted")


async def test_what_is_asked_without_a_token_is_not_answered(tree: Tree) -> None:
    transport = tree.membership.http._transport
    async with httpx.AsyncClient(transport=transport, base_url="http://membership") as http:
        for path in ("/v1/openapi.json", "/v1/unions", f"/v1/members/{tree.member}", "/nothing", "/metrics"):
            answer = await http.get(path)
            assert (answer.status_code, answer.json()["code"]) == (401, "token-missing")
            assert answer.headers["WWW-Authenticate"] == "Bearer"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
