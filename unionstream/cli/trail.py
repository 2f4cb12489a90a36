"""`unionstream trail UNIT`, `unionstream units`: who did what below a union, and which unions there are."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from shared.clock import SHANGHAI
from unionstream.cli.asking import (
    Answer,
    AsJson,
    Lang,
    Language,
    Line,
    UnitName,
    Url,
    event_name,
    print_json,
    projection,
    record_name,
    title_of,
    units_table,
)
from unionstream.cli.stack import DEFAULT_DATA, Data, out
from unionstream.cli.trace import LARGEST_PAGE, Rows

CursorOption = Annotated[
    str | None, typer.Option("--cursor", help="Go on where an earlier page ended (its `next`).")
]


def trail(
    unit: UnitName,
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First business date.")] = "",
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last business date.")] = "",
    line: Line = "territorial",
    limit: Rows = 30,
    cursor: CursorOption = None,
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """The events of a union and all below it, newest first, each with its link of the hash chain.

    Example: `unionstream trail 330282121 --from 2006-08-01 --to 2006-08-31 -n 100`
    """
    with projection(url, data) as ask:
        whose = ask.unit(unit)
        answer = ask.get(
            "/v1/trail",
            unit=whose,
            line=line,
            from_=first,
            to=last,
            limit=min(limit, LARGEST_PAGE),
            cursor=cursor,
        )
    if as_json:
        print_json(answer)
        return
    out.print(_events(answer, lang))
    if answer["next"]:
        word = "更早的事件" if lang is Language.ZH else "earlier events"
        out.print(f"[dim]{word}: --cursor {answer['next']}[/]", soft_wrap=True)


def units(
    under: Annotated[
        str,
        typer.Argument(metavar="[UNIT]", help="List what is directly below this union.", show_default=False),
    ] = "",
    *,
    name: Annotated[str, typer.Option(help="A part of the name.")] = "",
    code: Annotated[str, typer.Option(help="The first digits of the division code.")] = "",
    line: Line = "territorial",
    limit: Rows = 50,
    cursor: CursorOption = None,
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """Unions directly below one; with --name or --code, all below it or anywhere.

    Examples: `unionstream units 330282` · `unionstream units --name 纺织` · `unionstream units --code 3302`
    """
    with projection(url, data) as ask:
        above = ask.unit(under) if under else ""
        answer = ask.get(
            "/v1/units",
            under=above,
            name=name,
            code=code,
            line=line,
            limit=min(limit, LARGEST_PAGE),
            cursor=cursor,
        )
    if as_json:
        print_json(answer)
        return
    out.print(units_table(answer["units"], lang))
    if answer["next"]:
        out.print(f"[dim]--cursor {answer['next']}[/]", soft_wrap=True)


def _events(answer: Answer, lang: Language) -> Table:
    titles = (
        ("记录时间", "业务日期", "工会", "事件", "经办", "流#号", "链")
        if lang is Language.ZH
        else ("recorded", "day", "union", "event", "actor", "stream#number", "chain")
    )
    shown = Table(title=escape(title_of(answer["unit"])), title_justify="left", box=None)
    for title in titles:
        shown.add_column(title, overflow="fold", no_wrap=title == titles[1])
    for event in answer["events"]:
        shown.add_row(
            f"{datetime.fromisoformat(event['recorded']).astimezone(SHANGHAI):%Y-%m-%d %H:%M:%S}",
            event["day"],
            escape(event["unit_name"] or event["unit"]),
            event_name(event),
            escape(event["actor"] or ""),
            record_name(event),
            event["chain"][:8],
        )
    return shown
