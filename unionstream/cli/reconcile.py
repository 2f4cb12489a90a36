"""`unionstream reconcile [UNIT]`: what does not agree, with the events behind it; exit code 1 if anything."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from unionstream.cli.asking import (
    Answer,
    AsJson,
    From,
    Lang,
    Language,
    Line,
    Projection,
    To,
    Url,
    event_name,
    period,
    print_json,
    projection,
    record_name,
    title_of,
)
from unionstream.cli.stack import DEFAULT_DATA, Data, out

DIFFERENT = 1
CHECKS = {
    "children": "上下级不符",
    "transfers": "转出转入不符",
    "parts": "构成缺项",
    "rate": "比率不符",
    "relation": "勾稽不符",
    "identical": "报告雷同",
    "declared": "申报与账不符",
    "reported": "上报与账不符",
}

UnitName = Annotated[
    str | None, typer.Argument(metavar="UNIT", help="A union; every topmost one, if left out.")
]


def reconcile(
    unit: UnitName = None,
    *,
    first: From = "",
    last: To = "",
    line: Line = "territorial",
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """Hold figures against each other: parent and children, transfers, parts, rates, papers, closings.

    For example:

    `unionstream reconcile 330282121 --from 2006-01-01 --to 2006-12-31`
    """
    with projection(url, data) as ask:
        start, end = period(first, last)
        units = [ask.unit(unit)] if unit else _topmost(ask)
        answers = [ask.get("/v1/reconciliation", unit=each, from_=start, to=end, line=line) for each in units]
    if as_json:
        print_json({"reconciliations": answers})
    else:
        for answer in answers:
            out.print(_table(answer, chinese=lang is Language.ZH))
    if any(answer["differences"] for answer in answers):
        raise typer.Exit(DIFFERENT)


def _topmost(ask: Projection) -> list[str]:
    found = ask.get("/v1/units", limit=50)["units"]
    level = min((each["level"] for each in found if each["level"]), default=None)
    return [each["id"] for each in found if each["level"] == level]


def _table(answer: Answer, *, chinese: bool) -> Table:
    told = answer["differences"]
    agreed = ("无差异" if chinese else "everything agrees") if not told else str(len(told))
    shown = Table(title=escape(f"{title_of(answer['unit'])} · {agreed}"), title_justify="left", box=None)
    titles = ("核对", "指标", "应为", "现为", "说明", "事件")
    for title in titles if chinese else ("check", "figure", "expected", "found", "about", "events"):
        shown.add_column(title, overflow="fold")
    for each in told:
        events = " ".join(f"{event_name(event)} {record_name(event)}" for event in each["events"])
        name = CHECKS[each["check"]] if chinese else each["check"]
        label = each["label"] if chinese else each["figure"]
        shown.add_row(name, escape(label), each["expected"], each["found"], escape(each["about"]), events)
    return shown
