"""Batches of commands into single statements.

Whatever waits is decided together and written by one call of `record` (group commit): under load the price of a
durable commit is shared, alone a command waits for nobody. A conflict with another writer throws the whole batch
away and decides it again on fresh state; nothing is written in between.
"""

import asyncio
import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
from pydantic import BaseModel
from pydantic_core import from_json, to_json

from shared.clock import Clock, business_date, utc_now
from shared.database import Connection, Pool, reachable
from shared.envelope import Provenance
from shared.errors import Defect, Problem, Refused, Unavailable
from shared.ids import new_id
from shared.logs import log_defect
from shared.metrics import COMMANDS
from shared.work.needs import Claimed, Key, Missing, Need, Shelf, fetch
from shared.work.statement import RECORD, arguments
from shared.work.work import Answer, At, Changes, TreeLook, Work

UseCase = Callable[[Work, Any], Answer]

LARGEST_BATCH = 1000
LARGEST_GROUP = 256
WAITING_LIMIT = 2000
ATTEMPTS = 12
ROUNDS = 16
CONFLICTS = (
    asyncpg.UniqueViolationError,
    asyncpg.DeadlockDetectedError,
    asyncpg.SerializationError,
)


class KeyReused(Refused):
    """The same Idempotency-Key came with another body."""

    code = "key-reused"


