"""Routes of commands as data, and the shapes of what they take in bulk and what they answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.http.body import LARGEST_SINGLE
from shared.http.problems import ProblemDocument
from shared.work.roles import RECORDER

LARGEST_ROWS = 1000
LARGEST_REFERENCE = 200

Reference = Annotated[
    str,
    Field(min_length=1, max_length=LARGEST_REFERENCE, description="Yours, unique in the source for good."),
]


@dataclass(frozen=True)
class CommandRoute:
    """`path` parameters fill the command's fields of the same name; the body does not name them again.

    `largest` is how many bytes the body may have; `role` what the caller must hold where it counts; `gone`:
    what it is about may have been there, and be no more.
    """

    path: str
    command: type[BaseModel]
    summary: str
    creates: bool = False
    largest: int = LARGEST_SINGLE
    role: str = RECORDER
    gone: bool = False

    @property
    def in_path(self) -> tuple[str, ...]:
        """The fields that the path fills."""
        return tuple(names_in(self.path))


@dataclass(frozen=True)
class BulkRoute:
    """Rows of `command`, each with a `reference`; `role` as of the command alone."""

    path: str
    command: type[BaseModel]
    summary: str
    role: str = RECORDER


class CommandAnswer(BaseModel):
    """What was done: the aggregate, its new version, and warnings that did not stand in the way."""

    id: UUID
    version: int
    warnings: list[str] = []


class RowAnswer(BaseModel):
    """What became of one row: `created`, `repeated` (its reference came before) or `refused`."""

    row: int
    status: Literal["created", "repeated", "refused"]
    id: UUID | None = None
    warnings: list[str] = []
    problem: ProblemDocument | None = None


class BulkAnswer(BaseModel):
    """One result per row, in order; a refused row leaves the others alone."""

    results: list[RowAnswer]


class BulkBody(BaseModel):
    """Rows of one source; each row's reference is unique in it for good, so all may be sent again."""

    model_config = ConfigDict(extra="forbid")

    source: str = Field(pattern=r"^[A-Za-z0-9:._-]{1,64}$")
    rows: list[dict[str, Any]] = Field(max_length=LARGEST_ROWS)


def names_in(path: str) -> Iterator[str]:
    """The parameters of a path, in order."""
    return (part[1:-1] for part in path.split("/") if part.startswith("{"))
