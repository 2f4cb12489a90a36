"""A little country under a running system: told through the public interfaces, read as figures.

    province ── prefecture ── county ── town ── union (grassroots), other (grassroots)

Every `Field` has its own, so tests on one stack do not see each other. Business dates lie in 2013 unless said
otherwise; the units were established on 2000-01-01.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import UUID, uuid4

import httpx

from tests.e2e.settling import caught_up
from tests.support.codes import credit_code, person_number
from tests.support.signing import asking_as

Body = dict[str, Any]

SECONDS = 30.0
LEVELS = {"province": 1, "prefecture": 2, "county": 3, "town": 4, "union": 6, "other": 6}
_numbers = count(1)


@dataclass
class Field:
    """`units` by name (province, prefecture, county, town, union, other), as ids."""

    http: httpx.AsyncClient
    urls: Mapping[str, str]
    units: dict[str, UUID] = field(default_factory=dict)

    def __getattr__(self, name: str) -> UUID:
        """`field.town` is the id of the town's union."""
        try:
            return self.units[name]
        except KeyError:
            raise AttributeError(name) from None

    async def post(self, service: str, path: str, body: Body, actor: str = "ada") -> httpx.Response:
        """One command, repeated while the service has not heard of something yet."""
        headers = {"Idempotency-Key": str(uuid4())}
        async with asyncio.timeout(SECONDS):
            while True:
                answer = await self.http.post(
                    f"{self.urls[service]}/v1/{path.lstrip('/')}",
                    json=_plain(body),
                    headers=headers,
                    extensions=asking_as(actor),
                )
                if "Retry-After" not in answer.headers:
                    return answer
                await asyncio.sleep(0.05)
                headers["Idempotency-Key"] = str(uuid4())

    async def tell(self, service: str, path: str, body: Body, actor: str = "ada") -> UUID:
        """The command is accepted; the id it answers."""
        answer = await self.post(service, path, body, actor)
        assert answer.status_code in {200, 201}, answer.text
        return UUID(answer.json()["id"])

    async def refused(self, service: str, path: str, body: Body, actor: str = "ada") -> tuple[int, str]:
        """Status and code of a refusal, which tells field and remedy; for `malformed` the field's code."""
        answer = await self.post(service, path, body, actor)
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json", answer.text
        assert problem["remedy"], problem
        assert problem.get("field") or problem.get("errors"), problem
        return answer.status_code, str(
            problem["errors"][0]["code"] if problem.get("errors") else problem["code"]
        )

    async def bulk(self, service: str, path: str, rows: list[Body], source: str = "") -> list[Body]:
        """Rows of a list; each needs a `reference`. The answers in their order."""
        answer = await self.post(service, path, {"source": source or uuid4().hex, "rows": rows})
        assert answer.status_code == 200, answer.text
        results: list[Body] = answer.json()["results"]
        return results

    async def get(self, service: str, path: str, **query: Any) -> Any:
        """The answer of a question."""
        answer = await self.http.get(f"{self.urls[service]}/v1/{path.lstrip('/')}", params=_plain(query))
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def figures(
        self, unit: UUID, *names: str, first: str = "2013-01-01", last: str = "2013-12-31", **more: Any
    ) -> dict[str, int | float | None]:
        """Figures by id, once everything told so far has reached them; rates as numbers."""
        await caught_up(self.http, self.urls)
        answer = await self.get(
            "projection", "figures", unit=unit, figure=list(names), **{"from": first, "to": last}, **more
        )
        return {each["id"]: _number(each["value"]) for each in answer["figures"]}

    async def parts(
        self, unit: UUID, name: str, by: str, first: str = "2013-01-01", last: str = "2013-12-31"
    ) -> dict[str, int]:
        """One figure's breakdown."""
        await caught_up(self.http, self.urls)
        answer = await self.get(
            "projection", "figures", unit=unit, figure=name, by=by, **{"from": first, "to": last}
        )
        return {str(each["value"]): int(each["amount"]) for each in answer["figures"][0]["by"]["parts"]}

    async def agree(self, wanted: Mapping[str, int | float], *units: UUID, **period: str) -> None:
        """These figures at every one of the units: the way to say 'visible at every level'."""
        for unit in units:
            assert await self.figures(unit, *wanted, **period) == wanted, unit

    async def employer(self, union: UUID | None = None, **more: Any) -> UUID:
        """A registered employer, covered by the union if one is given."""
        body = {
            "name": "示例企业",
            "kind": "private_enterprise",
            "credit_code": credit_code(next(_numbers), "91"),
            "unit": self.town,
            "registered_on": "2000-01-01",
        } | more
        id_ = await self.tell("membership", "employers", body)
        if union:
            await self.tell("membership", f"unions/{union}/cover", {"employer": id_, "on": "2000-01-01"})
        return id_

    async def member(self, union: UUID, **more: Any) -> UUID:
        """A member in service since 2010; the PERSON's id, as other services want it."""
        body = {
            "union": union,
            "document_number": person_number(next(_numbers)),
            "name": "示例会员",
            "joined_on": "2010-01-01",
        } | more
        id_ = await self.tell("membership", "members", body)
        return UUID((await self.get("membership", f"members/{id_}"))["person"])


async def founded(http: httpx.AsyncClient, urls: Mapping[str, str]) -> Field:
    """A field with its six units."""
    land = Field(http, urls)
    above: UUID | None = None
    for name, level in LEVELS.items():
        parent = land.units["town"] if name == "other" else above
        body = {
            "name": f"示例{name}工会",
            "level": level,
            "kind": "enterprise" if level == 6 else "general",
            "parent": parent,
            "approved_on": "2000-01-01",
            "taken_over": True,
        }
        above = land.units[name] = await land.tell("membership", "unions", body)
    return land


def _plain(body: Any) -> Any:
    if isinstance(body, dict):
        return {name: _plain(value) for name, value in body.items()}
    if isinstance(body, list | tuple):
        return [_plain(value) for value in body]
    return body if body is None or isinstance(body, str | int | bool) else str(body)


def _number(shown: Any) -> int | float | None:
    if shown is None or isinstance(shown, int):
        return shown
    return float(shown)
