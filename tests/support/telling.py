"""Long lists told in chunks, as an importer does: every row must be taken, in its order."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from uuid import UUID, uuid4

from tests.support.field import Body, Field

CHUNK = 1000
SECONDS = 60.0
UNTIL_LATER = {"not-yet-known", "union-unmatched", "employer-unmatched", "period-unknown"}


async def told(field: Field, service: str, path: str, rows: Iterable[Body], actor: str = "ada") -> list[UUID]:
    """The ids answered, in the order of the rows; fails for a row that is refused for good."""
    source = uuid4().hex
    ids: list[UUID] = []
    for chunk in _chunks(rows):
        numbered = [row | {"reference": f"{len(ids) + n}"} for n, row in enumerate(chunk)]
        ids += await _sent(field, (service, path), {"source": source, "rows": numbered}, actor)
    return ids


async def _sent(field: Field, where: tuple[str, str], body: Body, actor: str) -> list[UUID]:
    async with asyncio.timeout(SECONDS):
        while True:
            answer = await field.post(*where, body, actor)
            assert answer.status_code == 200, answer.text
            results = answer.json()["results"]
            refused = [result["problem"] for result in results if result["problem"]]
            assert all(problem["code"] in UNTIL_LATER for problem in refused), refused[0]
            if not refused:
                return [UUID(result["id"]) for result in results]
            await asyncio.sleep(0.1)


def _chunks(rows: Iterable[Body]) -> Iterator[Sequence[Body]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk
