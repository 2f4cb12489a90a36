"""Each broken build is caught by the auditor, and the sound one passes through all of the same courses."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from itertools import cycle
from pathlib import Path

import pytest

from tests.faults.mutants import courses
from tests.faults.mutants.courses import RELAY, WORKER, Scene
from tests.faults.path.verdicts import check_commands, check_figures, places_of
from tests.support.checker import audit, settled
from tests.support.load import Client, founded
from tests.support.roles import role_stack
from tests.support.signing import signing_client

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(1200)]

APIS = ("membership-api", "membership-api-2")
"""Two, so that transactions overlap: one process writes one at a time."""

PROCESSES = (*APIS, RELAY, "projection-api", WORKER)
STUCK, PATIENCE = 5.0, 180.0
"""After so many seconds without movement a broken build is judged as it stands, a sound one has failed."""

Course = Callable[[Scene], Awaitable[None]]

BREAKS: Sequence[tuple[str, str, Course, str]] = (
    ("late_commits_skipped", RELAY, courses.slow_transactions, "has no number"),
    ("mark_before_answer", RELAY, courses.relay_dies_with_the_broker, "marked as sent up to"),
    ("on_after_a_hole", RELAY, courses.broker_is_away, "the topic lacks"),
    ("progress_outside", WORKER, courses.worker_dies_as_it_moves, "the trail lacks"),
    ("no_gap_check", WORKER, courses.a_number_comes_too_early, "the trail lacks"),
    ("mark_alone", RELAY, courses.topic_is_lost, "the topic lacks"),
)
"""Module, the process it takes the place of, the course, and what the auditor says."""


@pytest.fixture
def folder() -> Iterator[Path]:
    top = Path(tempfile.mkdtemp(prefix="unionstream-mutants-"))
    top.chmod(0o711)
    yield top / "data"
    shutil.rmtree(top, ignore_errors=True)


@asynccontextmanager
async def on_stage(folder: Path, modules: Mapping[str, str]) -> AsyncIterator[Scene]:
    with role_stack(folder, PROCESSES, modules) as roles:
        async with signing_client(timeout=10) as http:
            turns = cycle(APIS)

            def url(service: str) -> str:
                return roles.services[next(turns)].url if service == "membership" else roles.url(service)

            client = Client(http, url)
            yield Scene(roles, client, await founded(client))


async def judged_as_it_stands(scene: Scene, course: Course) -> None:
    """After the course, and when nothing moves any more."""
    await course(scene)
    with suppress(AssertionError):
        await settled(places_of(scene.roles), PATIENCE, STUCK)
    await judged(scene)


async def judged(scene: Scene) -> None:
    """Raises AssertionError with the finding."""
    found = await audit(places_of(scene.roles))
    check_commands(scene.client.told, found)
    assert await check_figures(scene.client, scene.land, found)


@pytest.mark.parametrize(("module", "process", "course", "finding"), BREAKS, ids=[each[0] for each in BREAKS])
async def test_a_broken_build_is_caught(
    folder: Path, module: str, process: str, course: Course, finding: str
) -> None:
    async with on_stage(folder, {process: f"tests.faults.mutants.{module}"}) as scene:
        with pytest.raises(AssertionError, match=finding):
            await judged_as_it_stands(scene, course)


async def test_the_sound_build_comes_through_all_of_it(folder: Path) -> None:
    async with on_stage(folder, {}) as scene:
        for _, _, course, _ in BREAKS:
            await course(scene)
            await settled(places_of(scene.roles), PATIENCE)
            await judged(scene)
