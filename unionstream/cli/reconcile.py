"""`unionstream reconcile [UNIT]`: what does not agree, with the events behind it; exit code 1 if anything.

`--standing`: what the continuous reconciliation found, and since when.
"""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from unionstream.cli.asking import (
    UNCLEAR,
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
from unionstream.cli.stack import DEFAULT_DATA, Data, out, tell_fault

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

AT_ONCE = 500
Standing = Annotated[
    bool, typer.Option("--standing", help="What the continuous reconciliation found, of one union or of any.")
]
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
    standing: Standing = False,
    as_json: AsJson = False,
) -> None:
    """Hold figures against each other: parent and children, transfers, parts, rates, papers, closings.

    For example:

    `unionstream reconcile 330282121 --from 2006-01-01 --to 2006-12-31`

    `unionstream reconcile --standing`
    """
    if standing and (first or last):
        tell_fault(
            "What stands was looked for in this year and the year before: --from and --to choose nothing.",
            "Leave them out, or leave out --standing.",
        )
        raise typer.Exit(UNCLEAR)
    with projection(url, data) as ask:
        if standing:
            show_standing(all_standing(ask, ask.unit(unit) if unit else ""), lang, as_json=as_json)
            return
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


def all_standing(ask: Projection, unit: str) -> Answer:
    """Every page as one answer."""
    answer = ask.get("/v1/reconciliation/standing", unit=unit, limit=AT_ONCE)
    following = answer["next"]
    while following:
        page = ask.get("/v1/reconciliation/standing", unit=unit, limit=AT_ONCE, cursor=following)
        answer["differences"] += page["differences"]
        following = page["next"]
    return answer | {"next": ""}


def show_standing(answer: Answer, lang: Language, *, as_json: bool) -> None:
    """Print it; exits 1 if anything stands."""
    if as_json:
        print_json(answer)
    else:
        out.print(_standing_table(answer, chinese=lang is Language.ZH))
    if answer["differences"]:
        raise typer.Exit(DIFFERENT)


def _standing_table(answer: Answer, *, chinese: bool) -> Table:
    told, oldest = answer["differences"], (answer["oldest_look"] or "…")[:16]
    if chinese:
        title = f"持续核对 · {len(told) or '无差异'} · 已完成{answer['rounds']}轮 · 最早核对于{oldest}"
        titles = ("单位", "核对", "指标", "期间", "应为", "现为", "说明", "首见", "末见", "事件")
    else:
        count = len(told) or "everything agrees"
        title = f"standing differences · {count} · {answer['rounds']} rounds · oldest look {oldest}"
        titles = (
            "union", "check", "figure", "period", "expected", "found", "about", "first seen", "last seen",
            "events",
        )  # fmt: skip
    shown = Table(title=escape(title), title_justify="left", box=None)
    for each in titles:
        shown.add_column(each, overflow="fold")
    for each in told:
        what = _cells(each, chinese=chinese)
        days = f"{each['from']} — {each['to']}"
        seen = each["first_seen"][:16], each["last_seen"][:16]
        name = escape(each["unit_name"] or each["unit"])
        shown.add_row(name, *what[:2], days, *what[2:5], *seen, what[5])
    return shown


def _cells(each: Answer, *, chinese: bool) -> tuple[str, str, str, str, str, str]:
    """Check, figure, expected, found, about with where it is wrong, events."""
    events = " ".join(f"{event_name(event)} {record_name(event)}" for event in each["events"])
    where = " ".join(f"{spot['from']}: {spot['expected']} ≠ {spot['found']}" for spot in each["spots"])
    return (
        CHECKS[each["check"]] if chinese else each["check"],
        escape(each["label"] if chinese else each["figure"]),
        each["expected"],
        each["found"],
        escape(f"{each['about']} {where}".strip()),
        events,
    )


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
        shown.add_row(*_cells(each, chinese=chinese))
    return shown
