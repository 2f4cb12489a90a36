"""`unionstream rebuild`: the projection built anew beside the one that answers."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from unionstream.cli import jobs
from unionstream.cli.stack import DEFAULT_DATA, Data, faults_told, out


def rebuild(
    data: Data = DEFAULT_DATA,
    *,
    accept: Annotated[
        bool, typer.Option("--accept-differences", help="Switch although the new one says otherwise.")
    ] = False,
    back: Annotated[bool, typer.Option("--back", help="Return to the one that answered before.")] = False,
    forget: Annotated[bool, typer.Option("--forget", help="Drop the one that does not answer.")] = False,
) -> None:
    """Build the projection anew from the streams, compare it with the one that answers, and switch to it.

    Questions are answered all the time, and events go on arriving. Cut off, it takes up where it was. When
    both say the same it switches; else it shows what differs, with the events behind it, and exits with 1.

    On a cluster the same is the job `python -m services.projection.main rebuild`.
    """
    wishes = {"--accept-differences": accept, "--back": back, "--forget": forget}
    with faults_told():
        job = ["rebuild", *(name for name, wished in wishes.items() if wished)]
        code, reports = jobs.run(data.absolute(), "projection", job)
    _tell([each for each in reports if each["kind"] == "difference"])
    for each in reports:
        if each["kind"] == "done":
            _tell_done(each)
        elif each["kind"] == "differences":
            jobs.say(f"{each['count']} differences.")
    if code:
        raise typer.Exit(code)


def _tell_done(said: dict[str, Any]) -> None:
    if "forgotten" in said:
        jobs.say(f"{said['forgotten']} is dropped.")
    else:
        jobs.say(
            f"[green]{said['active']} answers now[/]; {said['kept']} is kept: `unionstream rebuild --back`."
        )


def _tell(differences: list[dict[str, Any]]) -> None:
    if not differences:
        return
    shown = Table("what", "where", "rows", "rows anew", "amount", "amount anew", "events", box=None)
    for each in differences:
        numbers = (each["old_rows"], each["new_rows"], each["old_amount"], each["new_amount"])
        shown.add_row(each["what"], each["where"], *map(str, numbers), escape(" ".join(each["events"])))
    out.print(shown)