@dataclass(frozen=True, slots=True)
class Submission:
    """One command with its circumstances.

    `key` and `body` (a hash) make repeats safe within 30 days; `reference` (`<source>/<id there>`) for good.
    """

    command: BaseModel
    actor: str
    key: str = ""
    body: bytes = b""
    reference: str = ""
    correlation: UUID = field(default_factory=new_id)
    traceparent: str = ""
    if_match: int | None = None
    ids: list[UUID] = field(default_factory=list, compare=False)

    def at(self, clock: Clock) -> At:
        """Circumstances for one run."""
        why = Provenance(self.actor, self.correlation, self.correlation, self.traceparent)
        return At(clock(), why, self.if_match, self.ids)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one command: `done`, `repeated` (done before), or `refused` with the problem."""

    status: str
    answer: Answer | None = None
    problem: Problem | None = None


Pending = dict[int, Outcome]


class Desk:
    """All commands of one service go over it."""

    def __init__(
        self, pool: Pool, use_cases: Mapping[type[BaseModel], UseCase], look: TreeLook, clock: Clock = utc_now
    ) -> None:
        """`use_cases` maps every command to its function; `look` shows a unit of the tree."""
        self._pool = pool
        self._use_cases = use_cases
        self._look = look
        self._clock = clock
        self._waiting: asyncio.Queue[tuple[Submission, asyncio.Future[Outcome]]] = asyncio.Queue(WAITING_LIMIT)

    async def submit(self, submission: Submission) -> Answer:
        """One command: its answer, or its problem raised. `Unavailable` when too many wait or the database is down."""
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
                while len(group) < LARGEST_GROUP and not self._waiting.empty():
                    group.append(self._waiting.get_nowait())
                await self._serve(group)
        finally:
            while not self._waiting.empty():
                _tell(self._waiting.get_nowait()[1], Unavailable("the service is stopping"))

    async def _serve(self, group: list[tuple[Submission, "asyncio.Future[Outcome]"]]) -> None:
        try:
            outcomes = await self.execute([submission for submission, _ in group])
        except Problem as problem:
            for _, done in group:
                _tell(done, problem)
        except BaseException as error:
            for _, done in group:
                _tell(done, Unavailable(f"the command was not carried out ({type(error).__name__})"))
            if not isinstance(error, Exception):
                raise
        else:
            for (_, done), outcome in zip(group, outcomes, strict=True):
                if not done.done():
                    done.set_result(outcome)

    async def execute(self, submissions: Sequence[Submission]) -> list[Outcome]:
        """At most 1,000 commands, in order, in one transaction; each has its own outcome, refusals write nothing."""
        for attempt in range(ATTEMPTS):
            try:
                async with reachable(), self._pool.acquire() as connection:
                    outcomes = await self._attempt(connection, submissions)
            except CONFLICTS:
                await asyncio.sleep(random.uniform(0, 0.005 * 2 ** min(attempt, 6)))  # noqa: S311  jitter
            except asyncpg.PostgresError as error:
                if error.sqlstate != "UN001":
                    raise
                await asyncio.sleep(random.uniform(0, 0.005 * 2 ** min(attempt, 6)))  # noqa: S311  jitter
            else:
                self._count(submissions, outcomes)
                return outcomes
        raise Unavailable("too many others change the same things", remedy="repeat it in a moment")

    async def _attempt(self, connection: Connection, submissions: Sequence[Submission]) -> list[Outcome]:
        batch = Batch(self._use_cases, self._look, self._clock, submissions)
        wanted = batch.first_needs()
        for _ in range(ROUNDS):
            await fetch(connection, wanted, batch.shelf)
            wanted = batch.run()
            if not wanted:
                await self._write(connection, batch)
                return batch.in_order()
        msg = "a use case asks for ever new things"
        raise RuntimeError(msg)

    async def _write(self, connection: Connection, batch: "Batch") -> None:
        changes, keys = batch.changes, batch.keys()
        if not (changes.rows or changes.claims or changes.extras or keys):
            return
        values = arguments(changes, batch.shelf, business_date(self._clock()), keys)
        if not changes.extras:
            await connection.execute(RECORD, *values)
            return
        async with connection.transaction():
            for statement, rows in changes.extras.items():
                await connection.executemany(statement, rows)
            await connection.execute(RECORD, *values)

    def _count(self, submissions: Sequence[Submission], outcomes: Sequence[Outcome]) -> None:
        for submission, outcome in zip(submissions, outcomes, strict=True):
            code = outcome.problem.code if outcome.problem else ""
            COMMANDS.labels(type(submission.command).__name__, outcome.status, code).inc()


class Batch:
    """One attempt at some commands: runs them in order, collecting what they lack and what they say."""

    def __init__(
        self,
        use_cases: Mapping[type[BaseModel], UseCase],
        look: TreeLook,
        clock: Clock,
        submissions: Sequence[Submission],
    ) -> None:
        """Nothing is fetched yet."""
        self._use_cases = use_cases
        self._look = look
        self._clock = clock
        self._submissions = submissions
        self._outcomes: list[Outcome] = []
        self.shelf: Shelf = {}
        self.changes = Changes()

    def first_needs(self) -> set[Need]:
        """Earlier answers and references, wanted before anything else."""
        keys = {Key(s.actor, s.key) for s in self._submissions if s.key}
        references = {Claimed("reference", s.reference) for s in self._submissions if s.reference}
        return keys | references

    def run(self) -> set[Need]:
        """Go on where things were missing; from the first gap on the rest only says what it lacks, to keep order."""
        wanted: set[Need] = set()
        for submission in self._submissions[len(self._outcomes) :]:
            work = Work(self.shelf, self.changes, self._look, submission.at(self._clock))
            try:
                outcome = self._one(work, submission)
            except Missing as missing:
                wanted.update(missing.needs)
                continue
            if not wanted:
                self._outcomes.append(outcome)
                if outcome.status == "done":
                    self._keep(submission, work, outcome)
        return wanted

    def _keep(self, submission: Submission, work: Work, outcome: Outcome) -> None:
        self.changes.add(work.changes)
        if submission.key:  # the same key twice in one batch is a repeat, too
            answer = to_json(outcome.answer).decode()
            self.shelf[Key(submission.actor, submission.key)] = (submission.body, 200, answer)

    def in_order(self) -> list[Outcome]:
        """One outcome per submission."""
        return self._outcomes

    def keys(self) -> list[tuple[str, str, bytes, int, str]]:
        """Answers to keep: actor, key, body hash, status, JSON. Refusals are not kept: facts may change."""
        return [
            (s.actor, s.key, s.body, 200, to_json(o.answer).decode())
            for s, o in zip(self._submissions, self._outcomes, strict=True)
            if s.key and o.status == "done"
        ]

    def _one(self, work: Work, submission: Submission) -> Outcome:
        try:
            if known := self._known(work, submission):
                return known
            answer = self._use_cases[type(submission.command)](work, submission.command)
            if submission.reference:
                work.claim("reference", submission.reference, answer.id)
        except (Problem, Missing) as reason:
            if isinstance(reason, Missing):
                raise
            return Outcome("refused", problem=reason)
        except Exception as error:
            log_defect(error, command=type(submission.command).__name__)
            return Outcome("refused", problem=Defect("this command met a defect of the software; nothing was done"))
        return Outcome("done", answer)

    def _known(self, work: Work, submission: Submission) -> Outcome | None:
        earlier = self.shelf.get(Key(submission.actor, submission.key)) if submission.key else None
        if earlier is not None:
            return Outcome("repeated", _same_body(submission, earlier))
        if submission.reference and (owner := work.owner("reference", submission.reference)):
            return Outcome("repeated", Answer(owner, 0))
        return None


def _same_body(submission: Submission, earlier: tuple[bytes, int, str]) -> Answer:
    body, _, answer = earlier
    if body != submission.body:
        raise KeyReused(
            "this Idempotency-Key came earlier with another body",
            field="Idempotency-Key",
            value=submission.key,
            remedy="use a fresh key for a new command",
        )
    raw = from_json(answer)
    return Answer(UUID(raw["id"]), raw["version"], tuple(raw["warnings"]))


def _tell(done: "asyncio.Future[Outcome]", problem: Problem) -> None:
    if not done.done():
        done.set_exception(problem)
