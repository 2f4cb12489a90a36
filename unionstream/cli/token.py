"""`unionstream token`: a token of the local issuer, for clients that do not find its key themselves."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import httpx
import typer

from shared.clock import business_date, utc_now
from unionstream.cli.asking import REFUSED, SECONDS, projection, tell_refusal
from unionstream.cli.stack import DEFAULT_DATA, Data, tell_fault
from unionstream.signing import Signed, asking_as, signed

if TYPE_CHECKING:
    from unionstream.embedded.issuer import Issuer

KNOWN_SECONDS = 30
HELD = "role-held"

Subject = Annotated[
    str,
    typer.Option(
        "--subject", help="Who is to ask: letters, digits and : . _ / | -", show_default="cli, or ROLE:UNIT"
    ),
]


def token(  # noqa: PLR0917  options, all of them
    role: Annotated[
        str, typer.Option(help="A role to hold: recorder, approver, auditor, viewer, operator.")
    ] = "",
    unit: Annotated[
        str, typer.Option(help="The union at which it is held: code, id, or part of the name.")
    ] = "",
    line: Annotated[str, typer.Option(help="Only on this industry line, such as education.")] = "",
    subject: Subject = "",
    hours: Annotated[int, typer.Option(min=1, max=24 * 30, help="How long it is good.")] = 8,
    data: Data = DEFAULT_DATA,
) -> None:
    """Print a token of the local stack's issuer: of a founder, or of somebody who holds a role at a union.

    A role is granted first, if it is not held, and every service knows it before the token is printed.
    For example:

    `curl -H "Authorization: Bearer $(unionstream token --role viewer --unit 330282121)" …`
    """
    from unionstream.embedded.issuer import issuer_of

    if bool(role) != bool(unit):
        raise typer.BadParameter("a role is held at a union: give both --role and --unit")
    issuer = issuer_of(data.absolute())
    if not issuer.file.exists():
        tell_fault(f"There is no issuer in {data}.", "Start the stack with `unionstream up`, or name --data.")
        raise typer.Exit(1)
    if not role:
        typer.echo(issuer.token(subject or "cli", founder=True, seconds=hours * 3600))
        return
    holder = _granted(data, {"role": role, "unit": unit, "line": line or None}, subject)
    _await_known(data, issuer, holder)
    typer.echo(issuer.token(holder, seconds=hours * 3600))


def _granted(data: Path, wanted: dict[str, str | None], subject: str) -> str:
    from unionstream.embedded import state

    with projection(None, data) as asked:
        unit = asked.get(f"/v1/units/{asked.unit(str(wanted['unit']))}")["unit"]["id"]
    holder = subject or f"{wanted['role']}:{unit}"
    body = wanted | {"unit": unit, "holder": holder, "granted_on": business_date(utc_now()).isoformat()}
    address = state.urls(data.absolute())["membership"]
    with httpx.Client(base_url=address, auth=signed(data), timeout=SECONDS, trust_env=False) as client:
        key = {"Idempotency-Key": f"{holder}/{utc_now().timestamp()}"}
        answer = client.post("/v1/roles", json=body, headers=key, extensions=asking_as("cli:token"))
    if answer.is_error and answer.json().get("code") != HELD:
        tell_refusal(answer)
        raise typer.Exit(REFUSED)
    return holder


def _await_known(data: Path, issuer: Issuer, holder: str) -> None:
    """Every service keeps a copy of who holds what; it takes them milliseconds."""
    from unionstream.embedded import state
    from unionstream.embedded.deadline import Deadline, wait_until

    urls = state.urls(data.absolute())
    with httpx.Client(auth=Signed(issuer.kept, holder), timeout=SECONDS, trust_env=False) as client:

        def known() -> bool:
            paths = {name: "/v1/cut" if name == "projection" else "/v1/streams" for name in urls}
            return all(client.get(url + paths[name]).is_success for name, url in urls.items())

        if not wait_until(known, Deadline(KNOWN_SECONDS)):
            tell_fault(
                f"Not every service has heard of {holder} yet.", "See `unionstream status`, and try again."
            )
            raise typer.Exit(REFUSED)
