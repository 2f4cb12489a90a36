"""Sending rows to a bulk endpoint: chunk by chunk, two in flight, each repeated until the service answers.

Nothing is doubled: every row carries a reference that its source uses once for good, so a row that arrived
before, in this run or an earlier one, is answered with `repeated`. The Idempotency-Key is made from the
content, the run and the round: a lost answer is asked for again under the same key, while rows refused in an
earlier run are judged anew.
"""

import asyncio
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from uuid import uuid4

import httpx
from pydantic import ValidationError

from unionstream.imports.answers import MAY_STILL_ARRIVE, BulkAnswer, ProblemAnswer, RowAnswer, problem_of
from unionstream.imports.patience import Patience
from unionstream.imports.problems import RowProblem
from unionstream.imports.reading import SourceRow

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
    """Where rows go, and how patiently.

    A chunk that gets no answer for `give_up_seconds` ends the run. Rows about something that has not reached
    the service yet are sent again at the end, for `wait_seconds`, then count as refused.
    """

    url: str
    source: str
    actor: str
    chunk_rows: int = 500
    in_flight: int = 2
    give_up_seconds: float = 300
    wait_seconds: float = 30
    run: str = field(default_factory=lambda: uuid4().hex)


@dataclass
class Tally:
    """What became of the rows so far; `refused` in no particular order."""

    created: int = 0
    repeated: int = 0
    refused: list[tuple[SourceRow, RowProblem]] = field(default_factory=list)

    @property
    def total(self) -> int:
        """Rows with a fate."""
        return self.created + self.repeated + len(self.refused)


async def send(
    rows: Iterable[SourceRow], destination: Destination, tally: Tally, progress: Callable[[], None]
) -> None:
    """Sends every row that can be sent and keeps `tally`; `progress` is called after each change of it.

    Raises SendingStopped. When cancelled, `tally` is right for the rows answered so far.
    """
    limits = httpx.Limits(max_connections=destination.in_flight)
    async with httpx.AsyncClient(timeout=_TIMEOUT, limits=limits, trust_env=False) as client:
        run = _Run(client, destination, tally, progress)
        await run.round(_sendable(rows, tally))
        patience = Patience(destination.wait_seconds)
        while run.waiting and await patience.wait():
            waiting, run.waiting = run.waiting, []
            await run.round(row for row, _ in waiting)
    tally.refused += [(row, problem.of_row()) for row, problem in run.waiting]
    progress()


def _sendable(rows: Iterable[SourceRow], tally: Tally) -> Iterator[SourceRow]:
    """Rows with a problem of their own go straight to the tally."""
    for row in rows:
        if row.problem is None:
            yield row
        else:
            tally.refused.append((row, row.problem))


def _chunks(rows: Iterator[SourceRow], size: int) -> Iterator[list[SourceRow]]:
    while chunk := list(islice(rows, size)):
        yield chunk


@dataclass
class _Run:
    """One call of `send`; `waiting` are rows about something the service has not heard of yet."""

    client: httpx.AsyncClient
    destination: Destination
    tally: Tally
    progress: Callable[[], None]
    waiting: list[tuple[SourceRow, ProblemAnswer]] = field(default_factory=list)
    rounds: int = 0

    async def round(self, rows: Iterable[SourceRow]) -> None:
        """Sends every row once, whatever that takes, `in_flight` chunks at a time."""
        self.rounds += 1
        chunks = _chunks(iter(rows), self.destination.chunk_rows)
        try:
            async with asyncio.TaskGroup() as lanes:
                for _ in range(self.destination.in_flight):
                    lanes.create_task(self._lane(chunks))
        except BaseExceptionGroup as group:
            raise group.exceptions[0] from None

    async def _lane(self, chunks: Iterator[Sequence[SourceRow]]) -> None:
        for chunk in chunks:  # every lane draws from the same chunks
            for result in await self._answer(chunk):
                self._count(chunk[result.row], result)
            self.progress()

    async def _answer(self, chunk: Sequence[SourceRow]) -> Sequence[RowAnswer]:
        content = {"source": self.destination.source, "rows": [row.fields for row in chunk]}
        body = json.dumps(content, ensure_ascii=False, sort_keys=True).encode()
        patience = Patience(self.destination.give_up_seconds)
        while True:
            response, fault = await self._post(body)
            if response is not None and response.status_code == 200:
                return _results(response, len(chunk))
            if response is not None and not _temporary(response):
                problem = problem_of(response)
                raise SendingStopped(
                    problem.code, problem.detail, problem.remedy or "correct it and run it again"
                )
            if not await patience.wait(response):
                raise SendingStopped("service-unreachable", fault, _UNREACHABLE)

    async def _post(self, body: bytes) -> tuple[httpx.Response | None, str]:
        key = hashlib.sha256(f"{self.destination.run}/{self.rounds}\n".encode() + body).hexdigest()
        headers = {
            "Content-Type": "application/json",
            "Idempotency-Key": key,
            "X-Actor": self.destination.actor,
        }
        try:
            response = await self.client.post(self.destination.url, content=body, headers=headers)
        except httpx.TransportError as error:
            return None, f"{self.destination.url} does not answer ({type(error).__name__})"
        return response, f"{self.destination.url} answers {response.status_code} {problem_of(response).code}"

    def _count(self, row: SourceRow, result: RowAnswer) -> None:
        problem = result.problem or ProblemAnswer(code="refused")
        if result.status == "created":
            self.tally.created += 1
        elif result.status == "repeated":
            self.tally.repeated += 1
        elif problem.code in MAY_STILL_ARRIVE:
            self.waiting.append((row, problem))
        else:
            self.tally.refused.append((row, problem.of_row()))


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
