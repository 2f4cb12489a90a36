"""The figure catalogue as data: `metric("members")`, `figure("members_total")`, `load()` for the whole."""

from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from services.projection.catalogue.book import Catalogue, CatalogueError, UnknownFigure, UnknownMetric, build
from services.projection.catalogue.model import Dim, Figure, Metric

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


@cache
def load() -> Catalogue:
    """The catalogue that ships with this release."""
    measured = _read("metrics.yaml")
    return build(
        dims=measured["dims"],
        metrics=measured["metrics"],
        figures=_read("figures.yaml")["figures"],
        moves=_read("moves.yaml"),
        topics=_read("topics.yaml"),
    )


def metric(name: str) -> Metric:
    """The metric of this id; raises `UnknownMetric`."""
    return load().metric(name)


def figure(name: str) -> Figure:
    """The figure of this id; raises `UnknownFigure`."""
    return load().figure(name)


def _read(name: str) -> Any:
    return yaml.safe_load(files(__package__).joinpath(name).read_text("utf-8"))
