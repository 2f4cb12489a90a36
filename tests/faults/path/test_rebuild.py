"""The projection rebuilt on the whole system, killed in the middle, while questions are asked."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.settling import caught_up
from tests.support.load import Client, Land, founded
from tests.support.signing import AUTH, signing_client
from unionstream.embedded.deadline import Deadline, run_aside, wait_until
from unionstream.embedded.jobs import process_named, run_job, settings_of
from unionstream.embedded.stack import Stack

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(1500)]

ASKED = {"figure": "unions_total", "from": "2012-01-01", "to": "2012-12-31"}


@dataclass
class Asking:
    """Asks the same question again and again, and keeps every answer that is none."""

    url: str
    unit: str
    answers: int = 0
    failed: list[str] = field(default_factory=list)
    last: Any = None

    def run(self, ended: threading.Event) -> None:
        with httpx.Client(auth=AUTH, timeout=60, trust_env=False) as http:
            while not ended.is_set():
                answer = http.get(f"{self.url}/v1/figures", params={"unit": self.unit, **ASKED})
                if answer.is_success:
                    self.answers += 1
                    self.last = answer.json()["figures"][0]["value"]
                else:
                    self.failed.append(answer.text)


@contextmanager
def asking(url: str, unit: str) -> Iterator[Asking]:
    made, ended = Asking(url, unit), threading.Event()
    thread = threading.Thread(target=made.run, args=(ended,))
    thread.start()
    try:
        yield made
    finally:
        ended.set()
        thread.join()


def founding(stack: Stack) -> Land:
    async def work() -> Land:
        async with signing_client() as http:
            land = await founded(Client(http, stack.url))
            await caught_up(http, {name: stack.url(name) for name in stack.services})
            return land

    return run_aside(work)


def killed_in_the_middle(data: Path) -> None:
    """A rebuild that is killed as soon as it has said how far it is."""
    process = process_named("projection")
    with subprocess.Popen(
        [sys.executable, "-P", "-m", process.module, "rebuild"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **settings_of(data, process)},
        cwd=data,
    ) as child:
        assert child.stdout is not None
        assert json.loads(child.stdout.readline())["kind"] == "progress"
        child.kill()
    assert child.returncode == -9


def test_a_rebuild_that_was_killed_goes_on_and_no_question_fails(folder: Path) -> None:
    with Stack(folder) as stack:
        land = founding(stack)
        projection = stack.url("projection")
        operations = stack.services["projection"].operations_url
        with asking(projection, land.province) as asked:
            killed_in_the_middle(folder)
            reports: list[dict[str, Any]] = []
            assert run_job(folder, "projection", ["rebuild"], reports.append) == 0
            assert [each["kind"] for each in reports if each["kind"] != "progress"] == ["done"]
            done = next(each for each in reports if each["kind"] == "done")
            assert (done["active"], done["kept"]) == ("green", "blue")
            dissolve(stack, land.unions[0])  # the worker has gone on with the other colour
            before = asked.last
            assert run_job(folder, "projection", ["rebuild", "--back"], reports.append) == 0
        assert asked.failed == []
        assert asked.answers > 0
        assert asked.last in {before, before - 1}
        active = 'unionstream_projection_colour{colour="blue",stage="active"} 1.0'
        assert wait_until(
            lambda: active in httpx.get(f"{operations}/metrics", trust_env=False).text, Deadline(60)
        )


def dissolve(stack: Stack, union: str) -> None:
    async def work() -> None:
        async with signing_client() as http:
            order = {"reason": "employer_ended", "on": "2012-01-01"}
            path = f"/v1/unions/{union}/dissolve"
            told = await Client(http, stack.url).command("membership", path, order)
            assert told.acknowledged, told
            await caught_up(http, {name: stack.url(name) for name in stack.services})

    run_aside(work)
