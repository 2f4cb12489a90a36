"""One answer: the figures of a union for a period, each with its state, all from one snapshot and one cut."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Literal

from services.projection.catalogue import Catalogue, Figure, Metric
from services.projection.queries import additive, distinct
from services.projection.queries.additive import Sum, Totals
from services.projection.queries.breakdown import UNSAID, how, selected
from services.projection.queries.derived import change, share, year_before
from services.projection.queries.incomplete import incomplete
from services.projection.queries.question import Question
from services.projection.queries.refusals import unknown_figure
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Scope, Tree, Window

State = Literal["exact", "no-data", "incomplete"]
BEGINNING_OF_BOOKS = date(1900, 1, 1)


@dataclass(frozen=True, slots=True)
class Measured:
    """A value with the days it covers, None where the state is no-data.

    `parts` are the values of a breakdown, `numerator` and `denominator` those of a rate.
    """

    figure: Figure
    value: int | Decimal | None
    state: State
    first: date
    last: date
    parts: Mapping[str, int] | None = None
    numerator: "Measured | None" = None
    denominator: "Measured | None" = None


@dataclass
class Reading:
    """Reads figures for one question; sums are read once however many figures need them."""

    snapshot: Snapshot
    book: Catalogue
    question: Question
    _totals: dict[tuple[int, date, date], Totals] = field(default_factory=dict)
    _doubtful: frozenset[str] | None = None

    def figure(self, name: str) -> Figure:
        """The catalogue's entry; raises `UnknownFigure` with near matches."""
        if name not in self.book.figures:
            raise unknown_figure(name, self.book.figures)
        return self.book.figures[name]

    def metric(self, figure: Figure) -> Metric:
        """What a figure that is no rate is read from."""
        return self.book.metric(figure.metric or "")

    async def read(self, name: str, by: str = "") -> Measured:
        """The figure for the question's period; raises `UnknownFigure` or `UnknownDimension`."""
        figure = self.figure(name)
        if by:
            how(self.book, figure, by)
        return await self.measured(figure, self.question.first, self.question.last, by)

    async def measured(self, figure: Figure, first: date, last: date, by: str = "") -> Measured:
        """The figure for any period."""
        match figure.kind:
            case "flow" | "stock":
                return await self._additive(figure, first, last, by)
            case "distinct" | "max":
                return await self._of_subjects(figure, first, last, by)
            case "increase":
                return await self._increase(figure, last)
            case "growth":
                return await self._growth(figure, first, last)
            case "target_completion":
                year = date(last.year, 1, 1), date(last.year, 12, 31)
                return await self._rate(figure, (year[0], last), year)
            case "ratio":
                return await self._rate(figure, (first, last), (first, last))

    async def _additive(self, figure: Figure, first: date, last: date, by: str) -> Measured:
        metric = self.metric(figure)
        what, scope = scoped(self.question.scope, metric, first, last)
        combos = selected(figure.where, await self.snapshot.combos())
        parts: Counter[str] = Counter()
        for sign, each in self._terms(figure, what):
            for combo, amount in (await self._sum(scope, each)).items():
                if combo in combos:
                    parts[combos[combo].get(by, UNSAID)] += sign * amount
        state = await self._state(figure, scope, what, parts)
        value = None if state == "no-data" else sum(parts.values())
        return Measured(figure, value, state, what.first, what.last, _parts(by, parts, value))

    def _terms(self, figure: Figure, what: Sum) -> list[tuple[int, Sum]]:
        minus = [(-1, replace(what, metric=self.book.metric(figure.minus)))] if figure.minus else []
        return [(1, what), *minus]

    async def _sum(self, scope: Scope, what: Sum) -> Totals:
        key = what.metric.number, what.first, what.last
        if key not in self._totals:
            self._totals[key] = await additive.totals(self.snapshot, scope, what)
        return self._totals[key]

    async def _state(self, figure: Figure, scope: Scope, what: Sum, parts: Mapping[str, int]) -> State:
        silent = what.metric.zero == "reported" and not any(parts.values())
        if silent and not await additive.reported(self.snapshot, scope, what):
            return "no-data"
        return await self._certain(figure)

    async def _certain(self, figure: Figure) -> State:
        if self._doubtful is None:
            self._doubtful = await incomplete(self.snapshot, self.book, self.question.cut)
        return "incomplete" if {figure.metric, figure.minus} & self._doubtful else "exact"

    async def _of_subjects(self, figure: Figure, first: date, last: date, by: str) -> Measured:
        read = distinct.counted if figure.kind == "distinct" else distinct.largest
        metric = self.metric(figure)
        what, scope = scoped(self.question.scope, metric, first, last)
        window = additive.window_of(scope, what)
        combos = selected(figure.where, await self.snapshot.combos())

        async def count(value_of: Callable[[Mapping[str, str]], str]) -> dict[str, int]:
            values = {key: value_of(dims) for key, dims in combos.items()}
            return await read(self.snapshot, scope, metric, window, values)

        value = (await count(lambda _: UNSAID)).get(UNSAID, 0)
        parts = await count(lambda dims: dims.get(by, UNSAID)) if by else None
        state = await self._certain(figure)
        return Measured(figure, value, state, what.first, what.last, parts)

    async def _growth(self, figure: Figure, first: date, last: date) -> Measured:
        of = self.figure(figure.of or "")
        now = await self.measured(of, first, last)
        before = await self.measured(of, year_before(first), year_before(last))
        value = None
        if isinstance(now.value, int) and isinstance(before.value, int) and before.value > 0:
            value = change(now.value, before.value, figure.scale, figure.decimals)
        return Measured(figure, value, _joint(value, now, before), first, last, None, now, before)

    async def _increase(self, figure: Figure, last: date) -> Measured:
        of = self.figure(figure.of or "")
        numbers = await self.numbers(figure, last)
        if not numbers:
            return Measured(figure, None, "no-data", BEGINNING_OF_BOOKS, last)
        now, before = [
            await self.measured(of_number(of, figure, n), BEGINNING_OF_BOOKS, last) for n in numbers
        ]
        value = None
        if isinstance(now.value, int) and isinstance(before.value, int):
            value = now.value - before.value
        return Measured(figure, value, _joint(value, now, before), now.first, last, None, now, before)

    async def numbers(self, figure: Figure, last: date) -> tuple[int, int] | None:
        """The last number of the breakdown that an increase is over, and the one before it, if there."""
        whole = await self.measured(self.figure(figure.of or ""), BEGINNING_OF_BOOKS, last, figure.over or "")
        known = {int(label) for label in whole.parts or () if label.isdecimal()}
        latest = max(known, default=0)
        return (latest, latest - 1) if latest - 1 in known else None

    async def _rate(self, figure: Figure, part: tuple[date, date], whole: tuple[date, date]) -> Measured:
        above = await self.measured(self.figure(figure.numerator or ""), *part)
        below = await self.measured(self.figure(figure.denominator or ""), *whole)
        value = None
        if isinstance(above.value, int) and isinstance(below.value, int) and below.value > 0:
            value = share(above.value, below.value, figure.scale, figure.decimals)
        return Measured(figure, value, _joint(value, above, below), *part, None, above, below)


