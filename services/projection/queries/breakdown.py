"""Breakdowns: which parts a figure can be told apart by, and what each part is called."""

from collections.abc import Collection, Mapping

from services.projection.catalogue import Catalogue, Figure, Metric
from services.projection.catalogue.model import Dim, How
from services.projection.queries.refusals import UnknownDimension
from services.projection.queries.snapshot import Dims
from shared.catalogues import Labelled, catalogue_of

WORDS = "words"
UNSAID = ""


def selected(where: Mapping[str, Collection[str]], combos: Mapping[int, Dims]) -> dict[int, Dims]:
    """The combos that pass a figure's filter."""
    return {
        key: dims
        for key, dims in combos.items()
        if all(dims.get(name, UNSAID) in allowed for name, allowed in where.items())
    }


def metric_of(book: Catalogue, figure: Figure) -> Metric | None:
    """The metric a figure reads by itself; None for one that is computed from others."""
    return book.metric(figure.metric) if figure.metric is not None else None


def hows(book: Catalogue, figure: Figure) -> dict[str, How]:
    """The breakdowns of a figure; those of its metric, and those that change the unit."""
    metric = metric_of(book, figure)
    changing: dict[str, How] = dict.fromkeys(figure.breaks_into, "unit-changing")
    return {**(metric.dims if metric else {}), **changing}


def how(book: Catalogue, figure: Figure, dimension: str) -> How:
    """Whether the parts sum to the whole; raises `UnknownDimension`."""
    known = hows(book, figure)
    if dimension not in known:
        raise UnknownDimension(dimension, figure.id, known)
    return known[dimension]


def label(dimension: Dim, value: str) -> tuple[str, str]:
    """The Chinese and the English name of a part; as it is where no catalogue has it: numbers, years."""
    if value == UNSAID:
        return "未注明", "not stated"
    entry = catalogue_of(dimension.labels or WORDS, Labelled).get(value)
    return (entry.zh, entry.en) if entry else dimension.names.get(value, (value, value))
