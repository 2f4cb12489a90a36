"""Unions in an area with rules of its own: a county, a town, a grassroots union under a prefecture."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from tests.support.field import Field


@dataclass(frozen=True)
class Area:
    """Ids of the unions, and of an employer that the grassroots union covers."""

    county: UUID
    town: UUID
    union: UUID
    mill: UUID


async def settled(field: Field, division: str) -> Area:
    """The county has the division code (12 digits), by which the rules of its area hold."""
    county = await _union(field, 3, field.prefecture, division)
    town = await _union(field, 4, county)
    union = await _union(field, 6, town)
    return Area(county, town, union, await field.employer(union))


async def _union(field: Field, level: int, parent: UUID, division: str | None = None) -> UUID:
    body = {
        "name": "示例工会",
        "level": level,
        "kind": "enterprise" if level == 6 else "general",
        "parent": parent,
        "approved_on": "2000-01-01",
        "taken_over": level == 6,
    }
    return await field.tell("membership", "unions", body | ({"division": division} if division else {}))


async def once_known(field: Field, path: str, body: dict[str, Any], not_yet: str) -> UUID:
    """The command, repeated while it is refused for what another service has still to tell."""
    async with asyncio.timeout(30):
        while True:
            answer = await field.post("finance", path, body)
            if answer.status_code < 300:
                return UUID(answer.json()["id"])
            assert answer.json()["code"] == not_yet, answer.text
            await asyncio.sleep(0.05)
