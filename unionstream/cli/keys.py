"""`unionstream rotate-keys`: another master key for the vaults, while everything runs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated

import typer

from unionstream.cli import jobs
from unionstream.cli.stack import DEFAULT_DATA, Data, faults_told

SETTLED_SECONDS = 60.0
"""After that long no command is under way that sealed something with the key before."""

Service = Annotated[
    str | None, typer.Argument(metavar="[SERVICE]", help="One of the services; left out: all with a vault.")
]


def rotate_keys(
    service: Service = None,
    data: Data = DEFAULT_DATA,
    *,
    finish: Annotated[
        bool, typer.Option("--finish", help="Take the earlier keys away, once nothing is under them.")
    ] = False,
) -> None:
    """Change the master keys: first a new key beside the old one, then (`--finish`) the new one alone.

    The first call makes a key, and wraps every data key anew with it; both keys open what they have wrapped.
    The second, a minute later at the earliest, looks once more and takes the old key away. Everything keeps
    running. On a cluster the lines of the secret are changed, and the job is
    `python -m services.<name>.main rewrap`.
    """
    with faults_told():
        from unionstream.embedded.keys import Keys
        from unionstream.embedded.processes import PROCESSES

        known = [process.name for process in PROCESSES if process.keys]
        if service is not None and service not in known:
            raise typer.BadParameter(
                f"{service} has no vault; one of: {', '.join(known)}", param_hint="SERVICE"
            )
        folder = data.absolute()
        keys = Keys(folder)
        for name in [service] if service else known:
            if finish:
                _refuse_unsettled(name, keys.master_key_file(name))
            else:
                keys.add_master_key(name)
            _rewrap(folder, name)
            if finish:
                jobs.say(f"{name}: {keys.drop_earlier_master_keys(name)} earlier keys are gone.")


def _refuse_unsettled(name: str, file: Path) -> None:
    from unionstream.embedded.faults import EmbeddedFault

    left = SETTLED_SECONDS - (time.time() - file.stat().st_mtime)
    if left > 0:
        raise EmbeddedFault(
            f"The keys of {name} have just been changed.",
            remedy=f"Commands may still be under way; try again in {left:.0f} seconds.",
        )


def _rewrap(data: Path, name: str) -> None:
    code, reports = jobs.run(data, name, ["rewrap"])
    if code:
        raise typer.Exit(1)
    for each in reports:
        jobs.say(f"{name}: {each['keys']} keys of {each['place']} wrapped anew.")
