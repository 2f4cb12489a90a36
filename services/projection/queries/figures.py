"""One answer: the figures of a union for a period, each with its state, all from one snapshot and one cut."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from services.projection.catalogue import Catalogue, Figure, Metric
from services.projection.queries import additive, distinct
from services.projection.queries.additive import Sum, Totals
from services.projection.queries.breakdown import UNSAID, how, selected
from services.projection.queries.derived import Quotient, of_target, share, year_before
from services.projection.queries.distinct import Subjects
from services.projection.queries.foreseen import BEGINNING_OF_BOOKS, needs
from services.projection.queries.growing import growth
from services.projection.queries.incomplete import incomplete
from services.projection.queries.measured import Measured, State, joint
from services.projection.queries.question import Question
from services.projection.queries.refusals import unknown_figure
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.subtree import Scope, Tree, Window

# What is read subject by subject.
READ = {"distinct": distinct.counted, "max": distinct.largest, "largest_each": distinct.largest_each}


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
        figure, days = self.figure(name), (self.question.first, self.question.last)
        if by and how(self.book, figure, by) == "unit-changing":
            other = self.figure(figure.breaks_into[by])
            whole, parts = await self.measured(figure, *days), await self.measured(other, *days, by)
            return replace(whole, parts=parts.parts, parts_of=other)
        return await self.measured(figure, *days, by)

    async def foresee(self, names: Iterable[str]) -> None:
        """Read the sums that these figures need for the question's period together; unknown ones are left."""
        figures = [self.book.figures[name] for name in names if name in self.book.figures]
        together: defaultdict[Scope, dict[tuple[int, date, date], Sum]] = defaultdict(dict)
        for metric, first, last in needs(self.book, figures, self.question.first, self.question.last):
            what, scope = scoped(self.question.scope, metric, first, last)
            together[scope][_key(what)] = what
        for scope, sums in together.items():
            found = await additive.totals(self.snapshot, scope, list(sums.values()))
            self._totals.update(zip(sums, found, strict=True))

    async def measured(self, figure: Figure, first: date, last: date, by: str = "") -> Measured:
        """The figure for any period."""
        match figure.kind:
            case "flow" | "stock":
                return await self._additive(figure, first, last, by)
            case "distinct" | "max" | "largest_each":
                return await self._of_subjects(figure, first, last, by)
            case "rank":
                return await self._rank(figure, first, last, by)
            case "increase":
                return await self._increase(figure, last)
            case "growth":
                return await growth(self, figure, first, last)
            case "ratio" | "target_completion" | "target_over" | "target_remaining":
                return await self._rate(figure, first, last)

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
        return Measured(figure, value, state, *_shown(what), _parts(by, parts, value))

    async def _rank(self, figure: Figure, first: date, last: date, by: str) -> Measured:
        what, scope = scoped(self.question.scope, self.metric(figure), first, last)
        combos = selected(figure.where, await self.snapshot.combos())
        left: Counter[tuple[str, int]] = Counter()
        for combo, amount in (await self._sum(scope, what)).items():
            number = combos.get(combo, {}).get(figure.over or "", UNSAID)
            if number.isdecimal():
                left[combos[combo].get(by, UNSAID), int(number)] += amount
        ranks = sorted((number, part) for (part, number), amount in left.items() if amount > 0)
        parts = {part: number for number, part in reversed(ranks)} if by else None
        if not ranks:
            return Measured(figure, None, "no-data", what.first, what.last)
        return Measured(figure, ranks[0][0], await self._certain(figure), what.first, what.last, parts)

    def _terms(self, figure: Figure, what: Sum) -> list[tuple[int, Sum]]:
        minus = [(-1, replace(what, metric=self.book.metric(figure.minus)))] if figure.minus else []
        return [(1, what), *minus]

    async def _sum(self, scope: Scope, what: Sum) -> Totals:
        key = _key(what)
        if key not in self._totals:
            [self._totals[key]] = await additive.totals(self.snapshot, scope, [what])
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
        read = READ[figure.kind]
        what, scope = scoped(self.question.scope, self.metric(figure), first, last)
        combos = selected(figure.where, await self.snapshot.combos())

        async def count(value_of: Callable[[Mapping[str, str]], str]) -> dict[str, int]:
            values = {key: value_of(dims) for key, dims in combos.items()}
            return await read(self.snapshot, scope, Subjects(what, values))

        value = (await count(lambda _: UNSAID)).get(UNSAID)
        if value is None and what.metric.zero == "reported":
            return Measured(figure, None, "no-data", what.first, what.last)
        parts = await count(lambda dims: dims.get(by, UNSAID)) if by else None
        state = await self._certain(figure)
        return Measured(figure, value or 0, state, what.first, what.last, parts)

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
        return Measured(figure, value, joint(value, now, before), now.first, last, None, now, before)

    async def numbers(self, figure: Figure, last: date) -> tuple[int, int] | None:
        """The last number of the breakdown that an increase is over, and the one before it, if there."""
        whole = await self.measured(self.figure(figure.of or ""), BEGINNING_OF_BOOKS, last, figure.over or "")
        known = {int(label) for label in whole.parts or () if label.isdecimal()}
        latest = max(known, default=0)
        return (latest, latest - 1) if latest - 1 in known else None

    async def _rate(self, figure: Figure, first: date, last: date) -> Measured:
        if figure.kind != "ratio":
            return await self._of_target(figure, last)
        above = await self.measured(self.figure(figure.numerator or ""), first, last)
        below = await self.measured(self.figure(figure.denominator or ""), first, last)
        value = None
        if isinstance(above.value, int) and isinstance(below.value, int) and below.value > 0:
            value = share(above.value, below.value, figure.scale, figure.decimals)
        return Measured(figure, value, joint(value, above, below), first, last, None, above, below)

    async def _of_target(self, figure: Figure, last: date) -> Measured:
        first = date(last.year, 1, 1)
        done = await self.measured(self.figure(figure.numerator or ""), first, last)
        task = await self.measured(self.figure(figure.denominator or ""), first, last)
        value = of_target(figure, quotient(done), task.value if isinstance(task.value, int) else None)
        return Measured(figure, value, joint(value, done, task), first, last, None, done, task)


def quotient(done: Measured) -> Quotient | None:
    """What was done, exactly: a rate as the quotient it is, in its own scale; None without data."""
    if isinstance(done.value, int):
        return Quotient(done.value, 1)
    above, below = done.numerator, done.denominator
    if above is None or below is None or not isinstance(above.value, int) or not isinstance(below.value, int):
        return None
    return Quotient(above.value * done.figure.scale, below.value) if below.value > 0 else None


def _key(what: Sum) -> tuple[int, date, date]:
    return what.metric.number, what.first, what.last


def of_number(of: Figure, increase: Figure, number: int) -> Figure:
    """The figure for one number of the breakdown alone."""
    return of.model_copy(update={"where": {**of.where, increase.over or "": (str(number),)}})


def scoped(scope: Scope, metric: Metric, first: date, last: date) -> tuple[Sum, Scope]:
    """What to add up over which units: a target is one unit's own, of a year in which the cut-off lies.

    Its facts lie on the first day of that year, which lasts twelve months in every calendar.
    """
    if metric.target:
        alone = replace(scope, tree=Tree.ALONE, basis="as-was", rolled=None)
        return Sum(metric, year_before(last) + timedelta(1), last), alone
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


def _shown(what: Sum) -> tuple[date, date]:
    if what.metric.target:
        return date(what.last.year, 1, 1), date(what.last.year, 12, 31)
    return what.first, what.last
