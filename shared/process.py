"""One process of a service: `python -m services.<name>.main <role>`.

    migrate   bring the schema up to date and end
    api       answer HTTP
    relay     number events and put them on the topic
    worker    read topics
    all       migrate, then the three others in one process

A service may have jobs besides, which do one thing and end (`rebuild`, `republish`, …).

Every role and job serves /health/live, /health/ready and /metrics on its operations port, without a token.
SIGTERM or SIGINT: requests in flight are answered, at most ten seconds, then exit 0. A part that ends by
itself ends the process with exit 1. A database that is away at the start is waited for.
"""

import argparse
import asyncio
import contextlib
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

import asyncpg
import uvloop
from fastapi import FastAPI
from pydantic import ValidationError

from shared import heap, tracing
from shared.clock import business_date, utc_now
from shared.database import TRANSIENT, Connection, Pool, measure_connections, open_pool
from shared.errors import Problem
from shared.http.app import operations
from shared.http.gate import tokens_of
from shared.http.tokens import Rules, Tokens
from shared.logs import log, log_defect, set_up
from shared.migrate import Migration, migrate
from shared.reporting import refused
from shared.serving import BACKGROUND_SECONDS, Background, listening, server_of, until_told
from shared.settings import ServiceSettings

S = TypeVar("S", bound=ServiceSettings)

Ready = Callable[[], Awaitable[str]]
Prepare = Callable[[Connection], Awaitable[list[str]]]

ROLES = ("migrate", "api", "relay", "worker", "all")
WAIT_SECONDS = 2.0


@dataclass(frozen=True)
class Part:
    """What one role runs: coroutines that never end by themselves, questions for readiness, perhaps the API.

    A question returns an empty text when ready, else the reason why not; `app` is told whose tokens it takes.
    """

    background: Sequence[Background] = ()
    ready: Sequence[Ready] = ()
    app: Callable[[Tokens], FastAPI] | None = None


@dataclass(frozen=True)
class Service(Generic[S]):
    """A service: its settings class, its migrations, and how `api`, `relay`, `worker` are put together.

    `prepared` does what plain migrations cannot, and names what it did. A job gets the arguments that follow
    its name, does its one thing, and returns an exit code.
    """

    name: str
    settings: Callable[[], S]
    migrations: Sequence[Migration] = ()
    parts: Mapping[str, Callable[[Pool, S], Part]] = field(default_factory=dict)
    prepared: Prepare | None = None
    jobs: Mapping[str, Callable[[S, Sequence[str]], Awaitable[int]]] = field(default_factory=dict)


def main(service: Service[S]) -> None:
    """The command line of a service's main.py."""
    parser = argparse.ArgumentParser(prog=f"services.{service.name}.main")
    parser.add_argument("role", choices=[*ROLES, *service.jobs])
    given, arguments = parser.parse_known_args()
    if arguments and given.role not in service.jobs:
        parser.error(f"{given.role} takes no arguments: {' '.join(arguments)}")
    run_service(service, given.role, arguments)


def run_service(service: Service[S], role: str, arguments: Sequence[str] = ()) -> None:
    """Run one role until a signal; never returns but by SystemExit: 0 drained or done, 1 something died."""
    set_up(service.name)
    tracing.set_up(service.name)
    heap.settle()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        code = runner.run(_run(service, role, arguments))
    tracing.shut_down()
    raise SystemExit(code)


async def _run(service: Service[S], role: str, arguments: Sequence[str]) -> int:
    told = _told()
    try:
        settings = service.settings()
        if role in service.jobs:
            return await _work(service, settings, role, arguments)
        if role in {"migrate", "all"}:
            await _migrated(service, settings.database_url.get_secret_value(), told)
        if role == "migrate" or told.is_set():
            return 0
        return await _serve(service, settings, role, told)
    except ValidationError as error:
        faults = [f"{each['loc']}: {each['msg']}" for each in error.errors(include_input=False)]
        log.error("settings-wrong", faults=faults)
    except Problem as problem:
        log.error("start-failed", code=problem.code, detail=problem.detail, remedy=problem.remedy)
    except TRANSIENT as error:
        log.error("start-failed", error=type(error).__name__, detail=str(error)[:200])
    except Exception as error:  # noqa: BLE001  the last line before the exit code
        log_defect(error)
    return 1


