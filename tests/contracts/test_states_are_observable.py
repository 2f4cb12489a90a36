"""What docs/reliability.md says is there: a metric and a line in the log for every state, and every test."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

import services.projection.main  # noqa: F401  registers what the projection measures
import shared.metrics  # noqa: F401  registers what all measure

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "reliability.md"
HEADING = "## What can be seen"
LEVELS = {"info", "warning", "error"}
NAME = re.compile(r"`([^`]+)`")

STATES = (
    "dead letters",
    "figures incomplete",
    "burst",
    "rebuild",
    "republish",
    "fork",
    "topic lost its tail",
    "log taken over from the topic",
    "gap",
    "checkpoints signed",
    "checkpoint disagrees",
    "backlog",
    "reader behind",
    "overload",
    "imports pause",
    "draining",
)


def rows() -> dict[str, tuple[list[str], list[str]]]:
    """State: metrics and events, as the page has them."""
    section = PAGE.read_text("utf-8").partition(f"{HEADING}\n")[2].partition("\n## ")[0]
    cells = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("| ")]
    return {
        state.strip(): (NAME.findall(metrics), NAME.findall(events)) for state, metrics, events in cells[1:]
    }


@cache
def said() -> frozenset[str]:
    """Every event that the services log, by its static name."""
    files = [*(ROOT / "shared").rglob("*.py"), *(ROOT / "services").rglob("*.py")]
    return frozenset(name for file in files for name in _said_in(ast.parse(file.read_text("utf-8"))))


def _said_in(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _is_log(node.func) and node.args:
            yield from _text(node.args[0])


def _is_log(function: ast.expr) -> bool:
    if isinstance(function, ast.Attribute):
        return function.attr in LEVELS | {"_tell"}
    return False


def _text(argument: ast.expr) -> Iterator[str]:
    if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
        yield argument.value


def measured() -> set[str]:
    """The names under which Prometheus finds what is measured."""
    suffixes = {"counter": "_total", "histogram": "_count"}
    return {family.name + suffixes.get(family.type, "") for family in REGISTRY.collect()}


def test_every_test_that_the_page_names_is_there() -> None:
    table = PAGE.read_text("utf-8").partition("\n## ")[0]
    named = [name for name in NAME.findall(table) if name.endswith(".py")]
    assert len(named) > 20
    for name in named:
        assert (ROOT / ("" if name.startswith("tests/") else "tests/faults") / name).is_file(), name


def test_every_state_is_on_the_page() -> None:
    assert set(rows()) == set(STATES)


@pytest.mark.parametrize("state", STATES)
def test_a_state_has_a_metric_and_a_line_in_the_log(state: str) -> None:
    metrics, events = rows()[state]
    assert metrics, "no metric"
    assert events, "no line"
    assert set(metrics) <= measured()
    assert set(events) <= said()
