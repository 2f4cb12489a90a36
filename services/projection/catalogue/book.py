"""The whole catalogue in memory, checked: every reference resolves, every number is used once."""

from dataclasses import dataclass
from typing import Any

from services.projection.catalogue.model import RATES, Declared, Dim, Figure, Metric
from shared.errors import NotFound
from shared.streams import STREAMS


class CatalogueError(ValueError):
    """The catalogue contradicts itself; the process must not start."""


class UnknownFigure(NotFound):
    """No figure of this id in the catalogue."""

    code = "unknown-figure"


class UnknownMetric(NotFound):
    """No metric of this id in the catalogue."""

    code = "unknown-metric"


@dataclass(frozen=True)
class Catalogue:
    """Everything figures are made of. `moves` maps every known event type to the metrics it may move.

    `declared` has those moves that are data; the others are functions of the fold.
    """

    dims: dict[str, Dim]
    metrics: dict[str, Metric]
    figures: dict[str, Figure]
    moves: dict[str, tuple[str, ...]]
    declared: dict[str, tuple[Declared, ...]]
    topics: dict[str, int]

    def metric(self, name: str) -> Metric:
        """The metric of this id; raises `UnknownMetric`."""
        if name not in self.metrics:
            raise UnknownMetric(
                f"there is no metric {name}", field="metric", value=name, remedy="see /v1/catalogue"
            )
        return self.metrics[name]

    def figure(self, name: str) -> Figure:
        """The figure of this id; raises `UnknownFigure`."""
        if name not in self.figures:
            raise UnknownFigure(
                f"there is no figure {name}", field="figure", value=name, remedy="see /v1/catalogue"
            )
        return self.figures[name]

    @property
    def counted(self) -> list[Metric]:
        """The metrics whose subjects some figure counts once."""
        names = {each.metric for each in self.figures.values() if each.kind == "distinct" and each.metric}
        return [self.metrics[name] for name in sorted(names)]

    def lane(self, topic: str, stream: int) -> int:
        """The number under which a stream is stored."""
        return self.topics[topic] * STREAMS + stream

    def stream(self, lane: int) -> tuple[str, int]:
        """Topic and stream of a lane."""
        number, stream = divmod(lane, STREAMS)
        return next(topic for topic, n in self.topics.items() if n == number), stream

    @property
    def lanes(self) -> range:
        """All lanes of all topics."""
        return range((max(self.topics.values()) + 1) * STREAMS)


def build(dims: Any, metrics: Any, figures: Any, moves: Any, topics: Any) -> Catalogue:
    """Validate raw entries; raises `CatalogueError` or pydantic's `ValidationError`."""
    known = [Metric.model_validate(raw) for raw in metrics]
    wanted = [Figure.model_validate(raw) for raw in figures]
    _once("metric number", [each.number for each in known])
    _once("metric", [each.id for each in known])
    _once("figure", [each.id for each in wanted])
    _once("topic number", list(topics.values()))
    book = Catalogue(
        dims={name: Dim.model_validate(raw) for name, raw in dims.items()},
        metrics={each.id: each for each in known},
        figures={each.id: each for each in wanted},
        moves={name: tuple(dict.fromkeys(map(_metric, moved))) for name, moved in moves.items()},
        declared=_declared(moves),
        topics=dict(topics),
    )
    _resolve(book)
    return book


def _metric(move: Any) -> str:
    return move if isinstance(move, str) else str(move["metric"])


def _declared(moves: Any) -> dict[str, tuple[Declared, ...]]:
    said = {
        name: tuple(Declared.model_validate(move) for move in moved if not isinstance(move, str))
        for name, moved in moves.items()
    }
    return {name: moved for name, moved in said.items() if moved}


def _once(what: str, values: list[Any]) -> None:
    if twice := {value for value in values if values.count(value) > 1}:
        msg = f"{what} given twice: {sorted(twice)}"
        raise CatalogueError(msg)


def _resolve(book: Catalogue) -> None:
    for metric in book.metrics.values():
        _known(f"metric {metric.id}", metric.dims, book.dims)
    for name, moved in book.moves.items():
        _known(name, moved, book.metrics)
    for name, declared in book.declared.items():
        for each in declared:
            _known(f"{name}, {each.metric}", each.breakdowns, book.metrics[each.metric].dims)
    for figure in book.figures.values():
        _resolve_figure(book, figure)


def _resolve_figure(book: Catalogue, figure: Figure) -> None:
    where = f"figure {figure.id}"
    _known(where, figure.parts, {name: part for name, part in book.figures.items() if name != figure.id})
    _resolve_change(book, figure)
    if figure.over is not None:
        of = figure.metric or book.figures[figure.of or ""].metric
        _known(where, [figure.over], book.metrics[of].dims if of else ())
    for name in (figure.metric, figure.minus):
        if name is None:
            continue
        _known(where, [name], book.metrics)
        metric = book.metrics[name]
        _known(where, figure.where, metric.dims)
        if figure.kind in ("flow", "stock") and metric.kind != figure.kind:
            msg = f"{where}: metric {name} is a {metric.kind}"
            raise CatalogueError(msg)


def _resolve_change(book: Catalogue, figure: Figure) -> None:
    if figure.of is not None and figure.kind == "growth":
        rate = book.figures[figure.of].kind in RATES
        if rate != (figure.change == "points"):
            msg = f"figure {figure.id}: a rate changes by points, and nothing else does"
            raise CatalogueError(msg)
    for dim, other in figure.breaks_into.items():
        where = f"figure {figure.id}"
        _known(where, [other], book.figures)
        _known(where, [dim], book.metrics[book.figures[other].metric or ""].dims)


def _known(where: str, names: Any, among: Any) -> None:
    if missing := [name for name in names if name not in among]:
        msg = f"{where} refers to what is not there: {missing}"
        raise CatalogueError(msg)
