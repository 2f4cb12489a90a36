"""The summary as plain data: everything that is printed, and nothing that depends on when it is printed.

A stored model is rendered again years later with the same words. `FORMAT` grows when the shape changes; a
model of an older format stays readable, and is dumped as it was.
"""

from __future__ import annotations

import hashlib
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from unionstream.summary.faults import ModelUnusable

FORMAT, WITHOUT_HEADS = 2, 1


class Plain(BaseModel):
    """Data of a model: it never changes, and has no fields beyond those that are written down."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Used(Plain):
    """One figure as it was asked and answered. `value`: an integer (money in fen), or a rate as text.

    `display` prints it exactly, whatever the text rounds; `counted` is its measure word; `part` tells which
    part, unit or year it is; `link` opens the events behind it, below `base`.
    """

    key: str
    figure: str
    label: str
    kind: str
    counted: str
    population: str
    value: int | str | None
    display: str
    state: str
    first: date
    last: date
    part: str = ""
    link: str
    unit: str = ""


class Run(Plain):
    """A stretch of text; `key` names the figure that it prints."""

    text: str
    key: str = ""


class Paragraph(Plain):
    """Running sentences."""

    block: Literal["paragraph"] = "paragraph"
    id: str
    runs: list[Run]

    @property
    def text(self) -> str:
        """Without its links."""
        return "".join(run.text for run in self.runs)


class Table(Plain):
    """Rows under headings; the first column names the row."""

    block: Literal["table"] = "table"
    caption: str
    columns: list[str]
    rows: list[list[Run]]


class Series(Plain):
    """One set of bars."""

    name: str
    values: list[float]


class Chart(Plain):
    """Bars with a label each; `unit` is what the values count."""

    block: Literal["chart"] = "chart"
    caption: str
    unit: str
    labels: list[str]
    series: list[Series]


class Item(Plain):
    """A problem or a next step, in the words of the cadre who recorded it."""

    block: Literal["item"] = "item"
    number: int
    topic: str
    text: str


Block = Annotated[Paragraph | Table | Chart | Item, Field(discriminator="block")]


class Part(Plain):
    """Blocks under a heading of the second order, or under none."""

    heading: str
    blocks: list[Block]


class Section(Plain):
    """A section with its own period."""

    id: str
    heading: str
    first: date
    last: date
    parts: list[Part]


class Union(Plain):
    """Whose summary it is."""

    id: str
    name: str
    level: int | None
    division: str


class Templates(Plain):
    """The files that gave the words: `version` is the SHA-256 over all of them."""

    version: str
    changed: list[str] = []


class Summary(Plain):
    """A whole summary at one cut; `lanes`: the last numbers known, as topic/stream; `heads`: their chains."""

    format: int = FORMAT
    title: str
    subtitle: str
    union: Union
    year: int
    first: date
    last: date
    cut: str
    lanes: dict[str, int]
    heads: dict[str, str] = {}
    provisional: bool
    line: str
    basis: str
    base: str
    templates: Templates
    sections: list[Section]
    appendix: str
    figures: list[Used]

    def dumped(self) -> bytes:
        """The same bytes for the same model, in any release of this format."""
        left_out = {"heads"} if self.format == WITHOUT_HEADS else None
        return self.model_dump_json(indent=1, exclude=left_out).encode() + b"\n"

    @property
    def sha256(self) -> str:
        """Of the dumped bytes."""
        return hashlib.sha256(self.dumped()).hexdigest()

    @property
    def chains(self) -> str:
        """SHA-256 over a line `topic/stream number chain` for each stream, sorted: all that was read."""
        lines = (f"{name} {self.lanes[name]} {head}\n" for name, head in sorted(self.heads.items()))
        return hashlib.sha256("".join(lines).encode()).hexdigest()

    def address(self, used: Used) -> str:
        """Where the events behind a figure are, as they were known at the cut."""
        return f"{self.base}{used.link}&cut={self.cut}"


def loaded(raw: bytes) -> Summary:
    """A stored model; raises ModelUnusable."""
    try:
        summary = Summary.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"])) or "the file"
        raise ModelUnusable(
            f"This is no stored summary: {where}: {first['msg']}.",
            "Give a file that was written with --out FILE.json.",
        ) from error
    if summary.format > FORMAT:
        raise ModelUnusable(
            f"This summary has format {summary.format}; this release reads up to {FORMAT}.",
            "Print it with a newer release.",
        )
    return summary
