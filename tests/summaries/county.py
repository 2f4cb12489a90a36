"""A county of a border prefecture in 2018, told from its printed figures: a tree, its members, its money.

The printed year is blanked; 2018 is chosen because the prefecture's fourteenth period of mutual aid ran then.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from uuid import UUID

from tests.support.codes import person_number
from tests.support.field import Body, Field
from tests.support.rows import told

UNIONS, TOWNS = 187, 3
IN_SERVICE, RETIRED = 12_489, 1_409
AT_ONCE = 16


@dataclass
class County:
    """Ids of its unions and people; `people` are person ids, those in service first, then the retired."""

    field: Field
    prefecture: UUID
    county: UUID
    towns: list[UUID]
    unions: list[UUID]
    people: list[UUID]

    @property
    def in_service(self) -> list[UUID]:
        return self.people[:IN_SERVICE]

    @property
    def retired(self) -> list[UUID]:
        return self.people[IN_SERVICE:]

    @property
    def levels(self) -> tuple[UUID, UUID]:
        return self.county, self.prefecture


async def settled(field: Field) -> County:
    """The county with all its people."""
    province = await field.tell("membership", "unions", _body(1, None, division="530000000000"))
    prefecture = await field.tell("membership", "unions", _body(2, province, division="533100000000"))
    county = await field.tell("membership", "unions", _body(3, prefecture, division="533123000000"))
    towns = await told(field, "membership", "unions/bulk", (_body(4, county) for _ in range(TOWNS)))
    unions = await told(
        field, "membership", "unions/bulk", (_body(6, towns[n % TOWNS]) for n in range(UNIONS))
    )
    members = await told(field, "membership", "members/bulk", map(_member, *_spread(unions)))
    await _retire(field, members[IN_SERVICE:])
    registered = ({"unit": county} | _person(n) for n in range(IN_SERVICE + RETIRED))
    people = await told(field, "membership", "people/bulk", registered)
    return County(field, prefecture, county, towns, unions, people)


def _spread(unions: list[UUID]) -> tuple[range, list[UUID]]:
    everybody = range(IN_SERVICE + RETIRED)
    return everybody, [unions[n % UNIONS] for n in everybody]


async def _retire(field: Field, members: list[UUID]) -> None:
    gate = asyncio.Semaphore(AT_ONCE)

    async def one(member: UUID) -> None:
        async with gate:
            await field.tell("membership", f"members/{member}/retire", {"retired_on": "2015-12-31"})

    await asyncio.gather(*map(one, members))


def _body(level: int, parent: UUID | None, **more: str) -> Body:
    return {
        "name": f"示例工会{level}",
        "level": level,
        "kind": "enterprise" if level == 6 else "general",
        "parent": parent,
        "approved_on": "2000-01-01",
        "taken_over": True,
    } | more


def _member(n: int, union: UUID) -> Body:
    return _person(n) | {"union": union, "joined_on": "2010-06-01"}


def _person(n: int) -> Body:
    return {"document_number": person_number(n), "name": f"示例会员{n}"}
