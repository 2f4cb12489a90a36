"""`unionstream checkpoint-key`: a key that signs the heads of streams."""

from __future__ import annotations

import os
import secrets
from pathlib import Path
from typing import Annotated

import typer

from unionstream.cli.stack import tell_fault

Name = Annotated[
    str, typer.Argument(help="What the key is called in every checkpoint: union.finance.", show_default=False)
]
File = Annotated[Path, typer.Argument(help="Where the key goes; it must not exist yet.", show_default=False)]


def checkpoint_key(name: Name, file: File) -> None:
    """Make a key for checkpoints. The file stays with the relay; the line printed is for everybody."""
    from shared.checkpoints.notes import Signer

    if not name or any(character.isspace() or character == "+" for character in name):
        raise typer.BadParameter("no blanks and no plus sign", param_hint="NAME")
    signer = Signer(name, secrets.token_bytes(32))
    try:
        with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(signer.secret + "\n")
    except OSError as error:
        tell_fault(f"{file} cannot be written: {error.strerror}.", "Name a file that does not exist yet.")
        raise typer.Exit(1) from error
    typer.echo(signer.verifier)
