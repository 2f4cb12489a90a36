"""What operations see of a demo in a real Prometheus: every panel has data, and nothing is alarmed."""

from __future__ import annotations

import math
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.contracts.published.boards import Panel, panels
from tests.support.signing import ISSUING
from tests.support.watching import Prometheus, needed, rules, seen_by, watching
from unionstream.demo import driving
from unionstream.demo.kept import Places
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.stack import Stack
from unionstream.signing import TOKEN

SECONDS = 120.0  # what counties have recorded is measured once a minute
ON_PURPOSE = {"FiguresDisagree"}  # some papers of the sample do not agree with their parts
ANSWERED = re.compile(r"\d+ x 200, \d+ x 201.* in \d+ s\n")
CHOSEN = {"$__rate_interval": "1m", "$service": ".*", "$area": ".*"}


@pytest.fixture(scope="module")
def prometheus(
    stack: Stack, places: Places, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Prometheus]:
    assert places
    with watching(stack, tmp_path_factory.mktemp("prometheus"), needed("prometheus"), rules()) as running:
        yield running


def _query(panel: Panel) -> str:
    text = panel.expr
    for variable, value in CHOSEN.items():
        text = text.replace(variable, value)
    return text


def _has_data(prometheus: Prometheus, panel: Panel) -> bool:
    return any(not math.isnan(value) for _, value in prometheus.values(_query(panel)))


@pytest.fixture(scope="module")
def load(stack: Stack, places: Places, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The load of docker-compose.yml, running; what it says."""
    said = tmp_path_factory.mktemp("load") / "said"
    told = {f"UNIONSTREAM_{name.upper()}_URL": stack.url(name) for name in driving.SERVICES}
    with said.open("wb") as file:
        running = subprocess.Popen(
            [sys.executable, "-m", driving.__name__, "--rate", "20"],
            stdout=file,
            stderr=subprocess.STDOUT,
            env={**os.environ, **told, TOKEN: ISSUING.token("driver", founder=True)},
        )
        try:
            yield said
            assert running.poll() is None, said.read_text("utf-8")
        finally:
            running.kill()
            running.wait()


def test_every_panel_has_data_and_nothing_is_alarmed(prometheus: Prometheus, load: Path) -> None:
    empty = {f"{board}: {panel.title}": panel for board, panel in panels()}

    def all_seen() -> bool:
        for title in [title for title, panel in empty.items() if _has_data(prometheus, panel)]:
            del empty[title]
        return not empty

    run_aside(lambda: seen_by(all_seen, SECONDS, lambda: f"without data: {sorted(empty)}"))
    assert prometheus.firing() <= ON_PURPOSE
    run_aside(lambda: seen_by(lambda: bool(ANSWERED.search(_said(load))), SECONDS, lambda: _said(load)))


def _said(load: Path) -> str:
    return load.read_text("utf-8")
