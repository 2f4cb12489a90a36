"""Questions to the projection over HTTP, and its refusals told to a person."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, NoReturn
from uuid import UUID

import httpx
import typer
from rich.console import Console
from rich.table import Table

from shared.clock import business_date, utc_now
from unionstream.cli.addresses import service_address
from unionstream.cli.stack import err, tell_fault
from unionstream.signing import asking_as, signed

SECONDS = 60
REFUSED = 1
UNCLEAR = 2
SHOWN_AT_MOST = 12
CODE = re.compile(r"\d{2}|\d{4}|\d{6}|\d{9}|\d{12}")

Answer = dict[str, Any]


class Language(StrEnum):
    """The language of tables."""

    ZH = "zh"
    EN = "en"


class Basis(StrEnum):
    """Whose tree counts: that of each fact's day, or that of today."""

    AS_WAS = "as-was"
    AS_IS = "as-is"


UnitName = Annotated[
    str,
    typer.Argument(
        metavar="UNIT",
        help="A union: its division code (330282121), a part of its name, or its id.",
        show_default=False,
    ),
]
From = Annotated[
    str,
    typer.Option("--from", metavar="DAY", help="First day, 2026-01-31.", show_default="1 January of --to"),
]
To = Annotated[str, typer.Option("--to", metavar="DAY", help="Last day, the cut-off.", show_default="today")]
Line = Annotated[str, typer.Option(help="territorial, or an industry line such as education.")]
BasisOption = Annotated[
    Basis, typer.Option(help="as-was: the tree of each fact's day; as-is: the tree of today.")
]
KnownAt = Annotated[
    str | None,
    typer.Option("--known-at", metavar="MOMENT", help="As it was known then: 2026-08-31T16:00:00Z."),
]
CutText = Annotated[
    str | None, typer.Option("--cut", metavar="TEXT", help="As it was known at the cut of an earlier answer.")
]
Lang = Annotated[Language, typer.Option("--lang", help="Language of the table.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print the answers as JSON, for scripts.")]
Url = Annotated[
    str | None,
    typer.Option(
        "--projection-url",
        envvar="UNIONSTREAM_PROJECTION_URL",
        help="The projection, if not the local stack's.",
    ),
]


@dataclass(frozen=True)
class Projection:
    """The query API; every refusal ends the command with its reason and remedy."""

    client: httpx.Client

    def get(self, path: str, **query: Any) -> Answer:
        """One answer; parameters that are None or empty are left out. Exits 1 on a refusal."""
        asked = {name.rstrip("_"): value for name, value in query.items() if value not in (None, "", [])}
        try:
            answer = self.client.get(path, params=asked)
        except httpx.HTTPError as error:
            self._silent(error)
        return self._heard(answer)

    def post(self, path: str, body: Answer, actor: str = "") -> Answer:
        """Have something changed, in the name of `actor`. Exits 1 on a refusal."""
        try:
            answer = self.client.post(path, json=body, extensions=asking_as(actor))
        except httpx.HTTPError as error:
            self._silent(error)
        return self._heard(answer)

    def unit(self, text: str) -> str:
        """What the API takes for a union: codes and ids as they are, a part of a name looked up.

        Exits 2 and lists the candidates when the name fits several.
        """
        if CODE.fullmatch(text) or _is_id(text):
            return text
        found = self.get("/v1/units", name=text, limit=SHOWN_AT_MOST)["units"]
        exact = [unit for unit in found if unit["name"] == text]
        if len(exact or found) == 1:
            return str((exact or found)[0]["id"])
        if found:
            err.print(f"[red]Several unions have {text!r} in their name:[/]")
            err.print(units_table(found, Language.ZH))
            raise typer.Exit(UNCLEAR)
        tell_fault(f"No union has {text!r} in its name.", "Try a shorter part of it, or its division code.")
        raise typer.Exit(UNCLEAR)

    def _silent(self, error: httpx.HTTPError) -> NoReturn:
        tell_fault(
            f"The projection does not answer at {self.client.base_url}: {type(error).__name__}.",
            "Is the stack up? See `unionstream status`, or name another place with --projection-url.",
        )
        raise typer.Exit(REFUSED) from error

    def _heard(self, answer: httpx.Response) -> Answer:
        if answer.is_error:
            tell_refusal(answer)
            raise typer.Exit(REFUSED)
        body: Answer = answer.json()
        return body


@contextmanager
def projection(given: str | None, data: Path) -> Iterator[Projection]:
    """The query API of the local stack, or at the given address."""
    address = service_address("projection", given, data)
    with httpx.Client(base_url=address, auth=signed(data), timeout=SECONDS, trust_env=False) as client:
        yield Projection(client)


def period(first: str, last: str) -> tuple[str, str]:
    """The days as given; the last one is today if left out, the first one 1 January of that year."""
    until = last or business_date(utc_now()).isoformat()
    return first or f"{until[:4]}-01-01", until


def print_json(answer: Answer) -> None:
    """For machines: one document, never folded or coloured by accident."""
    Console(highlight=False).print_json(json.dumps(answer, ensure_ascii=False))


def tell_refusal(answer: httpx.Response) -> None:
    """A problem document in words."""
    try:
        problem: Answer = answer.json()
    except ValueError:
        problem = {}
    value = f" ({problem['field']}: {problem['value']})" if problem.get("value") else ""
    message = problem.get("detail") or f"HTTP {answer.status_code}"
    faults = "; ".join(f"{fault['field']}: {fault['remedy']}" for fault in problem.get("errors") or [])
    tell_fault(f"{message}{value}", faults or problem.get("remedy") or "see the log of the projection")


def units_table(units: list[Answer], lang: Language) -> Table:
    """Unions, one a row."""
    titles = ("工会", "层级", "区划代码", "状态", "id") if lang is Language.ZH else ()
    shown = Table(box=None)
    for title in titles or ("union", "level", "division", "status", "id"):
        shown.add_column(title, overflow="fold")
    for unit in units:
        level = "" if unit["level"] is None else str(unit["level"])
        shown.add_row(unit["name"] or "?", level, unit["division"] or "", unit["status"], unit["id"])
    return shown


def title_of(unit: Answer) -> str:
    """A union as a heading names it."""
    code = f" · {unit['division']}" if unit["division"] else ""
    return f"{unit['name'] or unit['id']}{code}"


def event_name(row: Answer) -> str:
    """The type of an event without its service and version: MemberJoined."""
    parts = str(row["type"]).split(".")
    return parts[2] if len(parts) > 2 else parts[0]


def record_name(row: Answer) -> str:
    """Where the record lies: membership/7#93."""
    return f"{str(row['topic']).removeprefix('union.')}/{row['stream']}#{row['sequence']}"


def english(value: int | str | None, unit: str, style: str) -> str:
    """A value for readers of English."""
    if value is None:
        return "no data"
    if style == "money":
        return f"CNY {int(value) / 100:,.2f}"
    if style == "count":
        return f"{int(value):,} {unit}"
    return {"percent": f"{value} %", "rank": f"rank {value}"}.get(style, f"{value} {unit}")


def _is_id(text: str) -> bool:
    try:
        UUID(text)
    except ValueError:
        return False
    return True
