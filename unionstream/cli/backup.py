"""`unionstream backup | restore`: the databases of the stack on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape

from unionstream.cli import jobs
from unionstream.cli.stack import DEFAULT_DATA, Data, faults_told, out

Folder = Annotated[Path, typer.Argument(help="The folder of the backup.", show_default=False)]
Services = Annotated[
    list[str] | None, typer.Argument(metavar="[SERVICE]...", help="Only these; left out: all.")
]


def backup(folder: Folder, data: Data = DEFAULT_DATA) -> None:
    """Dump every database of the stack into a new folder, while it runs.

    The keys are not in it: keep `*-master.key` and `*-checkpoint.key` of the stack somewhere else.
    """
    with faults_told():
        from unionstream.embedded.backups import back_up

        manifest = back_up(data.absolute(), folder.absolute(), _say)
    out.print(f"Backed up {len(manifest.databases)} databases.")


def restore(folder: Folder, services: Services = None, data: Data = DEFAULT_DATA) -> None:
    """Put databases back as a backup has them; the stack must be down.

    A service that is put back to a moment before the end of its topic refuses to send (a fork) and says how
    to go on; see docs/backup.md.
    """
    with faults_told():
        from unionstream.embedded.backups import restore as put_back

        put_back(data.absolute(), folder.absolute(), services or [], _say)
    out.print("Restored. Start the stack with [bold]unionstream up[/].")


def recover(
    service: Annotated[
        str, typer.Argument(help="The service whose database was put back.", show_default=False)
    ],
    lost_to: Annotated[
        Path, typer.Option("--lost-to", help="A new file for the events that only the topic has.")
    ],
    data: Data = DEFAULT_DATA,
) -> None:
    """Let a service go on that was put back to before the end of its topic; the stack must be down.

    What only the topic has is kept in a file, an event a line, to be told again. Then the topic is made anew
    from the log, and services that have copies of membership read it anew.
    """
    with faults_told():
        from unionstream.embedded.processes import FOLLOWED, FOLLOWERS
        from unionstream.embedded.stack import Stack

        wanted = [(service, ["republish", "--recreate", "--lost-to", str(lost_to.absolute())])]
        wanted += [(each, ["refollow"]) for each in FOLLOWERS if service == FOLLOWED]
        with Stack(data.absolute(), say=_say, processes=()):
            for name, job in wanted:
                code, reports = jobs.run(data.absolute(), name, job)
                for each in reports:
                    if each["kind"] == "lost":
                        out.print(
                            f"{each['events']} events only the topic had are in {escape(each['file'])}."
                        )
                if code:
                    raise typer.Exit(code)
    out.print("Next: [bold]unionstream up[/], then [bold]unionstream rebuild --accept-differences[/].")


def _say(line: str) -> None:
    out.print(f"[green]·[/] {escape(line)}", soft_wrap=True)
