"""The catalogue holds together, and knows every event there is."""

from __future__ import annotations

from typing import Any, get_args

import pytest
from pydantic import ValidationError

from services.projection import catalogue
from services.projection.catalogue import CatalogueError, UnknownFigure, UnknownMetric, build
from services.projection.catalogue.model import FigureKind
from services.projection.queries import breakdown
from shared.contracts import RELEASED

GROWTH = {
    "id": "g",
    "kind": "growth",
    "of": "f",
    "unit": "percent",
    "print": "percent",
    "zh": "增",
    "en": "G",
    "population": "all",
}
DIMS = {"sex": {"zh": "性别", "en": "sex"}}
METRIC = {
    "number": 1,
    "id": "a",
    "kind": "flow",
    "unit": "people",
    "zh": "甲",
    "en": "A",
    "dims": {"sex": "partition"},
}
FIGURE = {
    "id": "f",
    "kind": "flow",
    "metric": "a",
    "unit": "people",
    "print": "count",
    "zh": "甲",
    "en": "A",
    "population": "all",
}
RATIO = {
    "id": "r",
    "kind": "ratio",
    "numerator": "f",
    "denominator": "f",
    "unit": "percent",
    "print": "percent",
    "zh": "率",
    "en": "R",
    "population": "all",
}


def small(metrics: Any = (METRIC,), figures: Any = (FIGURE,), moves: Any = None) -> catalogue.Catalogue:
    return build(DIMS, metrics, figures, moves or {"t": ["a"]}, {"union.test": 0})


def test_every_released_event_says_what_it_moves() -> None:
    assert set(catalogue.load().moves) == set(RELEASED)


def test_every_metric_is_moved_by_some_event() -> None:
    book = catalogue.load()
    assert {name for moved in book.moves.values() for name in moved} == set(book.metrics)


def test_a_lane_names_its_stream() -> None:
    book = catalogue.load()
    assert [book.lane(*book.stream(lane)) for lane in book.lanes] == list(book.lanes)


def test_numbers_and_names_that_are_stored_never_change() -> None:
    stored = {each.number: each.id for each in catalogue.load().metrics.values()}
    released = {
        1: "unions_established",
        2: "unions_ended",
        3: "unions",
        4: "bodies",
        5: "inner_units",
        6: "employers_covered",
        7: "employers",
        8: "employers_above_scale",
        10: "members_joined",
        11: "members_left",
        12: "members",
        13: "members_transferred_out",
        14: "members_transferred_in",
        20: "workers",
        21: "women_workers",
        22: "migrant_workers",
        30: "unions_target",
        40: "dues_assessed",
        41: "dues_received",
        42: "dues_refunded",
        43: "dues_overdue",
        44: "dues_written_off",
        45: "dues_target",
    }
    assert released.items() <= stored.items()
    assert catalogue.load().topics.items() >= {"union.membership": 0, "union.finance": 1}.items()


def test_unknown_names_are_refused_with_a_code() -> None:
    with pytest.raises(UnknownMetric) as metric:
        catalogue.metric("nonsense")
    with pytest.raises(UnknownFigure) as figure:
        catalogue.figure("nonsense")
    assert (metric.value.code, figure.value.code) == ("unknown-metric", "unknown-figure")


@pytest.mark.parametrize(
    ("metrics", "figures", "moves"),
    [
        ([METRIC | {"dims": {"age": "partition"}}], [FIGURE], None),
        ([METRIC, METRIC | {"id": "b"}], [FIGURE], None),
        ([METRIC, METRIC | {"number": 2}], [FIGURE], None),
        ([METRIC], [FIGURE | {"metric": "b"}], None),
        ([METRIC], [FIGURE | {"minus": "b"}], None),
        ([METRIC], [FIGURE | {"kind": "stock"}], None),
        ([METRIC], [FIGURE | {"where": {"age": ["1"]}}], None),
        ([METRIC], [FIGURE, FIGURE], None),
        ([METRIC], [FIGURE, RATIO | {"denominator": "x"}], None),
        ([METRIC], [FIGURE], {"t": ["b"]}),
    ],
)
def test_a_reference_to_nothing_is_refused(metrics: Any, figures: Any, moves: Any) -> None:
    assert small(figures=(FIGURE, RATIO)).figure("r").parts == ("f", "f")
    with pytest.raises(CatalogueError):
        small(metrics, figures, moves)


@pytest.mark.parametrize(
    "figure",
    [
        RATIO | {"metric": "a"},
        FIGURE | {"metric": None},
        RATIO | {"where": {}, "minus": "a"},
        FIGURE | {"x": 1},
        FIGURE | {"id": "g", "against": "period"},
        FIGURE | {"id": "g", "kind": "rank"},
    ],
)
def test_a_figure_is_made_of_what_its_kind_needs(figure: Any) -> None:
    with pytest.raises(ValidationError):
        small(figures=(FIGURE, figure))


@pytest.mark.parametrize(
    "figure",
    [
        FIGURE | {"id": "g", "kind": "rank", "over": "age"},
        FIGURE | {"id": "g", "breaks_into": {"sex": "x"}},
        FIGURE | {"id": "g", "breaks_into": {"age": "f"}},
        GROWTH | {"of": "r"},
        GROWTH | {"change": "points"},
    ],
)
def test_a_change_or_a_breakdown_of_nothing_is_refused(figure: Any) -> None:
    whole = (FIGURE, RATIO, GROWTH, GROWTH | {"id": "p", "of": "r", "change": "points"})
    assert small(figures=whole).figure("p").change == "points"
    with pytest.raises(CatalogueError):
        small(figures=(FIGURE, RATIO, figure))


def test_every_kind_of_figure_and_of_breakdown_is_in_use() -> None:
    book = catalogue.load()
    assert {each.kind for each in book.figures.values()} == set(get_args(FigureKind))
    hows = {how for each in book.figures.values() for how in breakdown.hows(book, each).values()}
    assert hows >= {"partition", "overlap", "unit-changing"}


NUMBERED = {
    "campaign_year", "committee_ordinal", "competition_rank", "congress_session", "congress_term",
    "delegation_rank", "edition", "period_number", "prize_rank", "term_years", "tournament_group",
}  # fmt: skip


def test_every_part_that_figures_name_has_a_chinese_name() -> None:
    book = catalogue.load()
    named = [
        (dim, value)
        for figure in book.figures.values()
        for dim, values in figure.where.items()
        for value in values
    ]
    nameless = {
        (dim, value)
        for dim, value in named
        if dim not in NUMBERED and breakdown.label(book.dims[dim], value)[0] == value
    }
    assert nameless == set()


def test_numbers_and_years_are_their_own_name() -> None:
    book = catalogue.load()
    assert {breakdown.label(book.dims[dim], "3") for dim in NUMBERED} == {("3", "3")}
