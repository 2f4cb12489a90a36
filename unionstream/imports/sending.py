"""Sending rows to a bulk endpoint: chunk by chunk, two in flight, each repeated until the service answers."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from unionstream.imports.answers import MAY_STILL_ARRIVE, ProblemAnswer, RowAnswer
from unionstream.imports.asking import Destination, Endpoint
from unionstream.imports.patience import Patience
from unionstream.imports.problems import RowProblem
from unionstream.imports.reading import SourceRow


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
    async with Endpoint.opened(destination) as endpoint:
        run = _Run(endpoint, destination, tally, progress)
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

    endpoint: Endpoint
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
            for result in await self.endpoint.answer([row.fields or {} for row in chunk], self.rounds):
                self._count(chunk[result.row], result)
            self.progress()

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
