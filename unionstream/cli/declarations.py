"""`unionstream declare UNIT FIGURE VALUE`, `unionstream declared UNIT`: papers beside what is computed."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Annotated, NoReturn

import typer
from rich.markup import escape
from rich.table import Table

from shared.clock import business_date, utc_now
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
    UnitName,
    Url,
    event_name,
    period,
    print_json,
    projection,
    record_name,
    title_of,
)
from unionstream.cli.reports import Actor, AffairsUrl, told_affairs
from unionstream.cli.stack import DEFAULT_DATA, Data, out, tell_fault
from unionstream.imports.counts import whole
from unionstream.imports.money import fen
from unionstream.imports.problems import CellInvalid

DIFFERENT = 1
# A bare amount of money could be yuan or 万元: a person writes which.
UNIT_OF_MONEY = ("元", "分", "yuan", "fen", "万", "亿")


class Qualifier(StrEnum):
    """How a paper prints a number: as it is, 余, 近, 左右."""

    EXACT = "exact"
    OVER = "over"
    NEARLY = "nearly"
    ABOUT = "about"


WORDS = {"exact": "", "over": "余", "nearly": "近", "about": "左右"}


def declare(
    unit: UnitName,
    figure: Annotated[
        str, typer.Argument(metavar="FIGURE", help="Its id or its name: members_total, 会员总数.")
    ],
    value: Annotated[
        str, typer.Argument(metavar="VALUE", help="As printed: 376, 98.5%, 912800元, 91.28万元.")
    ],
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day of the period.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day of the period.")],
    source: Annotated[str, typer.Option("--source", metavar="NUMBER", help="The paper: 镇工〔2014〕1号.")],
    qualifier: Annotated[
        Qualifier, typer.Option(help="exact, over (余), nearly (近), about (左右).")
    ] = Qualifier.EXACT,
    line: Line = "territorial",
    actor: Actor = "cli",
    url: Url = None,
    affairs_url: AffairsUrl = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """Declare a figure as a paper report prints it; it is held against the computed one, added to nothing.

    For example:

    `unionstream declare 330282121 dues_received 91.28万元 --from 2013-01-01 --to 2013-12-31 --source 1号`
    """
    with projection(url, data) as ask:
        unit_id = ask.get(f"/v1/units/{ask.unit(unit)}")["unit"]["id"]
        entry = _entry(ask, figure)
        exact = _exact(value, entry)
        answer = ask.get("/v1/figures", unit=unit_id, figure=entry["id"], from_=first, to=last, line=line)
    body = {
        "union": unit_id, "first_day": first, "last_day": last, "line": line, "figure": entry["id"],
        "value": exact, "qualifier": qualifier.value, "source": source,
        "declared_on": business_date(utc_now()).isoformat(),
    }  # fmt: skip
    id_ = told_affairs((affairs_url, data), "/v1/declarations", body, actor)["id"]
    computed = answer["figures"][0]
    less = "" if computed["value"] is None else f" · 相差 {Decimal(exact) - Decimal(str(computed['value']))}"
    out.print(
        f"[green]✓[/] {escape(entry['label'])} {escape(value)}{WORDS[qualifier.value]}"
        f" · 账上 {escape(computed['display'])}{less} · {id_}"
    )


def declared(
    unit: UnitName,
    *,
    first: From = "",
    last: To = "",
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """What a union declared on paper, beside what is computed, with the difference; exits 1 if any disagrees.

    For example:

    `unionstream declared 330282121 --from 2013-01-01 --to 2013-12-31`
    """
    with projection(url, data) as ask:
        start, end = period(first, last)
        answer = ask.get("/v1/declared", unit=ask.unit(unit), from_=start, to=end)
    if as_json:
        print_json(answer)
    else:
        out.print(_table(answer, chinese=lang is Language.ZH))
    if not all(each["agrees"] for each in answer["declared"]):
        raise typer.Exit(DIFFERENT)


def _table(answer: Answer, *, chinese: bool) -> Table:
    shown = Table(title=escape(title_of(answer["unit"])), title_justify="left", box=None)
    titles = (
        ("文号", "期间", "指标", "申报数", "账上数", "相差", "相符", "事件")
        if chinese
        else ("paper", "period", "figure", "declared", "computed", "difference", "agrees", "event")
    )
    for title in titles:
        shown.add_column(title, overflow="fold")
    for each in answer["declared"]:
        event = each["event"]
        word = WORDS[each["qualifier"]] if chinese else f" {each['qualifier']}"
        shown.add_row(
            escape(each["source"]),
            f"{each['from']} — {each['to']}",
            escape(each["label"] if chinese else each["figure"]),
            f"{each['declared_display'] if chinese else each['declared']}{word}",
            (each["computed_display"] if chinese else str(each["computed"])) + f" {each['trouble']}".rstrip(),
            each["difference"] or "",
            "[green]✓[/]" if each["agrees"] else "[red]✗[/]",
            f"{event_name(event)} {record_name(event)}",
        )
    return shown


def _entry(ask: Projection, wanted: str) -> Answer:
    entries: list[Answer] = ask.get("/v1/catalogue")["figures"]
    found = [each for each in entries if wanted == each["id"]] or [
        each for each in entries if wanted in (each["label"], each["label_en"])
    ]
    if len(found) != 1:
        near = ", ".join(each["id"] for each in found or entries if wanted in each["label"] or each in found)
        _refuse(
            f"{'Several figures have' if found else 'No figure has'} the id or name {wanted!r}.",
            f"Give one of these ids: {near}" if near else "See `unionstream figures UNIT --all` for the ids.",
        )
    return found[0]


def _exact(text: str, entry: Answer) -> str:
    plain = text.strip().removesuffix("个百分点").removesuffix("%").replace(",", "").strip()
    if entry["print"] == "money":
        return _money(text)
    try:
        return f"{Decimal(plain):f}" if entry["print"] != "count" or "-" in plain else str(whole(text))
    except (InvalidOperation, CellInvalid):
        _refuse(
            f"{text!r} is no number of {entry['label']}.",
            "Write a number as the paper prints it: 376, 98.5%.",
        )


def _money(text: str) -> str:
    if not text.strip().endswith(UNIT_OF_MONEY):
        _refuse(f"{text!r} does not say which unit of money.", "Write 912800元, 91.28万元 or 91280000分.")
    try:
        return str(fen(text, least=0))
    except CellInvalid as fault:
        _refuse(f"{text!r} is no amount of money.", fault.remedy)


def _refuse(why: str, remedy: str) -> NoReturn:
    tell_fault(why, remedy)
    raise typer.Exit(UNCLEAR)
