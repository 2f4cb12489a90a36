"""The figure catalogue as data: `metric("members")`, `figure("members_total")`, `load()` for the whole.

`subjects/` has a file per business subject: breakdowns, metrics, figures, and what its events move. A move is
declared there with the fields it is read from, or named, when a function of the fold makes it. Every event
type of the contracts stands in one subject; an empty list says that it moves nothing on purpose.

metric  kind: flow (sum within a period) | stock (level at a date, as changes). `number` is stored in every
        fact: never reused, never changed. dims, how: partition (the parts sum to the whole) | overlap (one
        thing in several parts) | partial (some have none). target: set for one unit and year; never added up
        over those below it. zero: exact (nothing recorded means none) | reported (it means no data).
figure  flow, stock: a metric (minus another one), where (dim: allowed values) · distinct: subjects counted
        once among the facts of a metric in period and subtree · max: the largest sum of one subject · rank:
        the best (smallest) value of a numbered breakdown (`over`) of which anything is left ·
        ratio: numerator / denominator * scale, both figures, rounded half up to `decimals` · growth: change
        in percent ((now - before) / before * scale), absolute (now - before), or in points of a rate, against
        the same days a year before or the period just before (DOMAIN STA-06); without data before there is
        no figure · increase: the last value of a numbered breakdown (`over`, such as the numbers of periods)
        less the one before, over all time · target_completion: numerator from 1 January to the cut-off /
        denominator of the whole year * scale (DOMAIN STA-07), never rounded up to 100 · target_over: what is
        beyond the denominator / denominator * scale, 0 until it is reached · target_remaining: what is
        lacking, 0 once it is reached; both read as target_completion is. The figures of targets are made
        from the catalogue `target_measures`.
        print: count | money (fen shown as yuan) | percent | number (a quotient) | rank.
        breaks_into: breakdowns that change the unit: the parts are those of another figure.
"""

from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from services.projection.catalogue.book import Catalogue, CatalogueError, UnknownFigure, UnknownMetric, build
from services.projection.catalogue.model import Dim, Figure, Metric
from services.projection.catalogue.targets import target_figures
from shared.contracts import RELEASED
from shared.contracts.money import Posted
from shared.yamls import read_yaml

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Dim",
    "Figure",
    "Metric",
    "UnknownFigure",
    "UnknownMetric",
    "build",
    "figure",
    "load",
    "metric",
]

MONEY = {
    "metric": "money",
    "amount": "item.fen",
    "each": "postings",
    "dims": {"account": "item.account", "side": "item.side", "source": "item.source"},
}


@cache
def load() -> Catalogue:
    """The catalogue that ships with this release."""
    subjects = [_read(path) for path in sorted(_files("subjects"))]
    return build(
        dims=_joined("dims", subjects),
        metrics=[metric for subject in subjects for metric in subject.get("metrics") or ()],
        figures=[
            *(figure for subject in subjects for figure in subject.get("figures") or ()),
            *target_figures(),
        ],
        moves=_with_postings(_joined("moves", subjects)),
        topics=_read("topics.yaml"),
    )


def metric(name: str) -> Metric:
    """The metric of this id; raises `UnknownMetric`."""
    return load().metric(name)


def figure(name: str) -> Figure:
    """The figure of this id; raises `UnknownFigure`."""
    return load().figure(name)


def _joined(part: str, subjects: list[Any]) -> dict[str, Any]:
    joined: dict[str, Any] = {}
    for subject in subjects:
        said = subject.get(part) or {}
        if twice := joined.keys() & said.keys():
            msg = f"{part} in two subjects: {sorted(twice)}"
            raise CatalogueError(msg)
        joined |= said
    return joined


def _with_postings(moves: dict[str, Any]) -> dict[str, Any]:
    # Money moves the same way wherever it moves: no subject has to say so.
    posted = {name for name, event in RELEASED.items() if issubclass(event, Posted)}
    return {name: [*moved, *([MONEY] if name in posted else [])] for name, moved in moves.items()}


def _files(folder: str) -> Iterator[str]:
    for path in files(__package__).joinpath(folder).iterdir():
        if path.name.endswith(".yaml"):
            yield f"{folder}/{path.name}"


def _read(name: str) -> Any:
    return read_yaml(files(__package__).joinpath(name).read_text("utf-8"))
