"""Lists of people and of what they get, sent in bulk until every row has been taken in."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from itertools import count
from uuid import UUID, uuid4

from tests.support.codes import person_number
from tests.support.field import SECONDS, Body, Field

_numbers = count(3_000_000)


async def taken_in(
    field: Field, service: str, path: str, rows: Sequence[Body], actor: str = "ada"
) -> list[UUID]:
    """The ids of the rows, in order; rows that wait for another service are sent again."""
    body = {
        "source": uuid4().hex,
        "rows": [{"reference": str(n), **row} for n, row in enumerate(rows)],
    }
    async with asyncio.timeout(SECONDS):
        while True:
            answer = await field.post(service, path, body, actor)
            assert answer.status_code == 200, answer.text
            results: list[Body] = answer.json()["results"]
            refused = [each["problem"] for each in results if each["status"] == "refused"]
            if not refused:
                return [UUID(each["id"]) for each in results]
            assert {each["code"] for each in refused} == {"not-yet-known"}, refused[0]
            await asyncio.sleep(0.2)


async def people(field: Field, how_many: int) -> list[UUID]:
    """So many people of the register, members or not."""
    rows = [
        {
            "unit": field.county,
            "document_number": person_number(next(_numbers)),
            "name": "示例职工",
            "registered_on": "2012-01-01",
        }
        for _ in range(how_many)
    ]
    return await taken_in(field, "membership", "people/bulk", rows)
