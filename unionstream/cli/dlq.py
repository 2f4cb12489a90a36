"""`unionstream dlq`: events that could not be read, and what becomes of them."""

from __future__ import annotations

import getpass
import re
from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from unionstream.cli.asking import AsJson, Projection, Url, print_json, projection
from unionstream.cli.stack import DEFAULT_DATA, Data, out, tell_fault

POSITION = re.compile(r"(?P<topic>[a-z.]+)/(?P<stream>\d{1,2})#(?P<sequence>\d{1,19})")
PAGE = 500

dlq = typer.Typer(help="Dead letters: events that could not be read, kept until redriven or dropped.")

Position = Annotated[
    str,
    typer.Argument(metavar="POSITION", help="As `list` names it: union.finance/7#93.", show_default=False),
]
Why = Annotated[
    str, typer.Option("--reason", help="Why; it stays on the trail. No names of people.", show_default=False)
]
Actor = Annotated[str, typer.Option(help="Who decides.", show_default="the user of this machine")]


@dlq.command("list")
def list_letters(
    url: Url = None,
    data: Data = DEFAULT_DATA,
    state: Annotated[str, typer.Option(help="waiting, redriven, dropped or all.")] = "waiting",
    type_: Annotated[str | None, typer.Option("--type", help="Only of this event type.")] = None,
    *,
    as_json: AsJson = False,
) -> None:
    """List them by position. Exit code 0 when none waits, 1 when some do."""
    with projection(url, data) as asked:
        found = list(_pages(asked, state, type_))
        burst = asked.get("/v1/dead-letters/burst")["kinds"]
    if as_json:
        print_json({"letters": found, "burst": burst})
    else:
        _show(found, burst)
    if burst or any(each["state"] == "waiting" for each in found):
        raise typer.Exit(1)


@dlq.command("show")
def show_letter(position: Position, url: Url = None, data: Data = DEFAULT_DATA) -> None:
    """Print one as it came, byte for byte."""
    with projection(url, data) as asked:
        content = asked.get("/v1/dead-letters/content", **_place(position))
    typer.echo(content["text"] if content["text"] is not None else f"base64: {content['base64']}")


@dlq.command("redrive")
def redrive_letters(
    position: Annotated[
        str | None, typer.Argument(metavar="[POSITION]", help="One of them; left out: all that wait.")
    ] = None,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    type_: Annotated[str, typer.Option("--type", help="All of this event type.")] = "",
) -> None:
    """Read them again with the release that runs now, and work them in at their old position.

    Exit code 1 when some cannot be read yet either.
    """
    at = _place(position) if position else None
    with projection(url, data) as asked:
        answer = asked.post("/v1/dead-letters/redrive", {"type": type_, "at": at})
    out.print(f"{answer['redriven']} redriven.")
    for reason, count in answer["still_dead"].items():
        out.print(f"[red]{count} still dead[/]: {escape(reason)}")
    if answer["still_dead"]:
        raise typer.Exit(1)


@dlq.command("drop")
def drop_letter(
    position: Position,
    reason: Why,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    actor: Actor = "",
) -> None:
    """Give one up for good. It stays on the trail with the reason; figures are not flagged for it."""
    with projection(url, data) as asked:
        asked.post(
            "/v1/dead-letters/drop", {**_place(position), "reason": reason}, actor or getpass.getuser()
        )
    out.print(f"{escape(position)} is dropped.")


@dlq.command("admit")
def admit_burst(reason: Why, url: Url = None, data: Data = DEFAULT_DATA, actor: Actor = "") -> None:
    """Let a worker go on that a burst of dead letters has stopped: they are parked, and may be redriven."""
    with projection(url, data) as asked:
        answer = asked.post("/v1/dead-letters/admit", {"reason": reason}, actor or getpass.getuser())
    for each in answer["admitted"]:
        out.print(f"admitted: {escape(each)}")


def _pages(asked: Projection, state: str, type_: str | None) -> Any:
    cursor = ""
    while True:
        page = asked.get("/v1/dead-letters", state=state, type_=type_, limit=PAGE, cursor=cursor)
        yield from page["letters"]
        cursor = page["next"]
        if not cursor:
            return


def _place(position: str) -> dict[str, Any]:
    found = POSITION.fullmatch(position)
    if found is None:
        tell_fault(f"{position!r} is no position.", "Write it as union.finance/7#93, as `dlq list` does.")
        raise typer.Exit(2)
    return {
        "topic": found["topic"],
        "stream": int(found["stream"]),
        "sequence": int(found["sequence"]),
    }


def _show(found: list[dict[str, Any]], burst: list[dict[str, Any]]) -> None:
    for each in burst:
        kind = escape(f"{each['reason']} {each['type']}".strip())
        out.print(
            f"[bold red]The worker has stopped[/]: {each['letters']} of {kind} from {each['first']} on."
        )
    if burst:
        out.print("Start the release that knows them, or `unionstream dlq admit --reason …`.")
    if not found:
        out.print("No dead letters.")
        return
    shown = Table("position", "type", "reason", "state", "parked", "bytes", "why", box=None)
    for each in found:
        position = f"{each['topic']}/{each['stream']}#{each['sequence']}"
        texts = (
            position,
            each["type"],
            each["reason"],
            each["state"],
            each["parked"][:19],
            str(each["bytes"]),
        )
        shown.add_row(*map(escape, texts), escape(each["why"] or ""))
    out.print(shown)
