"""Every service keeps to its OpenAPI, whatever it is asked: generated requests, good, bad and odd."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest

from tests.conformance.known import Known
from tests.conformance.places import operations
from tests.conformance.settings import EXAMPLES, Extent, settings
from tests.support.signing import AUTH, ISSUING
from unionstream.embedded.processes import PROCESSES
from unionstream.embedded.stack import Stack

ROOT = Path(__file__).parents[2]
TOKEN = f"Authorization: Bearer {ISSUING.token('schemathesis', founder=True)}"
SCHEMATHESIS = [sys.executable, "-m", "schemathesis.cli"]
SERVICES = [process.name for process in PROCESSES]
AT_ONCE = 2


class Run(NamedTuple):
    """How schemathesis ended, and how many operations it was told of."""

    done: subprocess.CompletedProcess[str]
    operations: int


@pytest.fixture(scope="module")
def runs(
    stack: Stack, known: Known, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mapping[str, Future[Run]]]:
    """A run for every service, two at a time."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        yield {
            name: pool.submit(_run, stack.url(name), known, tmp_path_factory.mktemp(name))
            for name in SERVICES
        }


def _run(url: str, known: Known, folder: Path) -> Run:
    document = httpx.get(f"{url}/v1/openapi.json", auth=AUTH, trust_env=False).raise_for_status().json()
    extent = Extent.of(document)
    told, file = folder / "openapi.json", folder / "settings.toml"
    told.write_text(json.dumps(extent.prepared(document, known)), encoding="utf-8")
    file.write_text(settings(document, known, extent), encoding="utf-8")
    done = subprocess.run(
        [*SCHEMATHESIS, "--config-file", file, "run", told, "--url", url, "--no-color", "--header", TOKEN],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    return Run(done, len(list(operations(document))))


@pytest.mark.slow
@pytest.mark.timeout(0 if EXAMPLES in os.environ else 600)
@pytest.mark.parametrize("service", SERVICES)
def test_keeps_to_its_openapi(service: str, runs: Mapping[str, Future[Run]]) -> None:
    run = runs[service].result()
    assert run.done.returncode == 0, f"{run.done.stdout}\n{run.done.stderr}"
    assert f"Tested: {run.operations}\n" in run.done.stdout
