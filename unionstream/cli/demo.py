"""`unionstream demo`: the whole system, a sample province, and the figures checked at every level."""

from __future__ import annotations

import asyncio
import signal
import time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from unionstream.cli.stack import faults_told

if TYPE_CHECKING:
    from uuid import UUID

    from unionstream.demo.checking import Checked
    from unionstream.demo.scenario import Scenario
    from unionstream.embedded.stack import Stack

DEFAULT_DATA = Path("var/demo")
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
    """Start everything, load a sample province through the public interfaces, and check its figures.

    The first run loads some fifty thousand unions, members and payments; later runs find them there.
    It stays up until Ctrl-C, so that you can look around; the addresses are printed at the end.
    """
    from unionstream.demo.scenario import fingerprint, read

    scenario, folder = read(), data.absolute()
    with faults_told():
        from unionstream.embedded.leftovers import erase
        from unionstream.embedded.stack import Stack

        if fresh or _other(folder, fingerprint()):
            erase(folder)
        started = time.monotonic()
        with Stack(
            folder, say=lambda line: out.print(f"[green]·[/] {escape(line)}", soft_wrap=True)
        ) as stack:
            out.print(f"Everything is up after {time.monotonic() - started:.1f} s.")
            results = asyncio.run(_load_and_check(stack, scenario, folder, fingerprint()))
            wrong = _show(results)
            if not leave:
                _where(stack)
                _until_told()
    raise typer.Exit(1 if leave and wrong else 0)


def _other(folder: Path, mark: str) -> bool:
    """Data of another release or scenario is of no use: the demo starts afresh."""
    stamp = folder / "sample" / "scenario"
    return folder.exists() and (not stamp.exists() or stamp.read_text() != mark)


async def _load_and_check(stack: Stack, scenario: Scenario, folder: Path, mark: str) -> list[Checked]:
    import httpx

    from unionstream.demo.checking import check, places
    from unionstream.demo.loading import load

    urls = {name: stack.url(name) for name in stack.services}
    async with httpx.AsyncClient(timeout=60, trust_env=False) as client:
        remembered = _remembered(folder, mark)
        if remembered is None:
            known = await load(scenario, urls, client)
            remembered = places(scenario, known)
            _remember(folder, mark, remembered)
        return await check(remembered, urls["projection"], client)


def _remembered(folder: Path, mark: str) -> dict[str, dict[str, UUID]] | None:
    from pydantic import TypeAdapter

    done, stamp = folder / "sample" / "places.json", folder / "sample" / "scenario"
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(mark)
    if not done.exists():
        return None
    from uuid import UUID

    return TypeAdapter(dict[str, dict[str, UUID]]).validate_json(done.read_bytes())


def _remember(folder: Path, mark: str, places: dict[str, dict[str, UUID]]) -> None:
    from pydantic_core import to_json

    target = folder / "sample" / "places.json"
    draft = target.with_suffix(f".{mark}")
    draft.write_bytes(to_json(places))
    draft.replace(target)


def _show(results: list[Checked]) -> int:
    from unionstream.demo.checking import table

    for story in dict.fromkeys(each.story for each in results):
        out.print(table(story, results))
    wrong = sum(not each.right for each in results)
    out.print(
        f"[bold red]{wrong} of {len(results)} figures are wrong.[/]"
        if wrong
        else f"[bold green]All {len(results)} figures are right.[/]"
    )
    return wrong


def _where(stack: Stack) -> None:
    out.print("\nWhere to look:")
    for name in stack.services:
        out.print(f"  {name:<12} {stack.url(name)}/v1/docs")
    out.print(f"  Kafka        {stack.broker.bootstrap}")
    data = f"--data {stack.data}"
    out.print(
        f"\nIn another terminal (`. .venv/bin/activate` first):\n  unionstream status {data}", soft_wrap=True
    )
    for words in (
        "figures 330282119000 --from 2006-01-01 --to 2006-08-31",
        "trace 330282119000 members_joined --from 2006-01-01 --to 2006-08-31",
        "trail 330282119000",
        "verify",
    ):
        out.print(f"  unionstream {words} {data}", soft_wrap=True)
    out.print("\nCtrl-C stops it; the data stays for the next time.")


def _until_told() -> None:
    """Sleep until a signal; the stack's own handling of Ctrl-C and SIGTERM ends it."""
    try:
        while True:
            signal.pause()
    except KeyboardInterrupt:
        out.print("Stopping.")
