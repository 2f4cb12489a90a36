"""`unionstream figures UNIT`: the figures of a union for a period, as a summary prints them."""

from __future__ import annotations

from typing import Annotated

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
    english,
    period,
    print_json,
    projection,
    title_of,
)
from unionstream.cli.stack import DEFAULT_DATA, Data, out

HEADLINES = (
    "unions_established",
    "unions_total",
    "members_joined",
    "people_joined",
    "members_total",
    "women_members",
    "migrant_members",
    "join_rate",
    "members_growth_percent",
    "dues_received",
    "dues_target_completion_percent",
)
STATES = {"exact": "", "no-data": "", "incomplete": "有未读事件"}
STATES_EN = {"exact": "", "no-data": "", "incomplete": "an event waits unread"}
AT_ONCE = 50

Names = Annotated[
    list[str] | None,
    typer.Option("--figure", "--metric", "-f", help="A figure of the catalogue; may be repeated."),
]


def figures(
    unit: UnitName,
    *,
    figure: Names = None,
    first: From = "",
    last: To = "",
    line: Line = "territorial",
    basis: BasisOption = Basis.AS_WAS,
    known_at: KnownAt = None,
    cut: CutText = None,
    by: Annotated[str | None, typer.Option(help="A breakdown, such as sex or channel.")] = None,
    round_: Annotated[
        str | None, typer.Option("--round", help="Print round numbers: 100, 10000:down, 1:about.")
    ] = None,
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    every: Annotated[bool, typer.Option("--all", help="Every figure of the catalogue.")] = False,
    as_json: AsJson = False,
) -> None:
    """Figures of a union for a period: any level, any cut-off, as it is known now or was known then.

    For example:

    `unionstream figures 330282121 --from 2006-01-01 --to 2006-08-31`

    `unionstream figures 周巷镇 -f members_joined --by sex --basis as-is`

    `unionstream figures 520502 -f members_total --to 2005-12-31 --line township_enterprise`
    """
    with projection(url, data) as ask:
        start, end = period(first, last)
        names = _every(ask) if every else (figure or list(HEADLINES))
        question = {
            "unit": ask.unit(unit), "from_": start, "to": end, "line": line, "basis": basis.value,
            "known_at": known_at, "cut": cut, "by": by, "round": round_,
        }  # fmt: skip
        answer = _asked(ask, question, names)
    if as_json:
        print_json(answer)
        return
    out.print(table(answer, (start, end), lang))
    _print_knowledge(answer, lang)


def _every(ask: Projection) -> list[str]:
    return [figure["id"] for figure in ask.get("/v1/catalogue")["figures"]]


def _asked(ask: Projection, question: Answer, names: list[str]) -> Answer:
    """One answer, however many figures; all from the cut of the first part."""
    answer = ask.get("/v1/figures", **question, figure=names[:AT_ONCE])
    rest = question | {"cut": answer["cut"], "known_at": None}
    for start in range(AT_ONCE, len(names), AT_ONCE):
        more = ask.get("/v1/figures", **rest, figure=names[start : start + AT_ONCE])
        answer["figures"] += more["figures"]
    return answer


def table(answer: Answer, days: tuple[str, str], lang: Language) -> Table:
    """The figures of these days, one a row, the parts of a breakdown below."""
    chinese = lang is Language.ZH
    heading = f"{title_of(answer['unit'])} · {' — '.join(days)}"
    shown = Table(title=escape(heading), title_justify="left", box=None)
    for title in ("指标", "数值") if chinese else ("figure", "value"):
        shown.add_column(title, no_wrap=True)
    shown.add_column("构成" if chinese else "of", overflow="fold")
    shown.add_column("figure" if chinese else "id", no_wrap=True)
    for figure in answer["figures"]:
        shown.add_row(*_row(figure, days, chinese=chinese))
        for part in (figure.get("by") or {}).get("parts", []):
            label = part["label"] if chinese else part["label_en"]
            unit = figure["by"]["unit"]
            value = part["display"] if chinese else english(part["amount"], unit, figure["print"])
            shown.add_row(f"  {escape(label)}", value, "", "")
    return shown


def _row(figure: Answer, days: tuple[str, str], *, chinese: bool) -> tuple[str, ...]:
    label = figure["label"] if chinese else figure["label_en"]
    value = _printed(figure) if chinese else english(figure["value"], figure["unit"], figure["print"])
    state = (STATES if chinese else STATES_EN)[figure["state"]]
    shown = f"[bold]{escape(value)}[/]" if figure["value"] is not None else f"[dim]{escape(value)}[/]"
    warning = f" [yellow]{state}[/]" if state else ""
    return (
        escape(label),
        shown + warning,
        " ".join(part for part in (_terms(figure, chinese=chinese), _other_days(figure, days)) if part),
        f"[dim]{figure['id']}[/]",
    )


def _printed(figure: Answer) -> str:
    rounded = figure["rounded"]
    return f"{rounded['display']}（{figure['display']}）" if rounded else str(figure["display"])


def _other_days(figure: Answer, days: tuple[str, str]) -> str:
    """Only where a figure covers other days than were asked for, as a target covers its year."""
    own = (figure["from"], figure["to"])
    same = own[1] == days[1] if figure["kind"] == "stock" else own == days
    return "" if same else f"({' — '.join(own)})"


def _terms(figure: Answer, *, chinese: bool) -> str:
    terms = [figure["numerator"], figure["denominator"]]
    if terms[0] is None:
        return ""
    between = " ← " if figure["kind"] == "growth" else " ÷ "
    return between.join(
        term["display"] if chinese else english(term["value"], term["unit"], term["print"]) for term in terms
    )


def _print_knowledge(answer: Answer, lang: Language) -> None:
    chinese = lang is Language.ZH
    if answer["provisional"]:
        warning = (
            "该时点之前的事件可能尚未全部到达" if chinese else "events of before that moment may still arrive"
        )
        out.print(f"[yellow]{warning}[/]")
    word = "截止点" if chinese else "cut"
    out.print(f"[dim]{word} {answer['cut']}[/]", soft_wrap=True)
