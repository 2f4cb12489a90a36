"""The command `unionstream`: every subject brings its own module, this one puts them together."""

from __future__ import annotations

import typer

from unionstream.cli import (
    backup,
    checkpoints,
    declarations,
    demo,
    figures,
    keys,
    rebuild,
    reconcile,
    refusals,
    reports,
    republish,
    rights,
    stack,
    summary,
    targets,
    token,
    trace,
    trail,
    verify,
)
from unionstream.cli.dlq import dlq
from unionstream.cli.imports import imports

app = typer.Typer(
    name="unionstream",
    help="Figures and an audit trail for every level of a union federation.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode="markdown",
)


@app.callback()
def unionstream() -> None:
    """Figures and an audit trail for every level of a union federation."""


app.command(rich_help_panel="The embedded stack")(demo.demo)
for command in (stack.up, stack.down, stack.status, stack.logs, token.token):
    app.command(rich_help_panel="The embedded stack")(command)

app.command(rich_help_panel="Figures")(figures.figures)
app.command(rich_help_panel="Figures")(targets.targets)
app.command(rich_help_panel="Figures")(trace.trace)
app.command(rich_help_panel="Figures")(trail.trail)
app.command(rich_help_panel="Figures")(trail.units)
app.command(rich_help_panel="Figures")(summary.summary)
app.command(rich_help_panel="Figures")(reports.close)
app.command(rich_help_panel="Figures")(reports.restatements)
app.command(rich_help_panel="Figures")(declarations.declare)
app.command(rich_help_panel="Figures")(declarations.declared)
app.command(rich_help_panel="Figures")(reconcile.reconcile)
app.command("verify", rich_help_panel="Figures")(verify.verify_everything)

app.command(rich_help_panel="Operations")(rebuild.rebuild)
app.command(rich_help_panel="Operations")(republish.republish)
app.command(rich_help_panel="Operations")(backup.backup)
app.command(rich_help_panel="Operations")(backup.restore)
app.command(rich_help_panel="Operations")(backup.recover)
app.command(rich_help_panel="Operations")(checkpoints.checkpoint_key)
app.command(rich_help_panel="Operations")(refusals.refusals)
app.command(rich_help_panel="Operations")(keys.rotate_keys)
app.command(rich_help_panel="Operations")(rights.rights)
app.add_typer(dlq, name="dlq", rich_help_panel="Operations")

app.add_typer(imports, name="import", rich_help_panel="Data")
