"""A chapter's scenario and what its figures must be, as typed data.

The files lie in tests/summaries of a checkout and are packed into the wheel.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    Tag,
    TypeAdapter,
    model_validator,
)

CHAPTERS = range(1, 11)
Number = int | float
Basis = Literal["as-was", "as-is"]
Text = Annotated[str, BeforeValidator(lambda value: value if isinstance(value, str) else str(value))]
"""A text or a date, which YAML reads as a date."""


class Frozen(BaseModel):
    """Data never changes while it is told; unknown words in it are mistakes."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Quantity(Frozen):
    """A named number of a chapter: printed (by which figures), assumed (and why), or computed from others.

    `draw` is the range, expressions of earlier quantities, from which a test may draw another value; `fixed`
    says why a printed number has none.
    """

    value: Number | None = None
    printed: tuple[str, ...] = ()
    assumed: str = ""
    is_: str = Field("", alias="is")
    draw: tuple[Number | str, Number | str] | None = None
    fixed: str = ""

    @model_validator(mode="after")
    def _one_origin(self) -> Quantity:
        if not (self.printed or self.assumed or self.is_) or (self.printed and self.assumed):
            raise ValueError("a quantity is either printed, or assumed (say why), or computed by `is`")
        if (self.value is None) != bool(self.is_):
            raise ValueError("a printed or assumed quantity has a value, a computed one has none")
        return self


class Place(Frozen):
    """Bodies of administrative places above the story's own; where a province is loaded they are found.

    `under` names the place above, without it the one before.
    """

    level: int
    divisions: tuple[str, ...]
    names: tuple[str, ...] = ()
    under: str = ""


class Step(Frozen):
    """Commands or rows of one kind: where to, how often, over what, and the template of each.

    `to` is a service and a path under /v1; `plus` an expression for more fields; `by` another hand.
    """

    to: str
    title: str = Field("", alias="step")
    as_: str = Field("", alias="as")
    repeat: int | str | None = None
    over: dict[str, str] = {}
    let: dict[str, Any] = {}
    when: str = ""
    row: dict[str, Any] = {}
    plus: str = ""
    by: str = ""
    in_order: bool = False


class Names(Frozen):
    """Names for values that several steps use."""

    set: dict[str, Any]


class Use(Frozen):
    """A course of steps from courses.yaml with parameters; its names begin with `as` and an underscore."""

    use: str
    as_: str = Field(alias="as")
    with_: dict[str, Any] = Field({}, alias="with")


def _kind(step: Any) -> str:
    return next((kind for kind in ("use", "set") if kind in step), "step")


AStep = Annotated[Step, Tag("step")]
SomeNames = Annotated[Names, Tag("set")]
Own = Annotated[AStep | SomeNames, Discriminator(_kind)]
Told = Annotated[AStep | SomeNames | Annotated[Use, Tag("use")], Discriminator(_kind)]


class Course(Frozen):
    """Steps that several chapters take; `needs` are the parameters, `defaults` those that may be left out."""

    about: str
    needs: tuple[str, ...] = ()
    defaults: dict[str, Any] = {}
    steps: tuple[Own, ...]


class Ask(Frozen):
    """How a figure is asked, and the expression over the quantities that says what it must be.

    `metric` is what relations call it.
    """

    figure: str
    metric: str = ""
    at: str
    during: str = "year"
    line: str = ""
    basis: Basis = "as-was"
    by: str = ""
    part: str = ""
    is_: str = Field(alias="is")


class Scenario(Frozen):
    """What happened in one union. `also` are figures that are not printed but prove more of the story.

    `writer` is the unit that wrote the summary, for the period `written_for`, on `line` if not on the
    territorial one. `own_level` is the level of the highest place (2 prefecture, 3 county) that is this
    story's alone in a country of its own.
    """

    chapter: int
    title: str
    year: int
    why: str
    own_level: Literal[2, 3] = 3
    writer: str = ""
    written_for: str = "year"
    line: str = ""
    places: dict[str, Place]
    periods: dict[str, tuple[Text, Text]]
    quantities: dict[str, Quantity]
    require: tuple[str, ...] = ()
    steps: tuple[Told, ...]
    also: tuple[Ask, ...] = ()


