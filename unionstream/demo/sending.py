"""Steps through the public interfaces; rows have references and commands keys, so a step may be repeated."""

from collections.abc import Callable
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any
from uuid import UUID

import httpx
from pydantic_core import to_json

from unionstream.demo.steps import Row, Single, Step
from unionstream.imports.patience import Patience

NOT_YET_KNOWN = "not-yet-known"
SOURCE = "sample"
CHUNK = 1000
PATIENCE_SECONDS = 60


class StoryRefused(Exception):
    """A row or command of the sample province was refused, or a service does not answer."""


@dataclass
class Sender:
    """Sends steps to the services at `urls`; `known` maps every reference to the id it got."""

    client: httpx.AsyncClient
    urls: dict[str, str]
    known: dict[str, UUID] = field(default_factory=dict)

    async def send(self, step: Step | Single, advanced: Callable[[int], None]) -> None:
        """Carry out one step; `advanced(n)` is called as rows are done. Raises `StoryRefused`."""
        if isinstance(step, Step):
            await self._rows(step, advanced)
        else:
            await self._commands(step, advanced)

    async def _rows(self, step: Step, advanced: Callable[[int], None]) -> None:
        for start in range(0, len(step.rows), CHUNK):  # in order: parents come before children
            chunk = list(step.rows[start : start + CHUNK])
            patience = Patience(PATIENCE_SECONDS)
            while chunk:
                body = {"source": SOURCE, "rows": chunk}
                results = await self._post(step, step.path, body, _key_of(body))
                waiting = [
                    chunk[result["row"]] for result in results["results"] if self._enter(chunk, result)
                ]
                advanced(len(chunk) - len(waiting))
                chunk = waiting
                if chunk and not await patience.wait():
                    raise StoryRefused(f"{step.title}: {len(chunk)} rows wait for another service")

    def _enter(self, chunk: list[Row], result: dict[str, Any]) -> bool:
        problem = result["problem"]
        if problem is None:
            self.known[chunk[result["row"]]["reference"]] = UUID(result["id"])
            return False
        if problem["code"] != NOT_YET_KNOWN:
            raise StoryRefused(f"{chunk[result['row']]['reference']}: {problem}")
        return True

    async def _commands(self, step: Single, advanced: Callable[[int], None]) -> None:
        for path, body, key in step.commands:
            answer = await self._post(step, path, body, f"{SOURCE}/{key}")
            self.known[key] = UUID(answer["id"])
            advanced(1)

    async def _post(self, step: Step | Single, path: str, body: Row, key: str) -> Any:
        patience = Patience(PATIENCE_SECONDS)
        headers = {"Idempotency-Key": key, "X-Actor": step.actor}
        while True:
            response = await self.client.post(self.urls[step.service] + path, json=body, headers=headers)
            if response.is_success:
                return response.json()
            temporary = (
                response.status_code == httpx.codes.SERVICE_UNAVAILABLE or NOT_YET_KNOWN in response.text
            )
            if not temporary or not await patience.wait(response):
                raise StoryRefused(f"{path} answered {response.status_code}: {response.text[:500]}")


def _key_of(body: Row) -> str:
    """Rows are known by their references; the key of their request only has to differ where they do."""
    return sha256(to_json(body)).hexdigest()
