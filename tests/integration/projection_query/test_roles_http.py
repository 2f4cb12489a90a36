"""Who may read which figures: those with a role at the union or above it, in the tree as it stands."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import httpx
import pytest

from services.projection.api import router
from services.projection.queries.reaching import Reading
from shared.database import Pool
from shared.http.app import application
from shared.http.refusals import refusals_router
from tests.support.province import Province
from tests.support.signing import ISSUING, known_tokens, signing_client
from tests.support.world import named

NOW = datetime(2026, 11, 1, 4, tzinfo=UTC)
FIGURES = {"figure": "members_joined", "from": "2010-01-01", "to": "2010-12-31"}


@dataclass
class Asking:
    """The query API; every question says who asks."""

    http: httpx.AsyncClient
    province: Province

    async def one(self, who: str, path: str, **query: Any) -> tuple[int, str]:
        """Status and code of an answer."""
        signed = {"Authorization": f"Bearer {ISSUING.token(who)}"}
        answer = await self.http.get(f"/v1/{path}", params=query, headers=signed)
        return answer.status_code, str(answer.json().get("code", ""))

    async def figures(self, who: str, unit: str, **more: str) -> tuple[int, str]:
        return await self.one(who, "figures", unit=str(named(unit)), **FIGURES, **more)


@pytest.fixture
async def asking(province: Province, walled: Pool) -> AsyncIterator[Asking]:
    pool = province.world.pool
    refusals = refusals_router(pool, Reading(walled, lambda: NOW, pool))
    app = application("Projection", [router(walled, lambda: NOW, pool), refusals], known_tokens())
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    province.joins("a", "mill", "2010-02-10", sex="female")
    for who, unit in {"own": "east", "above": "prefecture", "below": "mill", "beside": "west"}.items():
        province.grants(who, "viewer", unit)
    await province.world.settle()
    async with signing_client(transport=transport, base_url="http://projection") as client:
        yield Asking(client, province)


async def test_figures_are_for_those_at_the_union_or_above_it(asking: Asking) -> None:
    told = {who: await asking.figures(who, "east") for who in ("own", "above", "below", "beside", "nobody")}
    assert told == {
        "own": (200, ""),
        "above": (200, ""),
        "below": (403, "not-permitted"),
        "beside": (403, "not-permitted"),
        "nobody": (403, "not-permitted"),
    }
    assert await asking.figures("own", "mill") == (200, "")


async def test_every_question_about_a_union_is_held_to_it(asking: Asking) -> None:
    days = {"from": "2010-01-01", "to": "2010-12-31"}
    questions: dict[str, dict[str, str]] = {
        "figures": FIGURES,
        "trace": FIGURES,
        "targets": {"to": "2010-12-31"},
        "trail": {},
        "closings": {},
        "declared": days,
        "restatements": {},
        "between": {"figure": "members_joined", "to": "2010-12-31", "since": "x"},
        "reconciliation": days,
        "reconciliation/standing": {},
        "refusals": {},
    }
    for path, query in questions.items():
        asked = query | {"unit": str(named("east"))}
        assert await asking.one("beside", path, **asked) == (403, "not-permitted"), path
        if path != "refusals":  # for auditors
            assert (await asking.one("own", path, **asked))[0] in {200, 422}, path
    assert await asking.one("above", "reconciliation/standing") == (403, "not-permitted")


async def test_a_role_follows_the_union_when_it_moves(asking: Asking) -> None:
    assert await asking.figures("beside", "north") == (403, "not-permitted")
    asking.province.moves("north", "east", "west", "2010-06-01")
    await asking.province.world.settle()
    assert await asking.figures("beside", "north") == (200, "")
    assert await asking.figures("beside", "mill") == (200, "")
    assert await asking.figures("own", "north") == (403, "not-permitted")


async def test_a_role_that_is_withdrawn_ends_with_the_event(asking: Asking) -> None:
    asking.province.withdraws("own", "viewer", "east")
    await asking.province.world.take()
    assert await asking.figures("own", "east") == (403, "not-permitted")


async def test_an_industry_line_opens_its_figures_and_its_unions(asking: Asking) -> None:
    asking.province.joins_line("dairy", "education", "prefecture", "2010-01-01")
    asking.province.grants("line", "viewer", "prefecture", "education")
    await asking.province.world.settle()
    line = {"line": "education"}
    assert await asking.figures("line", "prefecture", **line) == (200, "")
    assert await asking.figures("line", "east", **line) == (200, "")
    assert await asking.figures("line", "dairy") == (200, "")
    assert await asking.figures("line", "prefecture") == (403, "not-permitted")
    assert await asking.figures("line", "mill") == (403, "not-permitted")
    assert await asking.figures("line", "province", **line) == (403, "not-permitted")


async def test_unions_are_known_to_everybody_with_a_role(asking: Asking) -> None:
    asking.province.grants("tax", "agency", "province")
    await asking.province.world.settle()
    for path, query in (("units", {"name": "mill"}), ("cut", {}), ("catalogue", {})):
        assert await asking.one("beside", path, **query) == (200, "")
        for who in ("nobody", "tax"):
            assert await asking.one(who, path, **query) == (403, "not-permitted")


async def test_the_whole_is_for_the_top_and_not_for_a_union_without_a_place(asking: Asking) -> None:
    asking.province.union("adrift", 4, None)
    asking.province.grants("top", "viewer", "province")
    asking.province.grants("lonely", "viewer", "adrift")
    await asking.province.world.settle()
    told = {who: await asking.one(who, "reconciliation/standing") for who in ("top", "own", "lonely")}
    assert told == {"top": (200, ""), "own": (403, "not-permitted"), "lonely": (403, "not-permitted")}


async def test_refusals_are_kept_for_auditors_of_the_union_and_those_above(asking: Asking) -> None:
    asking.province.grants("auditor", "auditor", "prefecture")
    await asking.province.world.settle()
    for _ in range(2):
        await asking.figures("beside", "mill")
    signed = {"Authorization": f"Bearer {ISSUING.token('auditor')}"}
    query = {"unit": str(named("east"))}
    seen = (await asking.http.get("/v1/refusals", params=query, headers=signed)).json()["items"]
    assert [(each["actor"], each["operation"], each["unit"], each["times"]) for each in seen] == [
        ("beside", "GET /v1/figures", str(named("mill")), 2)
    ]
