"""`unionstream targets UNIT`: what a union is to reach, and how far it has come."""

from __future__ import annotations

from rich.markup import escape
from rich.table import Table

from unionstream.cli.asking import (
    Answer,
    AsJson,
    Basis,
    BasisOption,
    CutText,
    KnownAt,
    Lang,
    Language,
    Line,
    To,
    UnitName,
    Url,
    period,
    print_json,
    projection,
    title_of,
)
from unionstream.cli.stack import DEFAULT_DATA, Data, out

TITLES = ("指标", "年度", "完成 ÷ 任务", "完成率", "尚差", "分解", "单位上报")
TITLES_EN = ("measure", "year", "done ÷ target", "completion", "lacking", "parts", "reported")
FOLDED = {"指标", "measure"}


def targets(
    unit: UnitName,
    *,
    last: To = "",
    line: Line = "territorial",
    basis: BasisOption = Basis.AS_WAS,
    known_at: KnownAt = None,
    cut: CutText = None,
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """Targets of a union in whose years a day lies, with their progress as the figures have it.

    What the union reported itself is marked where the figure says otherwise.

    For example: `unionstream targets 330282121 --to 2006-08-31`
    """
    with projection(url, data) as ask:
        answer = ask.get(
            "/v1/targets",
            unit=ask.unit(unit),
            to=period("", last)[1],
            line=line,
            basis=basis.value,
            known_at=known_at,
            cut=cut,
        )
    if as_json:
        print_json(answer)
        return
    out.print(_table(answer, lang))


def _table(answer: Answer, lang: Language) -> Table:
    chinese = lang is Language.ZH
    heading = f"{title_of(answer['unit'])} · {answer['to']}"
    shown = Table(title=escape(heading), title_justify="left", box=None)
    for title in TITLES if chinese else TITLES_EN:
        shown.add_column(title, overflow="fold", no_wrap=title not in FOLDED)
    for target in answer["targets"]:
        shown.add_row(*_row(target, chinese=chinese))
    return shown


def _row(target: Answer, *, chinese: bool) -> tuple[str, ...]:
    completion, remaining = target["completion"], target["remaining"]
    done = target["done"]["display"] if chinese else target["done"]["value"]
    number = target["display"] if chinese else target["number"]
    label, among = ("label", "population_label") if chinese else ("label_en", "population")
    return (
        f"{target[label]} ({target[among]})",
        target["first_day"][:4] if target["calendar"] == "calendar" else f"{target['first_day']} —",
        f"{done} ÷ {number}",
        "" if completion is None else f"{completion}%",
        "" if remaining is None else str(remaining),
        str(target["parts_number"]) if target["parts"] else "",
        _report(target["report"]),
    )


def _report(report: Answer | None) -> str:
    if report is None:
        return ""
    said = f"{report['cut_on']}: {report['done']}"
    return f"{said} [red]≠ {report['figure_said']}[/]" if report["agrees"] is False else said
