"""The shapes of the template files; what each key means is told to its writers in docs/summaries.md."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, InstanceOf, RootModel, ValidationError

from unionstream.summary import located
from unionstream.summary.faults import TemplateFault, TemplateMissing
from unionstream.summary.located import Located

LEVELS = ("province", "prefecture", "county", "town", "village", "grassroots", "sub_union", "group")
LARGEST = 2_000_000
# The step and the way of rounding, as the projection takes them.
ROUND = r"^10{1,9}:(near|down|up|about)$"
Level = Literal["province", "prefecture", "county", "town", "village", "grassroots", "sub_union", "group"]
Text = InstanceOf[Located]
How = Literal["partition", "overlap", "partial"]
Measure = Literal["percent", "amount", "both", "points"]


def _short(key: str) -> Any:
    def widened(raw: Any) -> Any:
        return {key: raw} if isinstance(raw, str) else raw

    return BeforeValidator(widened)


class Written(BaseModel):
    """A mapping of a template file: a key that is not known is refused with its line."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Applies(Written):
    """Something that is written at some levels only; no levels means at all."""

    levels: tuple[Level, ...] = ()

    def at(self, level: int) -> bool:
        """Whether it is written by a unit of this level, 1 to 8."""
        return not self.levels or LEVELS[level - 1] in self.levels


class Compared(Written):
    """A figure against the same days a year before; `growth` is a figure that has the comparison itself."""

    figure: Text | None = None
    growth: Text | None = None
    how: Measure = "percent"
    decimals: int = Field(default=1, ge=0, le=4)


class Clause(Applies):
    """A stretch between two commas; it is left out when a figure it prints has no facts."""

    say: Text
    needs: tuple[Text, ...] = ()
    zero: Text | None = None
    among: tuple[Annotated[Clause, _short("say")], ...] = ()
    how: How = "partial"
    by: Text | None = None
    most: int = Field(default=6, ge=2, le=12)
    compare: Annotated[Compared, _short("figure")] | None = None
    target: Text | None = None
    round: Annotated[Text, Field(pattern=ROUND)] | None = None


class Sentence(Applies):
    """Clauses joined by commas and ended by a full stop. `lead`: whether the period stands before them."""

    clauses: tuple[Annotated[Clause, _short("say")], ...] = Field(min_length=1)
    lead: bool = True
    join: Literal["，", "；"] = "，"


class TableWanted(Applies):
    """Figures as rows with the year before, or a breakdown, or the units below."""

    caption: Text
    rows: tuple[Text, ...] = ()
    figure: Text | None = None
    by: Text | None = None
    beside: tuple[Text, ...] = ()
    children: tuple[Text, ...] = ()


class ChartWanted(Applies):
    """Bars of a breakdown, of figures beside the year before, or of the units below."""

    caption: Text
    figure: Text | None = None
    by: Text | None = None
    rows: tuple[Text, ...] = ()
    children: Text | None = None


def _sentence(raw: Any) -> Any:
    if isinstance(raw, str):
        return {"clauses": [raw]}
    return {"clauses": raw} if isinstance(raw, list) else raw


class PartWanted(Applies):
    """Sentences, then tables and charts, under a heading or none."""

    heading: Text | None = None
    say: tuple[Annotated[Sentence, BeforeValidator(_sentence)], ...] = ()
    tables: tuple[TableWanted, ...] = ()
    charts: tuple[ChartWanted, ...] = ()
    narrative: Literal["problem", "next_step"] | None = None


class SectionWanted(Applies):
    """One file of sections/."""

    heading: Text
    parts: tuple[PartWanted, ...] = Field(min_length=1)


class Frame(Written):
    """summary.yaml: what holds the sections together."""

    title: Text
    title_of_part: Text
    subtitle: Text
    appendix: Text
    sections: tuple[Text, ...] = Field(min_length=1)
    words: dict[str, Text]
    words_of: dict[str, Text] = {}


class Populations(RootModel[dict[str, str]]):
    """populations.yaml: the catalogue's words for what is counted, and those of the appendix."""


@dataclass(frozen=True)
class Book:
    """All templates of one run: `raw` are the bytes of every file, `changed` the names that were replaced."""

    frame: Frame
    sections: dict[str, SectionWanted]
    populations: dict[str, str]
    raw: dict[str, bytes]
    changed: tuple[str, ...]

    @property
    def version(self) -> str:
        """SHA-256 over names and bytes."""
        digest = hashlib.sha256()
        for name, content in sorted(self.raw.items()):
            digest.update(f"{name}\n{len(content)}\n".encode() + content)
        return digest.hexdigest()

    def word(self, figure: str, counted: str) -> str:
        """The measure word of a figure, of its own or of what it counts; empty if nobody wrote one."""
        return str(self.frame.words_of.get(figure) or self.frame.words.get(counted) or "")


FRAME, PAGE, WORD = "summary.yaml", "page.html", "summary.docx"
POPULATIONS = "populations.yaml"
Shape = TypeVar("Shape", bound=BaseModel)


def load(folder: Path | None = None) -> Book:
    """The shipped templates, each replaced by the file of the same name in `folder`, if there is one.

    Raises TemplateMissing and TemplateFault.
    """
    if folder is not None and not folder.is_dir():
        raise TemplateMissing(
            f"There is no folder {folder}.", "Name the folder that holds your templates with --templates."
        )
    raw = dict(_shipped())
    own = {} if folder is None else dict(_own(folder))
    if strange := sorted(own.keys() - raw.keys() - {name for name in own if name.startswith("sections/")}):
        raise TemplateMissing(
            f"Nothing uses the file {strange[0]} in {folder}.",
            f"Templates are {FRAME}, {POPULATIONS}, {PAGE}, {WORD}, sections/NAME.yaml: rename or remove it.",
        )
    raw |= own
    frame = _shaped(Frame, raw[FRAME], FRAME)
    sections = {str(name): _section(name, raw) for name in frame.sections}
    populations = _shaped(Populations, raw[POPULATIONS], POPULATIONS).root
    return Book(frame, sections, dict(populations), raw, tuple(sorted(own)))


def _section(name: Located, raw: dict[str, bytes]) -> SectionWanted:
    file = f"sections/{name}.yaml"
    if file not in raw:
        raise TemplateFault(name, f"there is no section {name}", f"Write {file}, or take the name away.")
    return _shaped(SectionWanted, raw[file], file)


def _shaped(shape: type[Shape], content: bytes, file: str) -> Shape:
    try:
        document = located.read(content.decode("utf-8"), file)
    except UnicodeDecodeError as error:
        raise TemplateFault(file, "it is not written in UTF-8", "Save it as UTF-8.") from error
    try:
        return shape.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        path = tuple(step for step in first["loc"] if step != "function-before")
        key = ".".join(map(str, path)) or "the file"
        where = located.place(document, path, file)
        raise TemplateFault(where, f"{key}: {first['msg']}", located.REMEDY) from error


def _shipped() -> Iterator[tuple[str, bytes]]:
    top = files("unionstream.summary").joinpath("shipped")
    for entry in top.iterdir():
        if entry.is_file():
            yield entry.name, entry.read_bytes()
    for entry in top.joinpath("sections").iterdir():
        if entry.name.endswith(".yaml"):
            yield f"sections/{entry.name}", entry.read_bytes()


def _own(folder: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_file() and not any(part.startswith(("~", ".")) for part in Path(name).parts):
            if path.stat().st_size > LARGEST:
                raise TemplateMissing(f"{name} is larger than {LARGEST} bytes.", "Make it smaller.")
            yield name, path.read_bytes()
