"""The shapes of the catalogue's entries; a broken reference is refused when it is loaded."""

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

How = Literal["partition", "overlap", "partial", "unit-changing"]
Zero = Literal["exact", "reported"]
FigureKind = Literal[
    "flow",
    "stock",
    "distinct",
    "max",
    "largest_each",
    "rank",
    "ratio",
    "growth",
    "increase",
    "target_completion",
    "target_over",
    "target_remaining",
]
Change = Literal["percent", "absolute", "points"]
RATES: tuple[FigureKind, ...] = ("ratio", "target_completion", "target_over")

# What each kind of figure is made of; anything else in an entry is a mistake.
_MADE_OF: dict[FigureKind, set[str]] = {
    "flow": {"metric"},
    "stock": {"metric"},
    "distinct": {"metric"},
    "max": {"metric"},
    "largest_each": {"metric"},
    "rank": {"metric", "over"},
    "ratio": {"numerator", "denominator"},
    "growth": {"of"},
    "increase": {"of", "over"},
    "target_completion": {"numerator", "denominator"},
    "target_over": {"numerator", "denominator"},
    "target_remaining": {"numerator", "denominator"},
}


class Entry(BaseModel):
    """A line of the catalogue."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    zh: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Dim(Entry):
    """A breakdown. Its values have names in the shared catalogue `labels`, or here: Chinese and English."""

    labels: str | None = None
    names: Mapping[str, tuple[str, str]] = {}


class Metric(Entry):
    """What facts measure: `number` is stored in them, `unit` says what the amount counts.

    A `target` is set for one unit and one calendar year (DOMAIN STA-07): it is read from that unit alone,
    never added up over those below, which have targets of their own. Its facts lie on the first day of its
    year: at a cut-off the years hold that began within the twelve months before it.
    """

    number: int = Field(gt=0, lt=32768)
    id: str
    kind: Literal["flow", "stock"]
    unit: str
    zero: Zero = "exact"
    target: bool = False
    dims: dict[str, How] = Field(default_factory=dict)


class Declared(BaseModel):
    """One metric that an event type moves, by fields of the event (paths: see the fold).

    `amount` is a number or a field, `less` a field taken off it (the old value of a change); `negative` turns
    the sign. `day` is a field with a date or a year, plus `after` days; no date, no move: so an end that is
    known beforehand is moved on its own day, and the calendar brings it about. `each` repeats the move for
    every entry of a list; `when` keeps only events whose fields have one of these values as text.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    metric: str
    amount: int | str = 1
    less: str | None = None
    negative: bool = False
    day: str = "occurredon"
    after: int = 0
    dims: dict[str, str] | tuple[str, ...] = ()
    subject: str | None = None
    each: str | None = None
    when: dict[str, tuple[str, ...]] = Field(default_factory=dict)

    @property
    def breakdowns(self) -> dict[str, str]:
        """Breakdown to path; a bare name is a field of the same name."""
        return self.dims if isinstance(self.dims, dict) else {name: name for name in self.dims}


class Figure(Entry):
    """What people ask for: read from a metric, or computed from other figures of the catalogue.

    `where` keeps only facts whose breakdown values are among those named; `minus` is subtracted under the
    same filter. `largest_each` adds up the largest fact of each subject. An increase compares the last two
    values of the numbered breakdown `over`, a rank is the best (smallest) one. Ratios are numerator * scale /
    denominator, rounded half up to `decimals`. Growth is a `change` in percent, absolute, or in points of a
    rate, `against` the same days a year before or the period just before. `breaks_into` has figures that
    count something else by the breakdown that shows them.
    """

    id: str
    kind: FigureKind
    unit: str
    print: Literal["count", "money", "percent", "number", "rank"]
    population: str
    metric: str | None = None
    minus: str | None = None
    where: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    numerator: str | None = None
    denominator: str | None = None
    of: str | None = None
    over: str | None = None
    change: Change = "percent"
    against: Literal["year", "period"] = "year"
    breaks_into: dict[str, str] = Field(default_factory=dict)
    scale: int = 1
    decimals: int = 0

    @model_validator(mode="after")
    def _made_of_its_kind(self) -> "Figure":
        given = {
            name
            for name in ("metric", "numerator", "denominator", "of", "over")
            if getattr(self, name) is not None
        }
        if given != _MADE_OF[self.kind]:
            msg = f"{self.id}: a {self.kind} is made of {sorted(_MADE_OF[self.kind])}, not {sorted(given)}"
            raise ValueError(msg)
        if (self.where or self.minus) and self.metric is None:
            msg = f"{self.id}: only a figure of a metric can filter or subtract"
            raise ValueError(msg)
        if self.model_fields_set & {"change", "against"} and self.kind != "growth":
            msg = f"{self.id}: only growth is a change against something"
            raise ValueError(msg)
        return self

    @property
    def parts(self) -> tuple[str, ...]:
        """The other figures it is computed from."""
        return tuple(part for part in (self.numerator, self.denominator, self.of) if part is not None)
