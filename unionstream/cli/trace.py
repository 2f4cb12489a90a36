"""`unionstream trace UNIT FIGURE`: the events behind one number."""

from __future__ import annotations

from typing import Annotated, Any

import typer
from rich.markup import escape
from rich.table import Table

from unionstream.cli.asking import (
    Answer,
    AsJson,
    Basis,
    BasisOption,
    CutText,
    From,
    KnownAt,
    Lang,
    Language,
    Line,
    Projection,
    To,
    UnitName,
    Url,
    event_name,
    period,
    print_json,
    projection,
    record_name,
    title_of,
)
from unionstream.cli.stack import DEFAULT_DATA, Data, out

LARGEST_PAGE = 500

Rows = Annotated[int, typer.Option("--limit", "-n", min=1, help="Show at most so many events.")]


def trace(
    unit: UnitName,
    figure: Annotated[str, typer.Argument(help="A figure of the catalogue.", show_default=False)],
    *,
    first: From = "",
    last: To = "",
    part: Annotated[
        str | None, typer.Option(help="Of a rate: numerator or denominator; of growth: now or before.")
    ] = None,
    line: Line = "territorial",
    basis: BasisOption = Basis.AS_WAS,
    known_at: KnownAt = None,
    cut: CutText = None,
    limit: Rows = 50,
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    every: Annotated[bool, typer.Option("--all", help="Show all of them.")] = False,
    as_json: AsJson = False,
) -> None:
    """The events behind one number; their amounts add up to it exactly.

    For example:

    `unionstream trace 330282121 members_joined --from 2006-01-01 --to 2006-08-31`

    `unionstream trace 330282121 dues_target_completion_percent --to 2006-07-31 --part denominator`
    """
    with projection(url, data) as ask:
        start, end = period(first, last)
        question = {
            "unit": ask.unit(unit),
            "figure": figure,
            "from_": start,
            "to": end,
            "part": part,
            "line": line,
            "basis": basis.value,
            "known_at": known_at,
            "cut": cut,
        }
        answer = _pages(ask, question, None if every else limit)
    if as_json:
        print_json(answer)
        return
    out.print(table(answer, lang))
    out.print(_ending(answer, lang))


def _pages(ask: Projection, question: dict[str, Any], limit: int | None) -> Answer:
    """The first page with the facts of the following ones, as far as wanted."""
    answer = ask.get("/v1/trace", **question, limit=min(limit or LARGEST_PAGE, LARGEST_PAGE))
    facts: list[Answer] = answer["facts"]
    while answer["next"] and (limit is None or len(facts) < limit):
        rest = LARGEST_PAGE if limit is None else min(limit - len(facts), LARGEST_PAGE)
        page = ask.get("/v1/trace", **question, limit=rest, cursor=answer["next"])
        facts += page["facts"]
        answer["next"] = page["next"]
    return answer


def table(answer: Answer, lang: Language) -> Table:
    """The facts, one a row."""
    chinese = lang is Language.ZH
    titles = (
        ("日期", "数量", "工会", "类别", "事件", "流#号")
        if chinese
        else ("day", "amount", "union", "parts", "event", "stream#number")
    )
    label = answer["label"] if chinese else answer["label_en"]
    heading = f"{title_of(answer['unit'])} · {label} = {answer['display']}"
    shown = Table(title=escape(heading), title_justify="left", box=None)
    for title in titles:
        shown.add_column(title, overflow="fold", no_wrap=title in titles[:2])
    for fact in answer["facts"]:
        shown.add_row(
            fact["day"],
            fact["display"],
            escape(fact["unit_name"] or fact["unit"]),
            escape(" ".join(fact["dims"].values())),
            event_name(fact),
            record_name(fact),
        )
    return shown


def _ending(answer: Answer, lang: Language) -> str:
    count, chinese = len(answer["facts"]), lang is Language.ZH
    if answer["next"]:
        return (
            f"[yellow]前 {count} 条；--all 查看全部[/]"
            if chinese
            else f"[yellow]The first {count}; --all shows all.[/]"
        )
    if not answer["adds_up"]:
        return f"共 {count} 条（去重计数）" if chinese else f"{count} events; each subject counts once."
    total = sum(fact["amount"] for fact in answer["facts"])
    right = total == (answer["value"] or 0)
    mark = "[green]✓[/]" if right else "[bold red]✗[/]"
    words = f"共 {count} 条，合计与指标一致" if chinese else f"{count} events; they add up to the figure"
    wrong = (
        f"共 {count} 条，合计 {total} 与指标不一致"
        if chinese
        else f"{count} events add up to {total}, not to it"
    )
    return f"{mark} {words if right else wrong}"
