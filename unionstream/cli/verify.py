"""`unionstream verify`: topics, logs and trail recomputed and compared, from outside."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated

import asyncpg
import typer
from aiokafka.errors import KafkaError
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from unionstream.cli.stack import DEFAULT_DATA, Data, err, faults_told, out, tell_fault
from unionstream.verifying.checkpoints import BadKey, Heads, read_keys
from unionstream.verifying.comparing import Advance, Places, Verdict, verify
from unionstream.verifying.databases import databases
from unionstream.verifying.metrics import write_metrics
from unionstream.verifying.records import Topic

DIFFERENT = 1
UNREACHABLE = 2
CHECKPOINTS = "union.checkpoints"
NAMED_AT_MOST = 10

Kafka = Annotated[str | None, typer.Option(help="Brokers, host:port; else those of the local stack.")]
Logs = Annotated[
    list[str] | None,
    typer.Option("--log", metavar="TOPIC=URL", help="A service's database by its topic; may be repeated."),
]
KeyFile = Annotated[
    Path | None,
    typer.Option("--keys", help="Public keys of checkpoints, one a line; else those of the local stack."),
]
Metrics = Annotated[
    Path | None,
    typer.Option(
        "--metrics", help="A file for the outcome as Prometheus metrics, such as a node exporter's."
    ),
]
TrailUrl = Annotated[str | None, typer.Option("--trail", metavar="URL", help="The projection's database.")]


def verify_everything(
    *,
    kafka: Kafka = None,
    log: Logs = None,
    trail: TrailUrl = None,
    keys: KeyFile = None,
    data: Data = DEFAULT_DATA,
    metrics: Metrics = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdicts as JSON.")] = False,
) -> None:
    """Recompute every hash chain from the topics, and compare topics, logs and trail byte for byte.

    Where public keys are given, also with the signed checkpoints, as published and as kept.

    Exit code 0: all agree. 1: they differ, and the first differences are named. 2: something does not answer.

    For example:

    `unionstream verify`

    `unionstream verify --kafka broker:9092 --log union.finance=postgresql://… --trail postgresql://…`
    """
    places = _places(kafka, log or [], trail, data)
    if keys:
        places = replace(places, keys=tuple(keys.read_text("utf-8").splitlines()))
    try:
        verdicts = asyncio.run(_all(places, quiet=as_json))
    except BadKey as error:
        raise typer.BadParameter(str(error), param_hint="--keys") from error
    except (OSError, KafkaError, asyncpg.PostgresError, TimeoutError) as error:
        tell_fault(
            f"Something does not answer: {type(error).__name__} {error}"[:300],
            "Are the broker and the databases up? See `unionstream status`.",
        )
        raise typer.Exit(UNREACHABLE) from error
    if metrics:
        write_metrics(metrics, verdicts)
    if as_json:
        out.print_json(json.dumps([asdict(each) for each in verdicts]))
    else:
        _tell(verdicts)
    if any(each.differences for each in verdicts):
        raise typer.Exit(DIFFERENT)


def _places(kafka: str | None, logs: list[str], trail: str | None, data: Data) -> Places:
    if kafka and logs and trail:
        pairs = [pair.partition("=") for pair in logs]
        if not all(topic and url for topic, _, url in pairs):
            raise typer.BadParameter("write it as TOPIC=URL", param_hint="--log")
        return Places(kafka, {topic: url for topic, _, url in pairs}, trail)
    if kafka or logs or trail:
        raise typer.BadParameter("give --kafka, --log and --trail together, or none of them")
    with faults_told():
        from unionstream.verifying.places import of_stack

        return of_stack(data.absolute())


async def _all(places: Places, *, quiet: bool) -> list[Verdict]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    published = await _published(places.kafka) if places.keys else []
    with Progress(*columns, console=err, disable=quiet) as progress:
        return [await _one(topic, places, published, _advance(progress, topic)) for topic in places.logs]


async def _published(kafka: str) -> list[str]:
    return [each.value.decode() async for batch in Topic(CHECKPOINTS, kafka).read() for each in batch]


async def _one(topic: str, places: Places, published: list[str], advance: Advance) -> Verdict:
    heads, keys = Heads(topic), read_keys(places.keys)
    async with databases(topic, places.logs[topic], places.trail) as known:
        for note in [*published, *(await known.notes() if keys else [])]:
            heads.take(note, keys)
        return await verify(Topic(topic, places.kafka), known, advance, heads)


def _advance(progress: Progress, topic: str) -> Callable[[int, int], None]:
    task = progress.add_task(topic, total=None)

    def advance(read: int, length: int) -> None:
        progress.update(task, completed=read, total=length)

    return advance


def _tell(verdicts: list[Verdict]) -> None:
    titles = (
        "topic",
        "streams",
        "events",
        "repeats",
        "log",
        "trail",
        "to send",
        "to read",
        "signed",
        "verdict",
    )
    shown = Table(*titles, box=None)
    for each in verdicts:
        verdict = f"[bold red]{len(each.differences)} differ[/]" if each.differences else "[green]agree[/]"
        numbers = (
            each.streams,
            each.events,
            each.repeats,
            each.logged,
            each.trailed,
            each.unsent,
            each.unread,
            each.checkpoints,
        )
        shown.add_row(each.topic, *map(str, numbers), verdict)
    out.print(shown)
    for each in verdicts:
        for difference in each.differences[:NAMED_AT_MOST]:
            out.print(f"[red]{each.topic}[/] {escape(str(difference))}", soft_wrap=True)
        if len(each.differences) > NAMED_AT_MOST:
            out.print(f"… and {len(each.differences) - NAMED_AT_MOST} more in {each.topic}")
