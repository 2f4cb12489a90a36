"""Asking a bulk endpoint about a chunk of rows until it answers.

Nothing is doubled: every row carries a reference that its source uses once for good, so a row that arrived
before, in this run or an earlier one, is answered with `repeated`. The Idempotency-Key is made from the
content, the run and the round: a lost answer is asked for again under the same key, while rows refused in an
earlier run are judged anew.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import uuid4

import httpx
from pydantic import ValidationError

from unionstream.imports.answers import MAY_STILL_ARRIVE, BulkAnswer, RowAnswer, problem_of
from unionstream.imports.patience import Patience

_TRY_AGAIN = frozenset({429, 502, 503, 504})
_TIMEOUT = httpx.Timeout(60, connect=5)
_UNREACHABLE = "start the service, then run the same command again: nothing is doubled"


@dataclass(eq=False)  # not frozen: Python itself sets __traceback__
class SendingStopped(Exception):
    """The service cannot be used; what it accepted before stays, and the same command may be run again."""

    code: str
    detail: str
    remedy: str

    def __str__(self) -> str:
        """The sentence for terminals."""
        return f"{self.code}: {self.detail}. {self.remedy}."


@dataclass(frozen=True)
class Destination:
    """Where rows go, in whose name, and how patiently.

    A chunk that gets no answer for `give_up_seconds` ends the run. Rows about something that has not reached
    the service yet are sent again at the end, for `wait_seconds`, then count as refused.
    """

    url: str
    source: str
    auth: httpx.Auth | None = field(default=None, repr=False)
    chunk_rows: int = 500
    in_flight: int = 2
    give_up_seconds: float = 300
    wait_seconds: float = 30
    run: str = field(default_factory=lambda: uuid4().hex)


class Endpoint:
    """A bulk endpoint with its connections, open between `opened` and its end."""

    def __init__(self, client: httpx.AsyncClient, destination: Destination) -> None:
        """Nothing is sent yet."""
        self._client = client
        self._destination = destination

    @classmethod
    @asynccontextmanager
    async def opened(cls, destination: Destination) -> AsyncIterator[Self]:
        """As many connections as chunks may be under way."""
        limits = httpx.Limits(max_connections=destination.in_flight)
        async with httpx.AsyncClient(
            auth=destination.auth, timeout=_TIMEOUT, limits=limits, trust_env=False
        ) as client:
            yield cls(client, destination)

    async def answer(self, rows: Sequence[dict[str, Any]], round_: int = 1) -> Sequence[RowAnswer]:
        """One answer per row, whatever that takes; raises SendingStopped."""
        content = {"source": self._destination.source, "rows": rows}
        body = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        patience = Patience(self._destination.give_up_seconds)
        while True:
            response, fault = await self._post(body, round_)
            if response is not None and response.status_code == 200:
                return _results(response, len(rows))
            if response is not None and not _temporary(response):
                problem = problem_of(response)
                raise SendingStopped(
                    problem.code, problem.detail, problem.remedy or "correct it and run it again"
                )
            if not await patience.wait(response):
                raise SendingStopped("service-unreachable", fault, _UNREACHABLE)

    async def _post(self, body: bytes, round_: int) -> tuple[httpx.Response | None, str]:
        url = self._destination.url
        key = hashlib.sha256(f"{self._destination.run}/{round_}\n".encode() + body).hexdigest()
        headers = {"Content-Type": "application/json", "Idempotency-Key": key}
        try:
            response = await self._client.post(url, content=body, headers=headers)
        except httpx.TransportError as error:
            return None, f"{url} does not answer ({type(error).__name__})"
        return response, f"{url} answers {response.status_code} {problem_of(response).code}"


def _temporary(response: httpx.Response) -> bool:
    if response.status_code == 409:
        return "Retry-After" in response.headers or problem_of(response).code in MAY_STILL_ARRIVE
    return response.status_code in _TRY_AGAIN


def _results(response: httpx.Response, rows: int) -> Sequence[RowAnswer]:
    try:
        results = BulkAnswer.model_validate_json(response.content).results
    except ValidationError:
        results = ()
    if sorted(result.row for result in results) != list(range(rows)):
        raise SendingStopped(
            "answer-malformed", "the service did not answer for every row", "check the address of the service"
        )
    return results
