"""Alerts and dashboards speak of metrics that there are; every alert has a page that says what to do."""

import re
from pathlib import Path
from typing import Any

import promql_parser
import pytest
import yaml

from tests.contracts.published.boards import BOARDS, boards, panels, text
from tests.contracts.published.measured import metrics

ROOT = Path(__file__).parents[2]
RUNBOOKS = ROOT / "docs" / "runbooks"
TEXT = (ROOT / "deploy/prometheus/rules.yml").read_text("utf-8")
RULES: list[dict[str, Any]] = [rule for group in yaml.safe_load(TEXT)["groups"] for rule in group["rules"]]
ALERTS = [rule for rule in RULES if "alert" in rule]
SERIES = r"\bunionstream_[a-z_]+"
PARTS = r"_(bucket|sum|count)$"


def series_in(text: str) -> set[str]:
    """The metrics that a query or a page speaks of."""
    return {re.sub(PARTS, "", name) for name in re.findall(SERIES, text)}


def test_every_alert_has_its_page_and_every_page_its_alert() -> None:
    pages = {f"docs/runbooks/{path.name}" for path in RUNBOOKS.glob("*.md")}
    assert {rule["annotations"]["runbook"] for rule in ALERTS} == pages
    for rule in ALERTS:
        assert rule["annotations"]["runbook"] == f"docs/runbooks/{rule['alert']}.md"
        assert rule["labels"]["severity"] in {"page", "ticket"}


@pytest.mark.parametrize("path", sorted(RUNBOOKS.glob("*.md")), ids=lambda path: path.stem)
def test_a_page_says_what_it_means_where_to_look_and_what_to_do(path: Path) -> None:
    page = path.read_text("utf-8")
    assert page.startswith(f"# {path.stem}\n")
    assert "What it means for users" in page
    assert "## Look" in page
    assert "## Do" in page
    assert series_in(page) <= metrics().keys()
    for link in re.findall(r"\]\(([\w./]+)\)", page):
        assert (RUNBOOKS / link).exists(), link


def test_rules_speak_of_metrics_that_there_are() -> None:
    assert series_in(" ".join(rule["expr"] for rule in RULES)) <= metrics().keys()


@pytest.mark.parametrize("name", boards())
def test_a_dashboard_is_up_to_date_and_speaks_of_metrics_that_there_are(name: str) -> None:
    assert (BOARDS / f"{name}.json").read_text("utf-8") == text(name, boards()[name]), "run `make docs`"
    asked = {series for board, panel in panels() if board == name for series in series_in(panel.expr)}
    assert asked <= metrics().keys()


@pytest.mark.parametrize("query", [panel.expr for _, panel in panels()] + [rule["expr"] for rule in RULES])
def test_every_query_can_be_read(query: str) -> None:
    for variable in ("$__rate_interval", "$service", "$area"):
        query = query.replace(variable, "5m")
    promql_parser.parse(query)
