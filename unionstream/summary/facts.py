"""What a summary asks, and the answers it is built from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from unionstream.summary.phrases import parse
from unionstream.summary.templates import Book, Clause, PartWanted, SectionWanted
from unionstream.summary.wording import year_before

Answer = dict[str, Any]


@dataclass(frozen=True, order=True)
class Period:
    """The days of a section, both included."""

    first: date
    last: date

    @property
    def before(self) -> Period:
        """The same days a year earlier."""
        return Period(year_before(self.first), year_before(self.last))


@dataclass(frozen=True, order=True)
class Wanted:
    """One figure of one unit; `by` is a breakdown or empty, `round` a rounding or empty."""

    unit: str
    period: Period
    by: str
    figure: str
    round: str = ""


@dataclass(frozen=True)
class Child:
    """A unit directly below."""

    id: str
    name: str


@dataclass(frozen=True)
class Entry:
    """What the catalogue says of a figure."""

    id: str
    label: str
    kind: str
    counted: str
    style: str
    population: str
    dims: tuple[str, ...]
    zero: str


@dataclass
class Facts:
    """Answers by question. What was refused because the unit was not there yet has no answer."""

    cut: str
    lanes: dict[str, int]
    heads: dict[str, str]
    provisional: bool
    line: str
    basis: str
    union: Answer
    catalogue: dict[str, Entry]
    children: tuple[Child, ...] = ()
    narratives: tuple[Answer, ...] = ()
    answers: dict[Wanted, Answer] = field(default_factory=dict)

    @property
    def level(self) -> int:
        """1 province … 8 group; a union whose level is not known yet is treated as a grassroots one."""
        return int(self.union["level"] or 6)

    def answer(self, wanted: Wanted) -> Answer | None:
        """None where the unit had not been established."""
        return self.answers.get(wanted)


def wanted(book: Book, facts: Facts, periods: dict[str, Period]) -> list[Wanted]:
    """Every question of the sections that a unit of this level writes, each once."""
    found: dict[Wanted, None] = {}
    unit = str(facts.union["id"])
    for name, section in book.sections.items():
        if section.at(facts.level):
            for each in _of_section(section, facts, unit, periods[name]):
                found[each] = None
    return list(found)


def _of_section(section: SectionWanted, facts: Facts, unit: str, period: Period) -> Iterator[Wanted]:
    for part in section.parts:
        if part.at(facts.level):
            yield from _of_sentences(part, facts.level, unit, period)
            yield from _of_tables(part, facts, unit, period)


def _of_sentences(part: PartWanted, level: int, unit: str, period: Period) -> Iterator[Wanted]:
    for sentence in part.say:
        if sentence.at(level):
            for clause in sentence.clauses:
                yield from _of_clause(clause, level, unit, period)


def _of_clause(clause: Clause, level: int, unit: str, period: Period) -> Iterator[Wanted]:
    if not clause.at(level):
        return
    phrase = parse(clause.say)
    yield from (Wanted(unit, period, "", name) for name in (*phrase.figures, *clause.needs))
    if clause.round:
        yield from (Wanted(unit, period, "", name, str(clause.round)) for name in phrase.figures)
    if clause.by:
        yield Wanted(unit, period, str(clause.by), phrase.needed[0])
    if clause.target:
        yield Wanted(unit, period, "", str(clause.target))
    if clause.compare and clause.compare.growth:
        yield Wanted(unit, period, "", str(clause.compare.growth))
    elif clause.compare:
        yield Wanted(unit, period, "", str(clause.compare.figure))
        yield Wanted(unit, period.before, "", str(clause.compare.figure))
    for item in clause.among:
        yield from _of_clause(item, level, unit, period)


def _of_tables(part: PartWanted, facts: Facts, unit: str, period: Period) -> Iterator[Wanted]:
    for table in part.tables:
        if table.at(facts.level):
            broken = (table.figure, *table.beside) if table.by else ()
            yield from _shown(unit, period, table.rows, (str(table.by or ""), broken))
            yield from _of_children(facts, unit, period, table.children)
    for chart in part.charts:
        if chart.at(facts.level):
            yield from _shown(unit, period, chart.rows, (str(chart.by or ""), (chart.figure,)))
            yield from _of_children(facts, unit, period, (chart.children,) if chart.children else ())


def _shown(
    unit: str, period: Period, rows: Iterable[str], broken: tuple[str, Iterable[str | None]]
) -> Iterator[Wanted]:
    for figure in rows:
        yield Wanted(unit, period, "", figure)
        yield Wanted(unit, period.before, "", figure)
    by, figures = broken
    yield from (Wanted(unit, period, by, figure) for figure in figures if figure and by)


def _of_children(facts: Facts, unit: str, period: Period, figures: Iterable[str]) -> Iterator[Wanted]:
    for figure in figures:
        yield Wanted(unit, period, "", figure)
        yield from (Wanted(child.id, period, "", figure) for child in facts.children)
