"""What operations see of a demo in a real Prometheus: every panel has data, and nothing is alarmed."""

from __future__ import annotations

import asyncio
import math
import random
from collections.abc import Iterator

import pytest

from tests.contracts.published.boards import Panel, panels
from tests.support.load import Client, Land, Load
from tests.support.watching import Prometheus, needed, rules, seen_by, watching
from unionstream.demo.kept import Places
from unionstream.embedded.stack import Stack

SECONDS = 120.0  # what counties have recorded is measured once a minute
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


async def test_every_panel_has_data_and_nothing_is_alarmed(
    prometheus: Prometheus, client: Client, land: Land
) -> None:
    load = Load(client, land, random.Random(8))
    running = asyncio.create_task(load.run(1))
    empty = {f"{board}: {panel.title}": panel for board, panel in panels()}

    def all_seen() -> bool:
        for title in [title for title, panel in empty.items() if _has_data(prometheus, panel)]:
            del empty[title]
        return not empty

    try:
        await seen_by(all_seen, SECONDS, lambda: f"without data: {sorted(empty)}")
    finally:
        load.stopping.set()
        await running
    assert prometheus.firing() == set()
