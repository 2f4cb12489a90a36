"""Templates against the catalogue: every fault with file, line and remedy, before anything is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from unionstream.summary.facts import Entry
from unionstream.summary.faults import TemplateFault
from unionstream.summary.located import Located
from unionstream.summary.phrases import PLAIN_WORDS, lines, parse
from unionstream.summary.templates import (
    POPULATIONS,
    Book,
    ChartWanted,
    Clause,
    Compared,
    PartWanted,
    TableWanted,
)

Catalogue = dict[str, Entry]
WITHOUT_WORD = ("money", "percent", "rank")
RATES = ("target_completion", "ratio")


def check(book: Book, catalogue: Catalogue) -> None:
    """Raises the first fault; a population without translation is printed as the catalogue has it."""
    for fault in faults(book, catalogue):
        if fault.file != POPULATIONS:
            raise fault


def faults(book: Book, catalogue: Catalogue) -> Iterator[TemplateFault]:
    """All of them, in the order of the files."""
    for text in (book.frame.title, book.frame.title_of_part, book.frame.subtitle):
        yield from _phrase(text, {})
    unused = {name for name in book.raw if name.startswith("sections/")} - {
        f"sections/{name}.yaml" for name in book.sections
    }
    for name in sorted(unused & set(book.changed)):
        yield TemplateFault(
            name, "summary.yaml does not list this section", "Add its name to `sections` there, or remove it."
        )
    for section in book.sections.values():
        for part in section.parts:
            yield from _part(book, part, catalogue)


def _population(book: Book, figure: str, catalogue: Catalogue) -> Iterator[TemplateFault]:
    entry = catalogue.get(figure)
    if entry and entry.population not in book.populations:
        yield TemplateFault(
            POPULATIONS,
            f"nothing says in Chinese what {figure} counts: {entry.population}",
            "Add these words and their translation as a line.",
        )


def figures(book: Book) -> set[str]:
    """Every figure that some level may print."""
    found: set[str] = set()
    for section in book.sections.values():
        for part in section.parts:
            found |= set(_figures_of(part))
    return found


def _part(book: Book, part: PartWanted, catalogue: Catalogue) -> Iterator[TemplateFault]:
    for sentence in part.say:
        for clause in sentence.clauses:
            yield from _clause(clause, catalogue)
    for table in part.tables:
        yield from _table(table, catalogue)
    for chart in part.charts:
        yield from _chart(chart, catalogue)
    for figure in _figures_of(part):
        yield from _word(book, figure, catalogue)
        yield from _population(book, figure, catalogue)


def _clause(clause: Clause, catalogue: Catalogue) -> Iterator[TemplateFault]:
    yield from _phrase(clause.say, catalogue)
    yield from _known(clause.needs, catalogue)
    if clause.compare:
        yield from _compared(clause.compare, clause.say, catalogue)
    if clause.target:
        yield from _target(clause.target, catalogue)
    if clause.by:
        yield from _by(clause, clause.by, catalogue)
    if clause.zero is not None:
        yield from _zero(clause, clause.zero, catalogue)
    for item in clause.among:
        yield from _clause(item, catalogue)


def _compared(compared: Compared, say: Located, catalogue: Catalogue) -> Iterator[TemplateFault]:
    if (compared.figure is None) == (compared.growth is None):
        yield TemplateFault(say, "`compare` names no figure, or two", "Give `figure` or `growth`.")
    yield from _known([each for each in (compared.figure, compared.growth) if each], catalogue)
    entry = catalogue.get(compared.growth or "")
    if compared.growth and entry and entry.kind != "growth":
        yield TemplateFault(compared.growth, f"{compared.growth} is no growth", "Name it as `figure`.")


def _target(target: Located, catalogue: Catalogue) -> Iterator[TemplateFault]:
    yield from _known((target,), catalogue)
    entry = catalogue.get(target)
    if entry and entry.kind not in RATES:
        yield TemplateFault(
            target, f"{target} is no completion of a target", f"Name a figure of kind {' or '.join(RATES)}."
        )


def _by(clause: Clause, by: Located, catalogue: Catalogue) -> Iterator[TemplateFault]:
    needed = parse(clause.say).needed
    if not needed:
        yield TemplateFault(by, "`by` breaks down the first figure of `say`, and there is none", "Print one.")
    else:
        yield from _dimension(by, needed[0], catalogue)


def _dimension(by: Located, figure: str, catalogue: Catalogue) -> Iterator[TemplateFault]:
    entry = catalogue.get(figure)
    if entry and by not in entry.dims:
        known = f"One of: {', '.join(entry.dims)}." if entry.dims else "Take `by` away."
        yield TemplateFault(by, f"{figure} has no breakdown {by}", known)


def _zero(clause: Clause, zero: Located, catalogue: Catalogue) -> Iterator[TemplateFault]:
    yield from _phrase(zero, {})
    needed = parse(clause.say).needed
    entry = catalogue.get(needed[0]) if needed else None
    if entry and entry.zero != "reported" and not clause.needs:
        yield TemplateFault(
            zero,
            f"nobody reports that there was no {entry.id}: it would be said of a unit that recorded nothing",
            "Name in `needs` the figure without whose facts it shall not be said, or take `zero` away.",
        )


def _table(table: TableWanted, catalogue: Catalogue) -> Iterator[TemplateFault]:
    yield from _one_way(
        table.caption, (bool(table.rows), bool(table.by and table.figure), bool(table.children))
    )
    figures = (*table.rows, *((table.figure,) if table.figure else ()), *table.beside, *table.children)
    yield from _known(figures, catalogue)
    for figure in (table.figure, *table.beside):
        if table.by and figure:
            yield from _dimension(table.by, figure, catalogue)


def _chart(chart: ChartWanted, catalogue: Catalogue) -> Iterator[TemplateFault]:
    yield from _one_way(
        chart.caption, (bool(chart.rows), bool(chart.by and chart.figure), bool(chart.children))
    )
    named = [figure for figure in (chart.figure, chart.children, *chart.rows) if figure]
    yield from _known(named, catalogue)
    if chart.by and chart.figure:
        yield from _dimension(chart.by, chart.figure, catalogue)
    counted = {catalogue[row].counted for row in chart.rows if row in catalogue}
    if len(counted) > 1:
        yield TemplateFault(
            chart.rows[0], f"one chart shows {', '.join(sorted(counted))}", "Make a chart for each."
        )


def _one_way(caption: Located, ways: tuple[bool, bool, bool]) -> Iterator[TemplateFault]:
    if sum(ways) != 1:
        yield TemplateFault(
            caption, "it shows nothing, or two things", "Give `rows`, or `figure` with `by`, or `children`."
        )


def _phrase(text: Located, catalogue: Catalogue) -> Iterator[TemplateFault]:
    try:
        phrase = parse(text)
    except TemplateFault as fault:
        yield fault
        return
    places = lines(text)
    yield from _known((places[name] for name in phrase.figures), catalogue)


def _known(names: Iterable[Located], catalogue: Catalogue) -> Iterator[TemplateFault]:
    for name in names:
        if name not in catalogue:
            near = get_close_matches(name, [*catalogue, *PLAIN_WORDS], n=3, cutoff=0.5)
            remedy = (
                f"Did you mean {', '.join(near)}?" if near else "See `unionstream summary --list-figures`."
            )
            yield TemplateFault(name, f"there is no figure or word {name}", remedy)


def _word(book: Book, figure: str, catalogue: Catalogue) -> Iterator[TemplateFault]:
    entry = catalogue.get(figure)
    if entry and entry.style not in WITHOUT_WORD and not book.word(figure, entry.counted):
        yield TemplateFault(
            "summary.yaml",
            f"{figure} counts {entry.counted}, which has no measure word",
            f"Add it to `words`, or {figure} to `words_of`.",
        )


def _figures_of(part: PartWanted) -> Iterator[str]:
    for sentence in part.say:
        for clause in sentence.clauses:
            yield from _figures_of_clause(clause)
    for table in part.tables:
        yield from (str(each) for each in (*table.rows, table.figure, *table.beside, *table.children) if each)
    for chart in part.charts:
        yield from (str(each) for each in (*chart.rows, chart.figure, chart.children) if each)


def _figures_of_clause(clause: Clause) -> Iterator[str]:
    try:
        yield from parse(clause.say).figures
    except TemplateFault:
        return
    yield from map(str, clause.needs)
    if clause.compare:
        yield str(clause.compare.figure or clause.compare.growth)
    if clause.target:
        yield str(clause.target)
    for item in clause.among:
        yield from _figures_of_clause(item)