class Expected(Frozen):
    """A printed figure: the number as printed, and how the system is asked for it, or why it cannot be.

    `above` names a unit over the one asked at which an additive figure is the same.
    `printed` is in `unit` of the text; `value` is what the system says of the scenario as shipped, in its own
    unit of counting (fen for yuan), where that differs.
    """

    chapter: int
    metric: str
    printed: Number
    least: Number | None = None
    unit: str
    qualifier: Literal["exact", "over", "nearly", "about"] = "exact"
    value: Number | None = None
    figure: str = ""
    at: str = ""
    above: str = ""
    during: str = "year"
    line: str = ""
    basis: Basis = "as-was"
    by: str = ""
    part: str = ""
    is_: str = Field("", alias="is")
    miss: str = ""

    @model_validator(mode="after")
    def _asked_or_missed(self) -> Expected:
        if bool(self.miss) == bool(self.is_):
            raise ValueError("a figure is either asked (`at`, `is`) or missed (`miss`)")
        if bool(self.is_) != bool(self.at):
            raise ValueError("`at` and `is` stand together")
        return self

    @property
    def ask(self) -> Ask:
        """The question; only for a figure that is asked."""
        return Ask(
            figure=self.figure or self.metric,
            metric=self.metric,
            at=self.at,
            during=self.during,
            line=self.line,
            basis=self.basis,
            by=self.by,
            part=self.part,
            **{"is": self.is_},
        )

    @property
    def shipped(self) -> Number:
        """What the system must say of the scenario as shipped."""
        if self.value is not None:
            return self.value
        return self.printed * 100 if self.unit == "yuan" else self.printed

    def as_printed(self, value: Any) -> Decimal:
        """What the system says, in the unit of the text; a rate with as many decimals as are printed."""
        said = Decimal(str(value))
        if self.unit == "percent":
            places = len(str(self.printed).partition(".")[2])
            return said.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
        return said / 100 if self.unit == "yuan" else said


class Relation(Frozen):
    """Arithmetic over the metrics of a chapter, what it is compared to, and how that stands on paper."""

    chapter: int
    kind: str
    expression: str
    compare_to: str = ""
    verdict: Literal["holds", "does_not_hold", "not_a_partition", "partial_breakdown", "derived"]


def folder() -> Path:
    """Where the files are: in an installed package, or in the checkout."""
    packed = Path(__file__).with_name("summaries")
    return packed if packed.exists() else Path(__file__).parents[2] / "tests" / "summaries"


def chapters() -> list[int]:
    """The chapters that have a scenario."""
    return [n for n in CHAPTERS if (folder() / _name(n)).exists()]


@cache
def scenario(chapter: int) -> Scenario:
    """The scenario of a chapter. Raises ValidationError, which names the place in the file."""
    return Scenario.model_validate(_whole(_read(_name(chapter))))


@cache
def courses() -> dict[str, Course]:
    """The courses that chapters share."""
    return TypeAdapter(dict[str, Course]).validate_python(_read("courses.yaml") or {})


@cache
def expected() -> dict[str, Expected]:
    """All printed figures by id."""
    return TypeAdapter(dict[str, Expected]).validate_python(_read("expected.yaml"))


@cache
def relations() -> dict[str, Relation]:
    """The relations between printed figures, by id."""
    return TypeAdapter(dict[str, Relation]).validate_python(_read("relations.yaml"))


def _name(chapter: int) -> str:
    return f"chapter_{chapter:02}.yaml"


def _whole(raw: dict[str, Any]) -> dict[str, Any]:
    """A file that says `like: N` has everything of chapter N that it does not say itself."""
    like = raw.pop("like", None)
    return raw if like is None else _laid_over(_read(_name(like)), raw)


def _laid_over(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    both = (name for name in above if isinstance(above[name], dict) and isinstance(below.get(name), dict))
    return below | above | {name: _laid_over(below[name], above[name]) for name in both}


class _Loader(yaml.SafeLoader):
    """Takes `on`, `off`, `yes` and `no` for the words they are."""


_Loader.yaml_implicit_resolvers = {
    first: [each for each in resolvers if each[0] != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))


def _read(name: str) -> Any:
    return yaml.load((folder() / name).read_text("utf-8"), _Loader)  # noqa: S506 - a safe loader
