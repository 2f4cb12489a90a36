"""Which sums figures are made of, known before any is read: so that many figures take few round trips."""

from collections.abc import Iterable, Iterator
from datetime import date

from services.projection.catalogue import Catalogue, Figure, Metric
from services.projection.queries.growing import days_before

# A metric over days, as a figure asks for it.
Need = tuple[Metric, date, date]

BEGINNING_OF_BOOKS = date(1900, 1, 1)


def needs(book: Catalogue, figures: Iterable[Figure], first: date, last: date) -> Iterator[Need]:
    """Every sum of these figures for a period; what is counted subject by subject needs none."""
    for figure in figures:
        yield from _needs(book, figure, first, last)


def _needs(book: Catalogue, figure: Figure, first: date, last: date) -> Iterator[Need]:
    match figure.kind:
        case "flow" | "stock" | "rank":
            yield from ((book.metric(name), first, last) for name in (figure.metric, figure.minus) if name)
        case "growth":
            of = [book.figure(figure.of or "")]
            yield from needs(book, of, first, last)
            yield from needs(book, of, *days_before(figure, first, last))
        case "increase":
            yield from needs(book, [book.figure(figure.of or "")], BEGINNING_OF_BOOKS, last)
        case "ratio":
            yield from needs(book, _parts(book, figure), first, last)
        case "target_completion" | "target_over" | "target_remaining":
            yield from needs(book, _parts(book, figure), date(last.year, 1, 1), last)
        case _:
            return


def _parts(book: Catalogue, figure: Figure) -> tuple[Figure, Figure]:
    return book.figure(figure.numerator or ""), book.figure(figure.denominator or "")
