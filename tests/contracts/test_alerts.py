"""Every alert has a page that says what to do, and speaks of metrics that there are."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

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
