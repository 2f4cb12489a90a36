"""The command `unionstream`: every subject brings its own module, this one puts them together."""

from __future__ import annotations

import typer

app = typer.Typer(
    name="unionstream",
    help="Figures and an audit trail for every level of a union federation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


@app.callback()
def unionstream() -> None:
    """Figures and an audit trail for every level of a union federation."""
