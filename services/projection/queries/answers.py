"""The shapes of answers: documented, versioned with the API, exact numbers beside printed text."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from pydantic import BaseModel, Field

from services.projection.catalogue import Figure, load
from services.projection.catalogue.model import How
from services.projection.queries import display
from services.projection.queries.breakdown import label
from services.projection.queries.measured import Measured, State
from services.projection.queries.rounding import Qualifier, Rounding, rounded
from services.projection.queries.units import Unit

Style = Literal["count", "money", "percent", "number", "rank"]
CUT = "How far each stream was known; give it back as `cut` to get the same figures again."


class UnitAnswer(BaseModel):
    """A union as it is known now. `level`: 1 province … 8 group; null while only its id is known."""

    id: UUID
    level: int | None
    kind: str | None
    form: str | None
    name: str | None
    division: str | None = Field(description="National statistics code, 12 digits.")
    status: str
    established: date | None
    ended: date | None
    successor: UUID | None = Field(description="The union it was merged into.")


class PartAnswer(BaseModel):
    """One part of a breakdown."""

    value: str
    label: str
    label_en: str
    amount: int
    display: str


class BreakdownAnswer(BaseModel):
    """`partition`: the parts sum to the figure; `overlap`: they do not; `partial`: some are in none.

    `unit-changing`: they count something else, told in `unit`.
    """

    dimension: str
    how: How
    unit: str
    parts: list[PartAnswer]


class TermAnswer(BaseModel):
    """What a rate is made of."""

    figure: str
    label: str
    label_en: str
    unit: str
    print: Style
    value: int | str | None
    display: str
    state: State
    first: date = Field(alias="from")
    last: date = Field(alias="to")


class RoundedAnswer(BaseModel):
    """The round form a caller chose: the number printed, its qualifier, and both as they are printed."""

    value: int | str
    qualifier: Qualifier
    display: str


class FigureAnswer(BaseModel):
    """One figure. `value`: an integer (money in fen), or decimal text for a rate; null for no-data.

    `incomplete`: an event that may move it waits unread. `from` and `to` are the days it covers; for a stock
    only `to` matters.
    """

    id: str
    label: str
    label_en: str
    kind: str
    unit: str
    print: Style
    population: str
    value: int | str | None
    display: str = Field(description="As Chinese work summaries print it; 无数据 when there is no data.")
    state: State
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    numerator: TermAnswer | None = None
    denominator: TermAnswer | None = None
    by: BreakdownAnswer | None = None
    rounded: RoundedAnswer | None = Field(
        default=None, description="With `round`; null where the step does not fit or nothing is known."
    )


class FiguresAnswer(BaseModel):
    """Figures of one union at one cut."""

    cut: str = Field(description=CUT)
    unit: UnitAnswer
    line: str
    basis: str
    known_at: datetime | None = None
    provisional: bool = Field(description="An event numbered before `known_at` may still arrive.")
    figures: list[FigureAnswer]


class FactAnswer(BaseModel):
    """One fact behind a figure, with its event: stream and number name the record on Kafka."""

    unit: UUID
    unit_name: str | None
    day: date
    amount: int
    display: str
    dims: dict[str, str]
    subject: UUID | None
    event: UUID | None
    type: str
    topic: str
    stream: int
    sequence: int
    recorded: datetime | None
    sequenced: datetime
    actor: str | None
    correlation: UUID | None


class TraceAnswer(BaseModel):
    """A page of the facts behind a figure; over all pages the amounts add up to `value`.

    Not so for a figure that counts subjects once (`adds_up` is false).
    """

    cut: str = Field(description=CUT)
    unit: UnitAnswer
    figure: str
    label: str
    label_en: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    value: int | None
    display: str
    adds_up: bool
    facts: list[FactAnswer]
    next: str = Field(description="Cursor of the next page, empty on the last one.")


class EventAnswer(BaseModel):
    """One event of the trail; `chain` is its link in lower-case hex.

    `note` says so where an event could not be read and was dropped: `actor` is then who dropped it.
    """

    id: UUID | None
    type: str
    unit: UUID
    unit_name: str | None
    subject: UUID | None
    version: int | None
    day: date
    recorded: datetime
    sequenced: datetime
    actor: str | None
    correlation: UUID | None
    topic: str
    stream: int
    sequence: int
    chain: str
    note: str | None = None


class TrailAnswer(BaseModel):
    """A page of the trail, newest first."""

    cut: str = Field(description=CUT)
    unit: UnitAnswer
    events: list[EventAnswer]
    next: str


class UnitPlaceAnswer(BaseModel):
    """A union and those above it on the territorial line today, root first."""

    unit: UnitAnswer
    above: list[UnitAnswer]


class UnitsAnswer(BaseModel):
    """A page of unions in the order of level and division code."""

    units: list[UnitAnswer]
    next: str


class CutAnswer(BaseModel):
    """How far the figures go; `provisional` as in an answer of figures."""

    cut: str = Field(description=CUT)
    provisional: bool
    lanes: dict[str, int] = Field(
        description="The last number of every stream, as topic/stream.", examples=[{"union.finance/7": 93}]
    )
    heads: dict[str, str] = Field(
        default={}, description="The chain at that number in lower-case hex, of streams that have events."
    )


def unit_answer(unit: Unit) -> UnitAnswer:
    """Without the projection's own key."""
    return UnitAnswer.model_validate(unit, from_attributes=True)


def figure_answer(
    measured: Measured, breakdown: BreakdownAnswer | None, chosen: Rounding | None = None
) -> FigureAnswer:
    """The figure with its printed form, and the round one if a rounding is chosen."""
    figure = measured.figure
    return FigureAnswer.model_validate(
        _common(measured)
        | {
            "id": figure.id,
            "kind": figure.kind,
            "population": figure.population,
            "numerator": term_answer(measured.numerator),
            "denominator": term_answer(measured.denominator),
            "by": breakdown,
            "rounded": _rounded(measured, chosen),
        }
    )


def breakdown_answer(measured: Measured, dimension: str, how: How) -> BreakdownAnswer | None:
    """The parts in the order of their size, None when there are none to show."""
    if measured.parts is None:
        return None
    parts = sorted(measured.parts.items(), key=lambda part: (-abs(part[1]), part[0]))
    of = measured.parts_of or measured.figure
    return BreakdownAnswer(
        dimension=dimension, how=how, unit=of.unit, parts=[_part(of, dimension, *part) for part in parts]
    )


def _part(of: Figure, dimension: str, value: str, amount: int) -> PartAnswer:
    zh, en = label(load().dims[dimension], value)
    return PartAnswer(value=value, label=zh, label_en=en, amount=amount, display=display.printed(of, amount))


def _rounded(measured: Measured, chosen: Rounding | None) -> dict[str, Any] | None:
    found = rounded(measured.figure, measured.value, chosen) if chosen else None
    if found is None:
        return None
    return {"value": _exact(found.value), "qualifier": found.qualifier, "display": found.display}


def _exact(value: int | Decimal | None) -> int | str | None:
    return str(value) if isinstance(value, Decimal) else value


def term_answer(measured: Measured | None) -> dict[str, Any] | None:
    """A figure as a part of another answer."""
    if measured is None:
        return None
    return _common(measured) | {"figure": measured.figure.id}


def _common(measured: Measured) -> dict[str, Any]:
    return {
        "label": measured.figure.zh,
        "label_en": measured.figure.en,
        "unit": measured.figure.unit,
        "print": measured.figure.print,
        "value": _exact(measured.value),
        "display": display.printed(measured.figure, measured.value),
        "state": measured.state,
        "from": measured.first,
        "to": measured.last,
    }
