"""`unionstream token`: a token of the local issuer, for clients that do not find its key themselves."""

from __future__ import annotations

from typing import Annotated

import typer

from unionstream.cli.stack import DEFAULT_DATA, Data, tell_fault

Subject = Annotated[str, typer.Option("--subject", help="Who is to ask: letters, digits and : . _ / | -")]


def token(
    subject: Subject = "cli",
    hours: Annotated[int, typer.Option(min=1, max=24 * 30, help="How long it is good.")] = 8,
    data: Data = DEFAULT_DATA,
) -> None:
    """Print a token of the local stack's issuer: `curl -H "Authorization: Bearer $(unionstream token)" …`."""
    from unionstream.embedded.issuer import issuer_of

    issuer = issuer_of(data.absolute())
    if not issuer.file.exists():
        tell_fault(f"There is no issuer in {data}.", "Start the stack with `unionstream up`, or name --data.")
        raise typer.Exit(1)
    typer.echo(issuer.token(subject, founder=True, seconds=hours * 3600))
