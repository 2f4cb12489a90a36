"""`python -m bench [part ...] [--quick]`: run the parts named (default: all) and print what was measured."""

from __future__ import annotations

import argparse
import asyncio
import time
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from typing import Any

import uvloop
from rich.console import Console

from bench import catchup, commands, freshness, importing, queries, walls
from bench.machine import described, load
from bench.room import Room, room
from bench.table import Result, show
from shared import heap
from shared.logs import set_up

WIDTH = 140  # in a file, where nobody tells


@dataclass(frozen=True)
class Part:
    """One subject; `services`: whether the services have to run."""

    name: str
    run: Callable[[Room], Coroutine[Any, Any, Result]]
    services: bool


PARTS = (
    Part("catchup", catchup.run, services=False),
    Part("commands", commands.run, services=False),
    Part("queries", queries.run, services=False),
    Part("walls", walls.run, services=False),
    Part("freshness", freshness.run, services=True),
    Part("importing", importing.run, services=True),
)


def main() -> None:
    """Run from the command line; Ctrl-C ends it cleanly, with exit code 130."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("part", nargs="*", help=f"one of: {', '.join(part.name for part in PARTS)}")
    parser.add_argument("--quick", action="store_true", help="small sizes, one round: less than a minute")
    parser.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDER",
        help="keep the servers' files there, and use its large database again",
    )
    asked = parser.parse_args()
    names = {part.name for part in PARTS}
    if unknown := sorted(set(asked.part) - names):
        parser.error(f"there is no part {', '.join(unknown)}; choose from: {', '.join(sorted(names))}")
    console = Console()
    if not console.is_terminal:
        console = Console(width=WIDTH)
    try:
        parts = [part for part in PARTS if not asked.part or part.name in asked.part]
        _run(parts, console, quick=asked.quick, keep=asked.keep)
    except KeyboardInterrupt:
        raise SystemExit(130) from None


def _run(parts: Sequence[Part], console: Console, *, quick: bool, keep: Path | None) -> None:
    set_up("bench")
    heap.settle()  # as in the processes of the services
    began, results = time.monotonic(), list[Result]()
    console.print(described(), highlight=False)
    for services, group in groupby(parts, key=lambda part: part.services):
        with room(console, quick=quick, services=services, keep=keep) as here:
            results.extend(_measured(part, here) for part in group)
    for result in results:
        show(console, result)
    console.print(f"\n{time.monotonic() - began:.0f} s, load at the end {load():.1f}", highlight=False)


def _measured(part: Part, here: Room) -> Result:
    here.say(f"{part.name} (load {load():.1f})")
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(part.run(here))


if __name__ == "__main__":
    main()
