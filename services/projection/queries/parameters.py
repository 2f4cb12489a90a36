"""What a caller may ask, bounded: a parameter that is unknown, too long or of the wrong shape is refused."""

import re
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field

from services.projection.queries import lines, rounding, trail, units
from services.projection.queries.question import Asked
from services.projection.queries.subtree import Basis
from services.projection.queries.trace import Part

DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[Tt ].*")
EARLIEST, LATEST = date(1900, 1, 1), date(2999, 12, 31)


def _day(raw: Any) -> Any:
    # Pydantic would also read a number of seconds; a day is written as one.
    if isinstance(raw, str) and not DAY.fullmatch(raw):
        raise ValueError("write a day as 2026-08-31")
    return raw


def _moment(raw: Any) -> Any:
    if isinstance(raw, str) and not MOMENT.fullmatch(raw):
        raise ValueError("write a moment as 2026-08-31T16:00:00Z")
    # In a query a bare plus sign stands for a blank.
    return raw[:11] + raw[11:].replace(" ", "+") if isinstance(raw, str) else raw


def _kept(day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise ValueError(f"days are kept from {EARLIEST} to {LATEST}")
    return day


def _within(moment: datetime) -> datetime:
    # An offset may carry the first and the last day out of the calendar.
    if not EARLIEST <= moment.date() <= LATEST:
        raise ValueError(f"moments are told apart from {EARLIEST} to {LATEST}")
    return moment


Day = Annotated[date, BeforeValidator(_day), AfterValidator(_kept)]
Moment = Annotated[datetime, BeforeValidator(_moment), AfterValidator(_within)]
Word = Annotated[str, Field(pattern=r"^[A-Za-z0-9_-]{1,60}$")]
UnitText = Annotated[str, Field(pattern=r"^[0-9A-Za-z-]{2,36}$")]

UNIT = "Id of a union, or its division code (2, 4, 6, 9 or 12 digits)."
LINE = "`territorial`, or an industry line of the catalogue."
KNOWN_AT = "As it was known at this moment (RFC 3339, with its offset from UTC)."


class Parameters(BaseModel):
    """Parameters of one question; a misspelt name is refused, not ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Paged(Parameters):
    """Parameters of a question whose answer comes in pages."""

    cursor: str = Field(
        default="", max_length=6000, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the page before."
    )
    limit: int = Field(default=100, ge=1, le=500, description="Rows of a page.")


class Period(Parameters):
    """Whose figures, for which days, by which tree and knowledge."""

    unit: UnitText = Field(description=UNIT, examples=["330282121"])
    first: Day = Field(alias="from", description="First day, Asia/Shanghai.")
    last: Day = Field(alias="to", description="Last day, the cut-off; a stock is read at its end.")
    line: Word = Field(default=lines.TERRITORIAL, description=LINE)
    basis: Basis = Field(default="as-was", description="The tree of each fact's day, or the tree of today.")
    known_at: Moment | None = Field(default=None, description=KNOWN_AT)
    cut: str = Field(default="", max_length=4096, description="As it was known at this cut of an answer.")

    @property
    def asked(self) -> Asked:
        """The question without what is particular to one endpoint."""
        return Asked(self.unit, self.first, self.last, self.line, self.basis, self.known_at, self.cut)


class OfFigures(Period):
    """Parameters of /v1/figures."""

    figure: list[Word] = Field(min_length=1, max_length=50, description="Ids of the catalogue, up to 50.")
    by: str = Field(default="", pattern=r"^[a-z_]{0,40}$", description="A breakdown that the figures have.")
    round_: str = Field(
        default="",
        alias="round",
        pattern=rounding.PATTERN.replace("^(", "^$|^(", 1),
        description="Also a round form: a step (10, 100, … of the unit printed; 0.01, 0.1, 1 of percent)"
        " and, after a colon, down (余), up (近), near (either) or about (左右).",
        examples=["100", "10000:down", "1:about"],
    )

    @property
    def rounding(self) -> rounding.Rounding | None:
        """How the caller chooses to round, if at all."""
        return rounding.parse(self.round_) if self.round_ else None


class OfTargets(Parameters):
    """Parameters of /v1/targets."""

    unit: UnitText = Field(description=UNIT, examples=["330282121"])
    last: Day = Field(alias="to", description="The cut-off: targets of the years in which this day lies.")
    line: Word = Field(default=lines.TERRITORIAL, description=LINE)
    basis: Basis = Field(default="as-was", description="The tree of each fact's day, or the tree of today.")
    known_at: Moment | None = Field(default=None, description=KNOWN_AT)
    cut: str = Field(default="", max_length=4096, description="As it was known at this cut of an answer.")

    @property
    def asked(self) -> Asked:
        """The question; targets of years to come can be asked for, too."""
        return Asked(self.unit, EARLIEST, self.last, self.line, self.basis, self.known_at, self.cut)


class OfTrace(Period, Paged):
    """Parameters of /v1/trace."""

    figure: Word = Field(description="Id of the catalogue.")
    part: Part = Field(
        default="",
        description="Of a rate: numerator or denominator; of growth: now or before. Else the first.",
    )


class OfTrail(Paged):
    """Parameters of /v1/trail."""

    unit: UnitText = Field(description=UNIT)
    line: Word = Field(default=lines.TERRITORIAL, description=LINE)
    first: Day = Field(default=EARLIEST, alias="from", description="First business date.")
    last: Day = Field(default=LATEST, alias="to", description="Last business date.")

    @property
    def wanted(self) -> trail.Wanted:
        """The question; raises `UnknownLine`."""
        return trail.Wanted(self.unit, lines.number(self.line), self.first, self.last)


class OfUnits(Paged):
    """Parameters of /v1/units. `under` alone lists what is directly below; with `name` or `code`, all."""

    under: str = Field(default="", pattern=r"^([0-9A-Za-z-]{2,36})?$", description=UNIT)
    line: Word = Field(default=lines.TERRITORIAL, description=LINE)
    name: str = Field(default="", max_length=100, pattern=r"^[^\x00]*$", description="A part of the name.")
    code: str = Field(default="", pattern=r"^[0-9]{0,12}$", description="The first digits of the code.")

    @property
    def wanted(self) -> units.Wanted:
        """The question; raises `UnknownLine`."""
        return units.Wanted(self.under, lines.number(self.line), self.name.strip(), self.code)


class OfCut(Parameters):
    """Parameters of /v1/cut."""

    known_at: Moment | None = Field(default=None, description=KNOWN_AT)
    heads: bool = Field(default=False, description="Also the chain of every stream at the cut.")


class OfUnit(Parameters):
    """Parameters of /v1/closings."""

    unit: UnitText = Field(description=UNIT)


class OfRestatements(Paged):
    """Parameters of /v1/restatements."""

    unit: UnitText = Field(description=UNIT)


class Between(Parameters):
    """Parameters of /v1/between."""

    unit: UnitText = Field(description=UNIT)
    figure: Word = Field(description="Id of the catalogue.")
    last: Day = Field(alias="to", description="The last day of the figure.")
    since: str = Field(max_length=4096, description="The earlier cut.")
    until: str = Field(default="", max_length=4096, description="The later cut; now, if left out.")


class OfDeclared(Parameters):
    """Parameters of /v1/declared."""

    unit: UnitText = Field(description=UNIT)
    first: Day = Field(alias="from", description="First day, Asia/Shanghai.")
    last: Day = Field(alias="to", description="Last day: papers for periods that end within are looked at.")


class OfStanding(Paged):
    """Parameters of /v1/reconciliation/standing."""

    unit: str = Field(default="", pattern=r"^([0-9A-Za-z-]{2,36})?$", description=f"{UNIT} Any, if left out.")


class OfReconciliation(Parameters):
    """Parameters of /v1/reconciliation."""

    unit: UnitText = Field(description=UNIT)
    first: Day = Field(alias="from", description="First day, Asia/Shanghai.")
    last: Day = Field(alias="to", description="Last day; papers and closings that end within are looked at.")
    line: Word = Field(default=lines.TERRITORIAL, description=LINE)

    @property
    def asked(self) -> Asked:
        """The question."""
        return Asked(self.unit, self.first, self.last, self.line)
