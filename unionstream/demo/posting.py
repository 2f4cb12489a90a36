"""Rows and commands through the public interfaces, several requests under way; safe to repeat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import TYPE_CHECKING, Any

import httpx
from pydantic_core import to_json

from unionstream.imports.patience import Patience
from unionstream.signing import asking_as

if TYPE_CHECKING:
    from unionstream.demo.expanding import Batch, Body, Item

CHUNK = 1000
PATIENCE_SECONDS = 600.0
AT_ONCE = 16
BROKEN = (httpx.RemoteProtocolError, httpx.ReadError, httpx.WriteError, httpx.ReadTimeout)
"""The service closed an idle connection, or was too busy to answer."""
LATER = frozenset({"not-yet-known", "union-unmatched", "employer-unmatched"})
"""Rows refused for what another service may still tell."""

Advanced = Callable[[int], None]


class StoryRefused(Exception):
    """A row or command of a story was refused, or a service does not answer in time."""


@dataclass
class Poster:
    """Sends batches to the services at `urls`; all stories of a load share its places in the queue."""

    client: httpx.AsyncClient
    urls: dict[str, str]
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def send(self, batch: Batch, source: str, advanced: Advanced) -> list[str]:
        """The ids in the order of the items; `advanced(n)` is called as they are done.

        Raises StoryRefused.
        """
        if batch.bulk:
            return await self._rows(batch, source, advanced)
        sending = [self._command(batch, item, n, source, advanced) for n, item in enumerate(batch.items)]
        if batch.in_order:
            return [await each for each in sending]
        return await _all(sending)

    async def _command(self, batch: Batch, item: Item, n: int, source: str, advanced: Advanced) -> str:
        answer = await self._post(batch, item.path, item.body, f"{source}/{batch.name}/{n}")
        advanced(1)
        return str(answer["id"])

    async def _rows(self, batch: Batch, source: str, advanced: Advanced) -> list[str]:
        rows = [item.body | {"reference": f"{batch.name}/{n}"} for n, item in enumerate(batch.items)]
        chunks = [rows[start : start + CHUNK] for start in range(0, len(rows), CHUNK)]
        sending = [self._chunk(batch, chunk, source, advanced) for chunk in chunks]
        if batch.in_order:
            return [id_ for each in sending for id_ in await each]
        return [id_ for ids in await _all(sending) for id_ in ids]

    async def _chunk(self, batch: Batch, chunk: list[Body], source: str, advanced: Advanced) -> list[str]:
        patience, ids = Patience(PATIENCE_SECONDS), [""] * len(chunk)
        waiting = list(range(len(chunk)))
        while waiting:
            rows = [chunk[place] for place in waiting]
            body = {"source": source, "rows": rows}
            results = (await self._post(batch, batch.items[0].path, body, _key_of(body)))["results"]
            for place, result in zip(waiting, results, strict=True):
                ids[place] = _id_of(result, chunk[place])
            left = [place for place in waiting if not ids[place]]
            advanced(len(waiting) - len(left))
            if left and not await patience.wait():
                raise StoryRefused(f"{batch.name}: {len(left)} rows wait for another service; {results[0]}")
            waiting = left
        return ids

    async def _post(self, batch: Batch, path: str, body: Body, key: str) -> Any:
        patience = Patience(PATIENCE_SECONDS)
        headers = {"Idempotency-Key": key, "Content-Type": "application/json"}
        content = to_json(body)
        while True:
            try:
                async with self._gate:
                    answer = await self.client.post(
                        self.urls[batch.service] + path,
                        content=content,
                        headers=headers,
                        extensions=asking_as(batch.actor),
                    )
            except BROKEN:  # the key makes it safe to send it again
                if not await patience.wait():
                    raise
                continue
            if answer.is_success:
                return answer.json()
            if "Retry-After" not in answer.headers or not await patience.wait(answer):
                said = f"{batch.service} {path} answered {answer.status_code}"
                raise StoryRefused(f"{batch.name}: {said}: {answer.text[:500]}\n{content[:500].decode()}")


async def _all(sending: list[Any]) -> list[Any]:
    async with asyncio.TaskGroup() as group:
        tasks = [group.create_task(each) for each in sending]
    return [task.result() for task in tasks]


def _id_of(result: Body, row: Body) -> str:
    """The id, "" for a row that waits."""
    problem = result["problem"]
    if problem is None:
        return str(result["id"])
    if problem["code"] in LATER:
        return ""
    raise StoryRefused(f"{row['reference']}: {problem}\n{row}")


def _key_of(body: Body) -> str:
    """Rows are known by their references; the key of their request only has to differ where they do."""
    return sha256(to_json(body)).hexdigest()
