"""From what a person asks for to the built summary."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from unionstream.summary import asking, building, checking, facts, freezing, writing
from unionstream.summary import templates as shapes
from unionstream.summary.asking import Service, View
from unionstream.summary.building import Asked
from unionstream.summary.facts import Period
from unionstream.summary.faults import ModelUnusable, PeriodUnusable, UnknownSection
from unionstream.summary.model import Summary, loaded
from unionstream.summary.templates import Book

Told = Callable[[int, int], None]


@dataclass(frozen=True)
class Wish:
    """As it was typed in; days may be empty."""

    named: str
    year: int | None
    first: str = ""
    last: str = ""
    last_of: tuple[str, ...] = ()
    view: View = field(default_factory=View)

    def of(self, unit: str, today: date) -> Asking:
        """Checked and filled in; raises PeriodUnusable."""
        if not self.named:
            raise PeriodUnusable(
                "No union is named.", "Name one: its division code, a part of its name, or its id."
            )
        if self.year is None:
            raise PeriodUnusable("The year is missing.", "Give it with --year 2026.")
        period = building.whole_year(self.year, today)
        first = day(self.first, "--from") if self.first else period.first
        last = day(self.last, "--to") if self.last else period.last
        return Asking(
            unit, self.year, _period(self.year, first, last, today), self._ends(first, today), self.view
        )

    def _ends(self, first: date, today: date) -> dict[str, Period]:
        ends = {}
        for each in self.last_of:
            section, equals, text = each.partition("=")
            if not equals:
                raise PeriodUnusable(f"--to-of {each!r} names no day.", "Write it as finance=2018-10-25.")
            ends[section] = _period(self.year or 0, first, day(text, "--to-of"), today)
        return ends


@dataclass(frozen=True)
class Asking:
    """A unit by its id or code, and its days."""

    unit: str
    year: int
    period: Period
    periods: dict[str, Period]
    view: View


@dataclass(frozen=True)
class Sources:
    """Where facts come from; without `affairs` there is no narrative."""

    projection: Service
    affairs: Service | None
    base: str


def templates(folder: Path | None) -> Book:
    """The templates; raises TemplateFault and TemplateMissing."""
    return shapes.load(folder)


def files(outs: list[Path], *, needed: bool) -> list[Path]:
    """Where to write; raises PathUnusable and UnknownEnding before any work is done."""
    if needed and not outs:
        raise PeriodUnusable("No file is named.", "Give one with --out 总结.docx (or .html, .md, .json).")
    for path in outs:
        writing.usable(path)
    return outs


def stored(path: Path) -> Summary:
    """The model in a file; raises ModelUnusable."""
    try:
        return loaded(path.read_bytes())
    except OSError as error:
        raise ModelUnusable(
            f"{path} cannot be read.", "Give a file that was written with --out FILE.json."
        ) from error


def frozen(affairs: Service, summary: str) -> Summary:
    """As affairs keeps it; raises Refused and ModelUnusable."""
    return freezing.frozen(affairs, summary)


def built(book: Book, wish: Asking, sources: Sources, told: Told) -> Summary:
    """Asks at one cut and builds; raises SummaryFault."""
    unknown = wish.periods.keys() - book.sections.keys()
    if unknown:
        raise UnknownSection(
            f"There is no section {', '.join(sorted(unknown))}.", f"Sections are {', '.join(book.sections)}."
        )
    known = asking.begun(sources.projection, wish.unit, wish.view)
    checking.check(book, known.catalogue)
    asked = Asked(wish.year, wish.period, sources.base, wish.periods)
    questions = facts.wanted(book, known, {name: asked.of(name) for name in book.sections})
    asking.existing(sources.projection, known, wish.period)
    asking.answered(sources.projection, known, questions, told)
    if sources.affairs is not None:
        known.narratives = asking.narratives_of(sources.affairs, str(known.union["id"]), wish.year)
    return building.build(book, known, asked)


def day(text: str, option: str) -> date:
    """2018-10-31; raises PeriodUnusable."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise PeriodUnusable(f"{option} {text!r} is no day.", "Write a day as 2018-10-31.") from error


def _period(year: int, first: date, last: date, today: date) -> Period:
    if first > last:
        raise PeriodUnusable(f"The period begins on {first} after it ends on {last}.", "Swap the two days.")
    if year not in (first.year, last.year):
        raise PeriodUnusable(
            f"No day of {year} begins or ends the period from {first} to {last}.",
            f"Give days of {year}, or --year {last.year}.",
        )
    if first > today:
        raise PeriodUnusable(f"The period begins on {first}, after today, {today}.", f"Ask up to {today}.")
    return Period(first, last)
