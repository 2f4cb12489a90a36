"""`unionstream refusals`: who was refused what, by all services, at a union and below it."""

from __future__ import annotations

from typing import Annotated

import httpx
import typer
from rich.markup import escape
from rich.table import Table

from unionstream.cli.asking import REFUSED, SECONDS, AsJson, UnitName, print_json, projection, tell_refusal
from unionstream.cli.stack import DEFAULT_DATA, Data, faults_told, out
from unionstream.signing import signed


def refusals(
    unit: UnitName,
    *,
    limit: Annotated[int, typer.Option("--limit", "-n", min=1, max=500, help="At most so many.")] = 50,
    data: Data = DEFAULT_DATA,
    as_json: AsJson = False,
) -> None:
    """Who asked for what they may not, at a union and below it, newest first: by service, with reason."""
    from unionstream.embedded import state

    with faults_told():
        urls = state.urls(data.absolute())
    with projection(None, data) as ask:
        asked = ask.get(f"/v1/units/{ask.unit(unit)}")["unit"]["id"]
    found = []
    with httpx.Client(auth=signed(data), timeout=SECONDS, trust_env=False) as client:
        for service, url in urls.items():
            answer = client.get(f"{url}/v1/refusals", params={"unit": asked, "limit": limit})
            if answer.is_error:
                tell_refusal(answer)
                raise typer.Exit(REFUSED)
            found += [{"service": service, **each} for each in answer.json()["items"]]
    found = sorted(found, key=lambda each: each["last"], reverse=True)[:limit]
    if as_json:
        print_json({"refusals": found})
        return
    shown = Table("last", "times", "actor", "service", "operation", "unit", "reason", box=None)
    for each in found:
        words = each["actor"], each["service"], each["operation"], each["unit"], each["reason"]
        shown.add_row(each["last"][:19], str(each["times"]), *map(escape, words))
    out.print(shown)
