"""A real Prometheus beside an embedded stack, with our rules, asked over its own interface."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml

from tests.support.ledgers import until
from tests.support.servers import ROOT
from unionstream.embedded.deadline import Deadline, wait_until
from unionstream.embedded.ports import free_port
from unionstream.embedded.stack import Stack

START_SECONDS = 60.0

Rules = dict[str, Any]


@dataclass(frozen=True)
class Prometheus:
    """Where it answers."""

    url: str

    def values(self, query: str) -> list[tuple[dict[str, str], float]]:
        """What the query has now: labels and value of each series."""
        answer = httpx.get(f"{self.url}/api/v1/query", params={"query": query}, timeout=30, trust_env=False)
        said = answer.json()
        assert said["status"] == "success", (query, said)
        return [(each["metric"], float(each["value"][1])) for each in said["data"]["result"]]

    def firing(self) -> set[str]:
        """The alerts that fire."""
        said = httpx.get(f"{self.url}/api/v1/alerts", timeout=30, trust_env=False).json()
        return {each["labels"]["alertname"] for each in said["data"]["alerts"] if each["state"] == "firing"}


def needed(name: str) -> str:
    """A program of Prometheus: this machine's, or of the tools that `make deploy-check` installs.

    Where it is missing the test is skipped, and fails in CI.
    """
    tools = Path(os.environ.get("UNIONSTREAM_TOOLS", ROOT / ".tools"))
    unpacked = tools / "prometheus" / "usr" / "bin" / name
    found = shutil.which(name) or (str(unpacked) if unpacked.exists() else None)
    if found is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(f"`make deploy-check` brings {name}")
    return found


def rules() -> Rules:
    """Alerts and recordings as they are deployed."""
    told: Rules = yaml.safe_load((ROOT / "deploy/prometheus/rules.yml").read_text("utf-8"))
    return told


async def seen_by(true: Callable[[], bool], seconds: float, what: Callable[[], str]) -> None:
    """Ask once a second, aside; fails at the deadline, saying what was missing."""

    async def seen() -> bool:
        return await asyncio.to_thread(true)

    try:
        await until(seen, seconds, every=1)
    except TimeoutError:
        pytest.fail(f"not within {seconds:.0f} s: {what()}")


@contextmanager
def watching(stack: Stack, folder: Path, executable: str, taken: Rules) -> Iterator[Prometheus]:
    """It scrapes every process of the stack once a second, until the end."""
    (folder / "rules.yml").write_text(yaml.safe_dump(taken), "utf-8")
    (folder / "prometheus.yml").write_text(json.dumps(_config(stack, folder)), "utf-8")
    port = free_port()
    prometheus = Prometheus(f"http://127.0.0.1:{port}")
    command = [
        executable,
        f"--config.file={folder / 'prometheus.yml'}",
        f"--storage.tsdb.path={folder / 'data'}",
        f"--web.listen-address=127.0.0.1:{port}",
    ]
    with (folder / "prometheus.log").open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            assert wait_until(lambda: _ready(prometheus.url), Deadline(START_SECONDS), every=0.2)
            yield prometheus
        finally:
            process.terminate()
            process.wait(20)


def _config(stack: Stack, folder: Path) -> dict[str, Any]:
    targets = [
        {
            "targets": [service.operations_url.removeprefix("http://")],
            "labels": {"service": name, "role": "all"},
        }
        for name, service in stack.services.items()
    ]
    return {
        "global": {"scrape_interval": "1s", "evaluation_interval": "1s", "scrape_timeout": "1s"},
        "rule_files": [str(folder / "rules.yml")],
        "scrape_configs": [{"job_name": "unionstream", "static_configs": targets}],
    }


def _ready(url: str) -> bool:
    try:
        return httpx.get(f"{url}/-/ready", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False
