"""`unionstream close UNIT`, `unionstream restatements UNIT`: what was reported, what has changed since."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from uuid import uuid4

import httpx
import typer
from rich.markup import escape
from rich.table import Table

from shared.clock import business_date, utc_now
from unionstream.cli.addresses import service_address
from unionstream.cli.asking import (
    REFUSED,
    SECONDS,
    Answer,
    AsJson,
    Lang,
    Language,
    Line,
    Projection,
    UnitName,
    Url,
    print_json,
    projection,
    tell_refusal,
    title_of,
)
from unionstream.cli.stack import DEFAULT_DATA, Data, out, tell_fault
from unionstream.signing import signed

AT_ONCE = 50
AffairsUrl = Annotated[
    str | None,
    typer.Option(
        "--affairs-url", envvar="UNIONSTREAM_AFFAIRS_URL", help="Affairs, if not the local stack's."
    ),
]
Actor = Annotated[str, typer.Option("--actor", envvar="UNIONSTREAM_ACTOR", help="Who closes the period.")]


def close(
    unit: UnitName,
    *,
    first: Annotated[str, typer.Option("--from", metavar="DAY", help="First day of the period.")],
    last: Annotated[str, typer.Option("--to", metavar="DAY", help="Last day of the period.")],
    figure: Annotated[
        list[str] | None,
        typer.Option("--figure", "-f", help="What is reported; every figure, if left out. May be repeated."),
    ] = None,
    line: Line = "territorial",
    actor: Actor = "cli",
    url: Url = None,
    affairs_url: AffairsUrl = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """Close a period: its figures, read at one cut, are recorded as what was reported. Blocks no correction.

    For example:

    `unionstream close 330282121 --from 2006-01-01 --to 2006-12-31`
    """
    with projection(url, data) as ask:
        unit_id = ask.get(f"/v1/units/{ask.unit(unit)}")["unit"]["id"]
        question = {"unit": unit_id, "from_": first, "to": last, "line": line}
        figures, cut = read_at_one_cut(ask, question, figure or _every(ask))
    body = {
        "union": unit_id, "first_day": first, "last_day": last, "line": line, "cut": cut, "figures": figures,
        "closed_on": business_date(utc_now()).isoformat(),
    }  # fmt: skip
    answer = told_affairs((affairs_url, data), "/v1/closings", body, actor)
    told = sum(each["value"] is not None for each in figures)
    out.print(f"[green]✓[/] {first} — {last}: {told}/{len(figures)} · {answer['id']}")


def read_at_one_cut(ask: Projection, question: dict[str, Any], names: list[str]) -> tuple[list[Answer], str]:
    """Exact values as text, all from the cut of the first answer, and that cut."""
    found: list[Answer] = []
    cut = ""
    for start in range(0, len(names), AT_ONCE):
        answer = ask.get("/v1/figures", **question, figure=names[start : start + AT_ONCE], cut=cut)
        cut = answer["cut"]
        found += [
            {"figure": each["id"], "value": None if each["value"] is None else str(each["value"])}
            for each in answer["figures"]
        ]
    return found, cut


def restatements(
    unit: UnitName,
    *,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=500, help="At most so many.")] = 50,
    lang: Lang = Language.ZH,
    url: Url = None,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """What has changed in the closed periods of a union since they were closed, newest first.

    For example:

    `unionstream restatements 330282121`
    """
    with projection(url, data) as ask:
        asked = ask.unit(unit)
        answer = ask.get("/v1/restatements", unit=asked, limit=limit)
        answer["closings"] = ask.get("/v1/closings", unit=asked)["closings"]
    if as_json:
        print_json(answer)
        return
    out.print(_closings(answer, chinese=lang is Language.ZH))
    out.print(_restated(answer, chinese=lang is Language.ZH))


def _closings(answer: Answer, *, chinese: bool) -> Table:
    titles = (
        ("期间", "封账日", "指标数", "与账不符", "重述")
        if chinese
        else ("period", "closed on", "figures", "differing", "restatements")
    )
    shown = Table(title=escape(title_of(answer["unit"])), title_justify="left", box=None)
    for title in titles:
        shown.add_column(title)
    for each in answer["closings"]:
        differing = str(each["differing"]) if each["checked"] else "…"
        period = f"{each['from']} — {each['to']}"
        shown.add_row(period, each["closed_on"], str(each["figures"]), differing, str(each["restatements"]))
    return shown


def _restated(answer: Answer, *, chinese: bool) -> Table:
    titles = (
        ("期间", "指标", "原数", "现数", "事件", "时间")
        if chinese
        else ("period", "figure", "old", "new", "events", "at")
    )
    shown = Table(box=None)
    for title in titles:
        shown.add_column(title, overflow="fold")
    for each in answer["restatements"]:
        shown.add_row(
            f"{each['from']} — {each['to']}",
            each["label"] if chinese else each["figure"],
            each["old_display"] if chinese else str(each["old_value"]),
            f"[bold]{each['new_display'] if chinese else each['new_value']}[/]",
            str(each["events"]),
            each["recorded"][:16],
        )
    return shown


def _every(ask: Projection) -> list[str]:
    return [str(figure["id"]) for figure in ask.get("/v1/catalogue")["figures"]]


def told_affairs(where: tuple[str | None, Path], path: str, body: Answer, actor: str) -> Answer:
    """A command to affairs, at an address or in the stack of a folder; its refusal ends this one with 1."""
    address = service_address("affairs", *where)
    headers = {"Idempotency-Key": str(uuid4())}
    try:
        with httpx.Client(
            base_url=address, auth=signed(where[1], actor), timeout=SECONDS, trust_env=False
        ) as client:
            answer = client.post(path, json=body, headers=headers)
    except httpx.HTTPError as error:
        tell_fault(
            f"Affairs does not answer at {address}: {type(error).__name__}.",
            "Is the stack up? See `unionstream status`, or name another place with --affairs-url.",
        )
        raise typer.Exit(REFUSED) from error
    if answer.is_error:
        tell_refusal(answer)
        raise typer.Exit(REFUSED)
    done: Answer = answer.json()
    return done
