"""Batches of commands into single statements.

Whatever waits is decided together and written by one call of `record` (group commit): under load the price of
a durable commit is shared, alone a command waits for nobody. A conflict with another writer throws the whole
batch away and decides it again on fresh state; nothing is written in between.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence

import asyncpg
from pydantic import BaseModel

from shared.clock import Clock, business_date, utc_now
from shared.database import Connection, Pool, reachable
from shared.errors import Problem, Unavailable
from shared.logs import log_defect
from shared.metrics import COMMANDS
from shared.work.batch import Batch
from shared.work.changes import Answer
from shared.work.needs import fetch
from shared.work.reach import Reach
from shared.work.refusals import note
from shared.work.statement import RECORD, arguments
from shared.work.submission import Outcome, RequestKey, Submission, UseCase, Veil
from shared.work.work import TreeLook

__all__ = ["Desk", "UseCase"]

LARGEST_BATCH = 1000
LARGEST_GROUP = 256
GATHERING_TURNS = 8  # of the loop: who was answered together asks again together
WAITING_LIMIT = 2000
ATTEMPTS = 12
ROUNDS = 16
CONFLICTS = (
    asyncpg.UniqueViolationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
)
TOO_LATE = "UN001"  # raised by record(): somebody else was faster

Waiting = tuple[Submission, "asyncio.Future[Outcome]"]


class Desk:
    """All commands of one service go over it."""

    def __init__(
        self,
        pool: Pool,
        use_cases: Mapping[type[BaseModel], UseCase],
        look: TreeLook,
        clock: Clock = utc_now,
        veil: Veil | None = None,
    ) -> None:
        """`use_cases` maps every command to its function; `look` shows a unit of the tree.

        `veil`: by what rows and bodies are known again where they hold personal data, under a key.
        """
        self._veil = veil
        self._pool = pool
        self._use_cases = use_cases
        self._look = look
        self._clock = clock
        self._waiting: asyncio.Queue[tuple[Submission, asyncio.Future[Outcome]]] = asyncio.Queue(
            WAITING_LIMIT
        )

    @property
    def reach(self) -> Reach:
        """Who may read what of this service."""
        return Reach(self._pool, self._look, self._clock)

    async def submit(self, submission: Submission) -> Answer:
        """One command: its answer, or its problem raised; `Unavailable` when too many wait."""
        done: asyncio.Future[Outcome] = asyncio.get_running_loop().create_future()
        try:
            self._waiting.put_nowait((submission, done))
        except asyncio.QueueFull:
            raise Unavailable("too many commands wait", remedy="repeat it in a moment") from None
        outcome = await done
        if outcome.answer is None:
            raise outcome.problem or Unavailable("no answer")
        return outcome.answer

    async def run(self) -> None:
        """Serve `submit` until cancelled; those still waiting are told `Unavailable`."""
        try:
            while True:
                group = [await self._waiting.get()]
                for _ in range(GATHERING_TURNS):
                    await asyncio.sleep(0)
                while len(group) < LARGEST_GROUP and not self._waiting.empty():
                    group.append(self._waiting.get_nowait())
                await self._serve(group)
        finally:
            while not self._waiting.empty():
                _tell(self._waiting.get_nowait()[1], Unavailable("the service is stopping"))

    async def _serve(self, group: Sequence[Waiting]) -> None:
        try:
            outcomes = await self.execute([submission for submission, _ in group])
        except BaseException as error:
            problem = error if isinstance(error, Problem) else _not_done(error)
            for _, done in group:
                _tell(done, problem)
            if not isinstance(error, Exception):
                raise
            if not isinstance(error, Problem):
                log_defect(error)
        else:
            for (_, done), outcome in zip(group, outcomes, strict=True):
                if not done.done():
                    done.set_result(outcome)

    async def execute(
        self, submissions: Sequence[Submission], request: RequestKey | None = None
    ) -> list[Outcome]:
        """At most 1,000 commands, in order, in one transaction, each with its own outcome.

        Refusals write nothing. `request` is kept with the first that writes; raises `KeyReused` if it came
        with another body.
        """
        if self._veil:
            submissions = [each.veiled(self._veil) for each in submissions]
            request = request and request.veiled(self._veil)
        for attempt in range(ATTEMPTS):
            try:
                async with reachable(), self._pool.acquire() as connection:
                    outcomes = await self._attempt(connection, submissions, request)
            except asyncpg.PostgresError as error:
                if not isinstance(error, CONFLICTS) and error.sqlstate != TOO_LATE:
                    raise
                await asyncio.sleep(random.uniform(0, 0.005 * 2 ** min(attempt, 6)))  # noqa: S311  jitter
            else:
                self._count(submissions, outcomes)
                return outcomes
        raise Unavailable("too many others change the same things", remedy="repeat it in a moment")

    async def _attempt(
        self, connection: Connection, submissions: Sequence[Submission], request: RequestKey | None
    ) -> list[Outcome]:
        batch = Batch(self._use_cases, self._look, self._clock, submissions, request)
        wanted = batch.first_needs()
        for _ in range(ROUNDS):
            await fetch(connection, wanted, batch.shelf)
            batch.check_request()
            wanted = batch.run()
            if not wanted:
                await self._write(connection, batch)
                outcomes = batch.in_order()
                if denials := [each.denied for each in outcomes if each.denied]:
                    await note(connection, denials, business_date(self._clock()))
                return outcomes
        msg = "a use case asks for ever new things"
        raise RuntimeError(msg)

    async def _write(self, connection: Connection, batch: Batch) -> None:
        changes, keys = batch.changes, batch.keys()
        if not (changes.rows or changes.claims or changes.extras or keys):
            return
        values = arguments(changes, batch.shelf, business_date(self._clock()), keys)
        if not (changes.extras or changes.locks):
            await connection.execute(RECORD, *values)
            return
        async with connection.transaction():
            for statement, held in changes.locks.items():
                await connection.executemany(statement, sorted(held))  # in one order: no deadlock
            for statement, rows in changes.extras.items():
                await connection.executemany(statement, rows)
            await connection.execute(RECORD, *values)

    def _count(self, submissions: Sequence[Submission], outcomes: Sequence[Outcome]) -> None:
        for submission, outcome in zip(submissions, outcomes, strict=True):
            code = outcome.problem.code if outcome.problem else ""
            COMMANDS.labels(type(submission.command).__name__, outcome.status, code).inc()


def _not_done(error: BaseException) -> Unavailable:
    return Unavailable(f"the command was not carried out ({type(error).__name__})")


def _tell(done: "asyncio.Future[Outcome]", problem: Problem) -> None:
    if not done.done():
        done.set_exception(problem)
