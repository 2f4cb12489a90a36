"""The ten summaries of the demo, written as Word files beside its data."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer
from rich.console import Console

from unionstream.cli.summary import summary

if TYPE_CHECKING:
    from unionstream.demo.kept import Kept

out = Console(highlight=False)


def write_summaries(kept: Kept, data: Path) -> list[Path]:
    """One file for each chapter that is told; what cannot be written is said and left out."""
    from unionstream.demo.asking import period
    from unionstream.demo.kept import stories

    folder, places = data / "summaries", kept.places()
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for story in stories():
        scenario = story.scenario
        first, last = period(story, scenario.written_for)
        file = folder / f"chapter-{scenario.chapter:02}.docx"
        try:
            summary(
                places[scenario.chapter][scenario.writer],
                year=int(first[:4]),
                first=first,
                last=last,
                line=scenario.line or "territorial",
                outs=[file],
                data=data,
            )
        except typer.Exit:
            out.print(f"[bold red]{file.name} is not written.[/]")
        else:
            written.append(file)
    return written
