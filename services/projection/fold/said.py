"""What a fold says of one event: moves of metrics, changes of the tree, attributes of a unit."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

Dims = tuple[tuple[str, str], ...]

TERRITORIAL = 0
PROVISIONAL = 0  # the version of a tree change that stands only until a real one is known
ALWAYS = date.min  # PostgreSQL's -infinity


class Unfoldable(ValueError):
    """A well-formed event that names something no catalogue of this release has."""


class Move(NamedTuple):
    """One metric (by number) moved by `amount` on `day`, in these breakdown values, about this subject."""

    metric: int
    day: date
    amount: int
    dims: Dims = ()
    subject: UUID | None = None


class TreeChange(NamedTuple):
    """From `effective` on `unit` hangs under `parent` on a line; None: nowhere. `level` where it is told."""

    unit: UUID
    line: int
    effective: date
    version: int
    parent: UUID | None
    merged: bool = False
    level: int | None = None


class Described(NamedTuple):
    """What kind of unit it is."""

    level: int
    kind: str
    form: str | None = None


class Named(NamedTuple):
    """What it is called."""

    name: str
    division: str | None


class Ended(NamedTuple):
    """How and when it ended."""

    status: str
    on: date
    successor: UUID | None = None


class NodeChange(NamedTuple):
    """Attributes of a unit that one version of it sets; None leaves them."""

    unit: UUID
    version: int
    described: Described | None = None
    named: Named | None = None
    established: date | None = None
    ended: Ended | None = None
