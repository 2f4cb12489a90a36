"""Metrics are named as Prometheus names them, bounded in number, and all on the page."""

import re

import pytest

from tests.contracts.published.measured import PAGE, metrics, page

METRICS = metrics()
BOUNDED = {
    *("area", "figure"),  # at most 200 counties, four figures
    *("check", "client", "code", "colour", "command", "method", "outcome", "reader", "reason", "route"),
    *("stage", "state", "step", "status", "topic"),
}


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text("utf-8") == page(), "run `make docs`"


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_is_named_by_the_convention_and_says_what_it_means(name: str) -> None:
    metric = METRICS[name]
    assert re.fullmatch(r"unionstream(_[a-z]+)+", name)
    assert (metric._type == "counter") == name.endswith("_total")
    assert metric._type != "histogram" or name.endswith("_seconds")
    assert re.fullmatch(r"[A-Z0-9].+\.", metric._documentation)


@pytest.mark.parametrize("name", METRICS)
def test_a_metric_has_few_labels_of_which_none_grows_with_the_data(name: str) -> None:
    labels = METRICS[name]._labelnames
    assert len(labels) <= 3
    assert set(labels) <= BOUNDED
