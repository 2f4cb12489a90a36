"""Backup and restore on the whole system, one service put back to an earlier moment, and how it goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.e2e.settling import caught_up
from tests.support.ledgers import until
from tests.support.load import Client, founded
from tests.support.signing import AUTH, signing_client
from tests.support.waiting import until as happens
from unionstream.embedded.backups import BackupUnusable, back_up, restore
from unionstream.embedded.deadline import run_aside, silent
from unionstream.embedded.faults import AlreadyRunning, NeverReady
from unionstream.embedded.jobs import run_job
from unionstream.embedded.stack import Stack

pytestmark = [pytest.mark.real_kafka, pytest.mark.slow, pytest.mark.timeout(1500)]


def command_line(*words: str) -> subprocess.CompletedProcess[str]:
    start = [sys.executable, "-c", "from unionstream.cli.main import app; app()"]
    return subprocess.run([*start, *words], capture_output=True, text=True, check=False)


def found(stack: Stack) -> list[str]:
    """A little province; the ids of its grassroots unions, and last the province's."""

    async def work() -> list[str]:
        async with signing_client() as http:
            land = await founded(Client(http, stack.url))
            return [*land.unions, land.province]

    return run_aside(work)


def dissolve(stack: Stack, union: str) -> None:
    async def work() -> None:
        async with signing_client() as http:
            order = {"reason": "employer_ended", "on": "2012-01-01"}
            path = f"/v1/unions/{union}/dissolve"
            told = await Client(http, stack.url).command("membership", path, order)
            assert told.acknowledged, told

    run_aside(work)


def settle(stack: Stack) -> None:
    """The figures have seen everything that was acknowledged."""

    async def work() -> None:
        async with signing_client() as http:
            await caught_up(http, {name: stack.url(name) for name in stack.services})

    run_aside(work)


def relayed(stack: Stack) -> None:
    """Everything in the log of membership is on its topic."""

    async def sent() -> bool:
        async with signing_client() as http:
            told = (await http.get(f"{stack.url('membership')}/v1/streams")).json()
            return bool(sum(head["relayed"] for head in told["streams"]) == told["logged"])

    run_aside(lambda: until(sent, seconds=60))


def turns_unready(stack: Stack) -> None:
    """Ready at first, perhaps: the relay has yet to read the ends of its topic. Raises NeverReady."""

    def no_more() -> bool:
        stack.services["membership"].wait_ready()
        return False

    happens(no_more)


def test_a_service_put_back_too_far_refuses_and_goes_on_after_recovery(folder: Path, tmp_path: Path) -> None:
    backup, lost = folder.parent / "backup", tmp_path / "lost.jsonl"
    with Stack(folder) as stack:
        *unions, _ = found(stack)
        manifest = back_up(folder, backup, silent)
        assert manifest.databases["membership"].events > 0
        with pytest.raises(AlreadyRunning):
            restore(folder, backup, ["membership"], silent)
        dissolve(stack, unions[0])
        settle(stack)

    restore(folder, backup, ["membership"], silent)
    with pytest.raises(NeverReady, match="fork"), Stack(folder) as stack:
        turns_unready(stack)

    done = command_line("recover", "membership", "--lost-to", str(lost), "--data", str(folder))
    assert done.returncode == 0, done.stderr
    (event,) = map(json.loads, lost.read_text("utf-8").splitlines())
    assert json.loads(event["value"])["type"] == "union.membership.UnionDissolved.v1"

    with Stack(folder) as stack:
        dissolve(stack, unions[1])
        relayed(stack)
        reports: list[dict[str, Any]] = []
        assert run_job(folder, "projection", ["rebuild"], reports.append) == 1
        assert any(each["kind"] == "difference" for each in reports)
        assert run_job(folder, "projection", ["rebuild", "--accept-differences"], reports.append) == 0
        answer = httpx.get(
            f"{stack.url('projection')}/v1/units/{unions[0]}", auth=AUTH, trust_env=False
        ).json()
        assert answer["unit"]["status"] == "living"  # the lost event is told again by people, from the file
        dissolve(stack, unions[0])
        settle(stack)


def test_a_backup_that_was_touched_restores_nothing(folder: Path) -> None:
    (folder.parent / "backup").mkdir()
    with pytest.raises(BackupUnusable, match=r"manifest\.json"):
        restore(folder, folder.parent / "backup", [], silent)