def of_number(of: Figure, increase: Figure, number: int) -> Figure:
    """The figure for one number of the breakdown alone."""
    return of.model_copy(update={"where": {**of.where, increase.over or "": (str(number),)}})


def scoped(scope: Scope, metric: Metric, first: date, last: date) -> tuple[Sum, Scope]:
    """What to add up over which units: a target is one unit's own, for the whole year of the cut-off."""
    if metric.target:
        alone = replace(scope, tree=Tree.ALONE, basis="as-was", rolled=None)
        return Sum(metric, date(last.year, 1, 1), date(last.year, 12, 31)), alone
    if metric.kind == "stock":
        return additive.stock(metric, last), scope
    return additive.flow(metric, first, last), scope


def window(scope: Scope, metric: Metric, first: date, last: date) -> tuple[Window, Scope]:
    """The facts behind the sum."""
    what, narrowed = scoped(scope, metric, first, last)
    return additive.window_of(narrowed, what), narrowed


def _parts(by: str, parts: Mapping[str, int], value: int | None) -> Mapping[str, int] | None:
    if not by or value is None:
        return None
    return {name: amount for name, amount in parts.items() if amount}


def _joint(value: int | Decimal | None, *parts: Measured) -> State:
    if value is None:
        return "no-data"
    return "incomplete" if any(part.state == "incomplete" for part in parts) else "exact"
