"""`unionstream demo`: the whole system, ten unions' years, and every printed figure checked."""

from __future__ import annotations

import asyncio
import os
import shlex
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from unionstream.cli.stack import PASSING, err, faults_told, tell_fault

if TYPE_CHECKING:
    from rich.status import Status

    from unionstream.demo.coverage import Coverage
    from unionstream.demo.kept import Kept
    from unionstream.embedded.deadline import Say
    from unionstream.embedded.stack import Stack

DEFAULT_DATA = Path("var/demo")
LOOK_EVERY = 0.5
INTERRUPTED = 130
out = Console(highlight=False)


def demo(
    data: Annotated[
        Path, typer.Option("--data", envvar="UNIONSTREAM_DEMO_DATA", help="Where the demo keeps its data.")
    ] = DEFAULT_DATA,
    *,
    leave: Annotated[
        bool, typer.Option("--exit", help="Stop after the check; exit code 0 only if every figure is right.")
    ] = False,
    fresh: Annotated[
        bool, typer.Option("--fresh", help="Erase the demo's data first and load it anew.")
    ] = False,
) -> None:
    """Start everything, load a sample province and ten unions' years, and check every printed figure.

    The first run loads all of it through the public interfaces; later runs find it there.
    It stays up until Ctrl-C, so that you can look around; the addresses are printed at the end.
    Stopped in the middle, it goes on where it was the next time.
    """
    wrong = 0
    with faults_told(), _interruption_told():
        from shared.rules import LOCAL_FOLDER
        from unionstream.cli.demo_summaries import write_summaries
        from unionstream.demo.kept import Kept
        from unionstream.demo.story import folder
        from unionstream.embedded.stack import Stack

        os.environ.setdefault(LOCAL_FOLDER, str(folder() / "rules"))
        kept = Kept(data.absolute())
        if kept.prepare(fresh=fresh):
            out.print("[green]·[/] Data of an earlier demo is erased; the sample province is loaded anew.")
        started = time.monotonic()
        with out.status("Starting") as spinner, Stack(data.absolute(), say=_say(spinner)) as stack:
            spinner.stop()
            out.print(f"Everything is up after {time.monotonic() - started:.1f} s.")
            wrong = _show(_results(stack, kept, data))
            write_summaries(kept, data)
            if not leave:
                _where(stack, data)
                _until_told(stack)
    raise typer.Exit(1 if leave and wrong else 0)


def _results(stack: Stack, kept: Kept, data: Path) -> Coverage:
    urls = {name: stack.url(name) for name in stack.services}
    try:
        return asyncio.run(kept.load_and_ask(urls))
    except Exception as why:
        error = _foreseen(why)
        if error is None:
            raise
        if not _tell_fallen(stack):
            tell_fault(
                str(error) or f"A service does not answer ({type(error).__name__}).",
                f"Run it again: it goes on where it was; --fresh starts anew. Logs: {data / 'logs'}",
            )
        raise typer.Exit(1) from error


def _foreseen(why: Exception) -> Exception | None:
    """The first cause, if it is one that a load may end with."""
    import httpx

    from unionstream.demo.loading import NeverCaughtUp
    from unionstream.demo.posting import StoryRefused

    if isinstance(why, ExceptionGroup):
        causes = (_foreseen(each) for each in why.exceptions)
        return next((each for each in causes if each), None)
    return why if isinstance(why, StoryRefused | NeverCaughtUp | httpx.HTTPError) else None


def _say(spinner: Status) -> Say:
    """Progress as lines; what passes quickly shows beside the spinner, on a terminal only."""

    def say(line: str) -> None:
        spinner.update(escape(line))
        if not line.startswith(PASSING):
            out.print(f"[green]·[/] {escape(line)}", soft_wrap=True)

    return say


@contextmanager
def _interruption_told() -> Iterator[None]:
    """Ctrl-C before everything is up and checked."""
    try:
        yield
    except KeyboardInterrupt:
        err.print("Stopped in the middle; the next start goes on from there.")
        raise typer.Exit(INTERRUPTED) from None


def _show(coverage: Coverage) -> int:
    from unionstream.demo.coverage import table

    out.print(table(coverage))
    for id_, reason in coverage.misses():
        out.print(f"  {id_} {escape(reason)}", soft_wrap=True)
    wrong, asked = len(coverage.wrong), len(coverage.answers)
    out.print(f"[bold]{coverage.summary()}[/]")
    out.print(
        f"[bold red]{wrong} of {asked} questions were answered wrongly.[/]"
        if wrong
        else f"[bold green]All {asked} questions were answered rightly.[/]"
    )
    return wrong


def _where(stack: Stack, data: Path) -> None:
    out.print("\nWhere to look:")
    out.print(f"  {'summaries':<12} {data / 'summaries'}")
    for name in stack.services:
        out.print(f"  {name:<12} {stack.url(name)}")
    out.print(f"  {'Kafka':<12} {stack.broker.bootstrap}")
    out.print("\nIn another terminal, in this folder:")
    for words in (
        ". .venv/bin/activate",
        f"export UNIONSTREAM_DATA={shlex.quote(str(data))}",
        "unionstream figures 330282119000 --from 2006-01-01 --to 2006-08-31",
        "unionstream trace 330282119000 members_joined --from 2006-01-01 --to 2006-08-31",
        "unionstream trail 330282119000",
        "unionstream verify",
    ):
        out.print(f"  {escape(words)}", soft_wrap=True)
    out.print("\nCtrl-C stops it; the data stays for the next time.")


def _until_told(stack: Stack) -> None:
    """Watch until a signal; the stack's own handling of Ctrl-C and SIGTERM ends it. Exits 1 if one falls."""
    try:
        while not _tell_fallen(stack):
            time.sleep(LOOK_EVERY)
    except KeyboardInterrupt:
        out.print("Stopping.")
    else:
        raise typer.Exit(1)


def _tell_fallen(stack: Stack) -> bool:
    fallen = stack.fallen()
    for name, child in fallen.items():
        tell_fault(f"{name} ended by itself with code {child.code}.", f"Its log: {child.program.log}")
    return bool(fallen)
