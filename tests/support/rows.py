"""Lists as people send them: a source, a reference per row, and again while something has not arrived."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from itertools import count
from uuid import UUID, uuid4

from tests.support.codes import person_number
from tests.support.field import SECONDS, Body, Field

LARGEST = 1000
_numbers = count(3_000_000)
UNTIL_LATER = {"not-yet-known", "union-unmatched", "employer-unmatched"}
Send = Callable[[list[Body]], Awaitable[list[Body]]]


async def sent(field: Field, service: str, path: str, rows: list[Body], actor: str = "ada") -> list[Body]:
    """The answers in order, once no row waits for another service any more; a thousand rows a request."""
    source = uuid4().hex
    named = [_said(row) | {"reference": str(number)} for number, row in enumerate(rows)]

    async def send(some: list[Body]) -> list[Body]:
        answer = await field.post(service, path, {"source": source, "rows": some}, actor)
        assert answer.status_code == 200, answer.text
        results: list[Body] = answer.json()["results"]
        return results

    answers: list[Body] = []
    for start in range(0, len(named), LARGEST):
        answers += await _settled(send, named[start : start + LARGEST])
    return answers


async def told(field: Field, service: str, path: str, rows: Iterable[Body], actor: str = "ada") -> list[UUID]:
    """The ids answered, in the order of the rows; fails for a row that is refused for good."""
    answers = await sent(field, service, path, list(rows), actor)
    assert not [each["problem"] for each in answers if each["problem"]][:3]
    return [UUID(each["id"]) for each in answers]


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
    return await told(field, "membership", "people/bulk", rows)


async def _settled(send: Send, rows: list[Body]) -> list[Body]:
    answers = await send(rows)
    async with asyncio.timeout(SECONDS):
        while waiting := [number for number, each in enumerate(answers) if _waits(each)]:
            await asyncio.sleep(0.05)
            again = await send([rows[number] for number in waiting])
            for number, answer in zip(waiting, again, strict=True):
                answers[number] = answer
    return answers


def _waits(answer: Body) -> bool:
    return (answer["problem"] or {}).get("code") in UNTIL_LATER


def _said(row: Body) -> Body:
    return {name: value for name, value in row.items() if value is not None}
