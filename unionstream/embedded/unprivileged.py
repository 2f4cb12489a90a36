"""PostgreSQL refuses to run as root: which account to use instead, and where that account can reach."""

from __future__ import annotations

import os
import pwd
import shutil
import stat
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from unionstream.embedded.faults import UnusableFolder

# Accounts that exist to own nothing, in the order in which they are tried.
CANDIDATES = ("nobody", "daemon")
# Where root keeps what an unprivileged account must reach when the checkout is behind a closed door.
SYSTEM_PLACE = Path("/var/lib/unionstream")


@dataclass(frozen=True)
class Account:
    name: str
    uid: int
    gid: int


def account_for_servers() -> Account | None:
    """None for an ordinary user, who runs everything himself; an existing unprivileged account for root."""
    if os.geteuid() != 0:
        return None
    for name in CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        if entry.pw_uid != 0:
            return Account(name, entry.pw_uid, entry.pw_gid)
    raise UnusableFolder(
        f"PostgreSQL does not run as root, and none of the accounts {', '.join(CANDIDATES)} exists.",
        remedy="Run as an ordinary user, or make one of these accounts.",
    )


def can_reach(folder: Path, account: Account) -> bool:
    """Whether the account may pass through every folder down to this one (which need not exist yet)."""
    resolved = folder.resolve()
    return all(_may_pass(step, account) for step in [*reversed(resolved.parents), resolved] if step.exists())


def _may_pass(folder: Path, account: Account) -> bool:
    found = folder.stat()
    if found.st_uid == account.uid:
        return bool(found.st_mode & stat.S_IXUSR)
    if found.st_gid == account.gid:
        return bool(found.st_mode & stat.S_IXGRP)
    return bool(found.st_mode & stat.S_IXOTH)


def place_for(data: Path, account: Account | None) -> Path:
    """Where PostgreSQL's files of the stack in `data` go: inside it, or outside when it is out of reach.

    No folder of the user is opened up; the place outside is named after the stack's folder.
    """
    if account is None or can_reach(data, account):
        return data / "postgres"
    name = sha256(os.fsencode(data.resolve())).hexdigest()[:16]
    return SYSTEM_PLACE / "stacks" / name / "postgres"


def own_folder(folder: Path, account: Account | None) -> None:
    """Makes the folder, readable by its owner alone; parents that are missing are made passable."""
    _make_parents(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    if account is not None:
        os.chown(folder, account.uid, account.gid)


def own_file(file: Path, account: Account | None) -> None:
    """Makes the file readable by the account alone."""
    file.chmod(0o600)
    if account is not None:
        os.chown(file, account.uid, account.gid)


def _make_parents(folder: Path) -> None:
    if folder.exists():
        return
    _make_parents(folder.parent)
    try:
        folder.mkdir(exist_ok=True)
        folder.chmod(0o755)
    except OSError as why:
        raise UnusableFolder(
            f"{folder} cannot be made: {why.strerror}.",
            remedy="With --data, name a folder that may be written and that others may pass through.",
        ) from why


def reachable_copy(trees: Sequence[Path], name: str, account: Account | None) -> Path:
    """The folder that holds these trees: their own parent, or a copy of it that the account can reach.

    All trees have one parent, and stay side by side, since programs find their libraries that way.
    """
    home = trees[0].parent
    if account is None or all(can_reach(tree, account) for tree in trees):
        return home
    copy = SYSTEM_PLACE / "programs" / name
    if not copy.exists():
        _make_parents(copy.parent)
        unfinished = Path(tempfile.mkdtemp(prefix=f"{name}.", dir=copy.parent))
        for tree in trees:
            shutil.copytree(tree, unfinished / tree.name, symlinks=True)
        _let_all_read(unfinished)
        try:
            unfinished.rename(copy)
        except OSError:  # another stack was faster
            shutil.rmtree(unfinished)
    return copy


def _let_all_read(tree: Path) -> None:
    for path in [tree, *tree.rglob("*")]:
        if not path.is_symlink():
            mode = path.stat().st_mode
            passable = path.is_dir() or bool(mode & stat.S_IXUSR)
            path.chmod(stat.S_IMODE(mode) | (0o555 if passable else 0o444))