def _told() -> asyncio.Event:
    """Set by SIGTERM or SIGINT."""
    told = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, told.set)
    return told


async def _work(service: Service[S], settings: S, job: str, arguments: Sequence[str]) -> int:
    for number in (signal.SIGTERM, signal.SIGINT):  # a job is cut off anywhere, and takes it up again
        asyncio.get_running_loop().remove_signal_handler(number)
    async with _observable(settings):
        try:
            return await service.jobs[job](settings, arguments)
        except Problem as problem:
            refused(problem)
            raise


@contextlib.asynccontextmanager
async def _observable(settings: ServiceSettings) -> AsyncIterator[None]:
    """Health and metrics of a job; it works without them where the service itself has the address."""

    async def at_work() -> str:
        return "at work"

    try:
        address = listening(settings.http_host, settings.operations_port)
    except OSError as error:
        log.warning("job_serves_no_metrics", error=str(error))
        yield
        return
    server = server_of(operations(at_work))
    serving = asyncio.create_task(server.serve([address]), name="http")
    try:
        yield
    finally:
        server.should_exit = True
        await asyncio.wait([serving], timeout=BACKGROUND_SECONDS)
        serving.cancel()


async def _migrated(service: Service[S], url: str, told: asyncio.Event) -> None:
    while not told.is_set():
        try:
            await bring_up_to_date(service, url)
        except TRANSIENT as error:
            log.warning("waits-for-database", error=type(error).__name__, detail=str(error)[:200])
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(told.wait(), WAIT_SECONDS)
        else:
            return


async def bring_up_to_date(service: Service[S], url: str) -> None:
    """What the role `migrate` does, once; raises what a database that is away raises."""
    connection = await asyncpg.connect(url, timeout=10)
    try:
        applied = await migrate(connection, list(service.migrations))
        applied += await service.prepared(connection) if service.prepared else []
        if any(each.name.startswith("writing/") for each in service.migrations):
            await connection.execute("SELECT prepare_partitions($1)", business_date(utc_now()))
    finally:
        await connection.close(timeout=5)
    log.info("migrated", applied=applied)


async def _serve(service: Service[S], settings: S, role: str, told: asyncio.Event) -> int:
    wanted = [name for name in service.parts if role in {name, "all"}]
    ports = [settings.operations_port, *([settings.http_port] if "api" in wanted else ())]
    addresses = [listening(settings.http_host, port) for port in ports]
    # The projection's database has other schemas beside, which its own parts choose.
    url, connections = settings.database_url.get_secret_value(), settings.database_connections
    pool = await open_pool(url, largest=connections, schema="public")
    measure_connections(pool)
    parts = [service.parts[name](pool, settings) for name in wanted]
    questions = [_answering(pool), *(question for part in parts for question in part.ready)]

    async def ready() -> str:
        for question in questions:
            if reason := await question():
                return reason
        return ""

    apps = [operations(ready), *(part.app(_tokens(settings)) for part in parts if part.app)]
    servers = [(server_of(app), at) for app, at in zip(apps, addresses, strict=True)]
    background = [each for part in parts for each in part.background]
    try:
        return await until_told(servers, background, told)
    finally:
        await _close(pool)


def _tokens(settings: ServiceSettings) -> Tokens:
    rules = Rules(settings.oidc_issuer, settings.oidc_audience, settings.oidc_founder_claim)
    return tokens_of(rules, settings.oidc_keys, settings.requests_per_second)


def _answering(pool: Pool) -> Ready:
    async def database() -> str:
        try:
            await pool.fetchval("SELECT 1", timeout=2)
        except (*TRANSIENT, asyncpg.PostgresError) as error:
            return f"the database does not answer ({type(error).__name__})"
        return ""

    return database


async def _close(pool: Pool) -> None:
    try:
        await asyncio.wait_for(pool.close(), 2)
    except TimeoutError:
        pool.terminate()
