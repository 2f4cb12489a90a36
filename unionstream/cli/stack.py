"""`unionstream up | down | status | logs`: a standing stack whose data is kept between runs."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

if TYPE_CHECKING:
    from unionstream.embedded.state import State

DEFAULT_DATA = Path("var/stack")
NOT_RUNNING = 3
PASSING = "Fetching Apache Kafka: "  # one line per file, shown beside the spinner only

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

Data = Annotated[
    Path,
    typer.Option("--data", envvar="UNIONSTREAM_DATA", help="The folder that holds everything of the stack."),
]


@contextmanager
def faults_told() -> Iterator[None]:
    """Turns a fault of the embedded stack into its message, its remedy and exit code 1 (3: not running)."""
    try:
        from unionstream.embedded.faults import EmbeddedFault, NotRunning

        try:
            yield
        except EmbeddedFault as fault:
            tell_fault(fault.message, fault.remedy)
            raise typer.Exit(NOT_RUNNING if isinstance(fault, NotRunning) else 1) from fault
    except ModuleNotFoundError as missing:
        tell_fault(f"The embedded stack needs {missing.name}.", "pip install 'unionstream[embedded]'")
        raise typer.Exit(1) from missing


def tell_fault(message: str, remedy: str) -> None:
    err.print(f"[red]{escape(message)}[/]\n[yellow]What to do:[/] {escape(remedy)}", soft_wrap=True)


def up(
    data: Data = DEFAULT_DATA,
    brokers: Annotated[int, typer.Option(min=1, max=3, help="Kafka brokers: 1 or 3.")] = 1,
) -> None:
    """Start PostgreSQL, a broker and every service, and leave them running.

    The data stays in the folder and is there again after `down` and `up`. The broker is Apache Kafka where
    Java 17 and Maven (or KAFKA_HOME) are at hand, else a small embedded one; BROKER=kafka or BROKER=embedded
    decides. Ports are free ones on loopback: see `unionstream status`.
    """
    if brokers == 2:
        raise typer.BadParameter("two brokers are worse than one: use 1 or 3", param_hint="--brokers")
    with faults_told():
        from unionstream.embedded.standing import bring_up

        with out.status("Starting") as spinner:

            def say(line: str) -> None:
                spinner.update(escape(line))
                if not line.startswith(PASSING):
                    out.print(f"[green]·[/] {escape(line)}", soft_wrap=True)

            state = bring_up(data.absolute(), brokers, say)
        for name, url in state.urls.items():
            out.print(f"  {name:<12} {url}")
        out.print("Stop with [bold]unionstream down[/]; the data stays.")


def down(
    data: Data = DEFAULT_DATA,
    *,
    erase: Annotated[
        bool, typer.Option("--erase", help="Also remove all data of the stack, for good.")
    ] = False,
) -> None:
    """Stop the stack; its data stays, unless --erase is given. Exit code 3 when none runs."""
    with faults_told():
        from unionstream.embedded.faults import NotRunning
        from unionstream.embedded.leftovers import erase as erase_data
        from unionstream.embedded.standing import take_down

        try:
            with out.status("Stopping"):
                take_down(data.absolute())
            out.print("Stopped.")
        except NotRunning:
            if not erase:
                raise
        if erase:
            erase_data(data.absolute())
            out.print(f"Erased what was in {escape(str(data))}.")


def status(
    data: Data = DEFAULT_DATA,
    *,
    as_json: Annotated[bool, typer.Option("--json", help="Print it as JSON, for scripts.")] = False,
) -> None:
    """Show every process of the stack. Exit code 0: all run; 1: some have fallen; 3: no stack runs."""
    with faults_told():
        from unionstream.embedded import state as states

        state = states.running(data.absolute())
        if as_json:
            out.print_json(state.model_dump_json())
        else:
            _print_state(state)
        if not all(process.alive for process in state.processes):
            raise typer.Exit(1)


def logs(
    name: Annotated[str | None, typer.Argument(help="A process as `status` names it; left out: all.")] = None,
    data: Data = DEFAULT_DATA,
    lines: Annotated[int, typer.Option("--lines", "-n", min=1, help="How many lines of each log.")] = 20,
    *,
    follow: Annotated[bool, typer.Option("--follow", "-f", help="Go on printing until Ctrl-C.")] = False,
) -> None:
    """Print the last lines of the logs, also of a stack that has stopped."""
    files = sorted((data / "logs").glob("*.log"))
    chosen = [file for file in files if name in {None, file.stem}]
    if not chosen:
        known = ", ".join(file.stem for file in files) or "none yet"
        tell_fault(f"No such log in {data}.", f"There is: {known}")
        raise typer.Exit(2)
    for file in chosen:
        with file.open(encoding="utf-8", errors="replace") as text:
            for line in deque(text, maxlen=lines):
                _print_line(file, line)
    if follow:
        from unionstream.embedded.standing import new_lines

        for file, line in new_lines(chosen):
            _print_line(file, line)


def _print_line(file: Path, line: str) -> None:
    out.print(f"[cyan]{file.stem:<12}[/] {escape(line.rstrip())}", soft_wrap=True)


def _print_state(state: State) -> None:
    table = Table("process", "state", "pid", "address", "log", box=None)
    for process in state.processes:
        word = "[green]runs[/]" if process.alive else "[red]fallen[/]"
        table.add_row(process.name, word, str(process.pid), process.address or "", escape(process.log))
    out.print(table)
    out.print(f"broker: {state.broker} at {state.bootstrap}; phase: {state.phase}", soft_wrap=True)
