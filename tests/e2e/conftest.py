"""One stack for the whole session, in it a small sample province, loaded through the public interfaces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from tests.support.collecting import Collector, collecting
from tests.support.load import Client, Land, founded
from tests.support.signing import signing_client
from tests.support.stacks import running_stack
from unionstream.demo import land as demo_land
from unionstream.demo.drawing import shipped
from unionstream.demo.kept import Places
from unionstream.demo.loading import load
from unionstream.demo.story import scenario
from unionstream.demo.telling import Story
from unionstream.embedded.deadline import run_aside
from unionstream.embedded.stack import Stack

ROOT = Path(__file__).parents[2]
START = [sys.executable, "-c", "from unionstream.cli.main import app; app()"]
LITTLE = (
    # One county of the town's province with its villages, and the other prefecture without villages.
    demo_land.Province(province="33", whole=False, whole_prefecture="330282"),
    demo_land.Province(province="52", whole=False, whole_prefecture="5205", deepest=4),
)


@dataclass(frozen=True)
class Ended:
    """How a command of the command line ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        assert self.code == 0, self.err
        return json.loads(self.out)


class CommandLine:
    """`unionstream …` in a process of its own, on the stack of the session."""

    def __init__(self, data: Path) -> None:
        self._data = data

    def __call__(self, *words: str | Path) -> Ended:
        done = subprocess.run(
            [*START, *map(str, words), "--data", str(self._data)],
            capture_output=True,
            text=True,
            timeout=120,
            env={**os.environ, "COLUMNS": "200", "PYTHONPATH": str(ROOT)},
            check=False,
        )
        return Ended(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="package")
def collector() -> Iterator[Collector]:
    """Takes the traces of those requests whose callers want them."""
    with collecting() as running, pytest.MonkeyPatch.context() as patch:
        patch.setenv("OTEL_EXPORTER_OTLP_ENDPOINT", running.url)
        patch.setenv("OTEL_TRACES_SAMPLER", "parentbased_always_off")
        patch.setenv("OTEL_BSP_SCHEDULE_DELAY", "500")
        yield running


@pytest.fixture(scope="package")
def stack(collector: Collector) -> Iterator[Stack]:
    """The whole system, embedded."""
    with running_stack("e2e") as running:
        yield running


@pytest.fixture(scope="package")
def urls(stack: Stack) -> dict[str, str]:
    return {name: stack.url(name) for name in stack.services}


@pytest.fixture(scope="package")
def sample() -> demo_land.Land:
    return demo_land.read().model_copy(update={"provinces": LITTLE})


@pytest.fixture(scope="package")
def stories() -> list[Story]:
    """A town of the first province and an industry union of the other."""
    return [Story(scenario(chapter), shipped(scenario(chapter))) for chapter in (1, 6)]


@pytest.fixture(scope="package")
def places(urls: dict[str, str], sample: demo_land.Land, stories: list[Story]) -> Places:
    """The sample is loaded; the ids of its units by chapter and name."""

    async def loaded() -> Places:
        async with signing_client() as http:
            return await load(sample, stories, urls, http)

    return run_aside(loaded)


@pytest.fixture(scope="package")
def known(places: Places) -> dict[str, UUID]:
    """The sample is loaded; its town by division."""
    return {"division/330282119000": UUID(places[1]["town"])}


@pytest.fixture
def cli(stack: Stack) -> CommandLine:
    return CommandLine(stack.data)


@pytest.fixture
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with signing_client() as client:
        yield client


@pytest.fixture
def client(http: httpx.AsyncClient, urls: dict[str, str]) -> Client:
    """Commands over HTTP, each under a key of its own."""
    return Client(http, urls.__getitem__)


@pytest.fixture
async def land(client: Client) -> Land:
    """A little province of its own for one test."""
    return await founded(client)
