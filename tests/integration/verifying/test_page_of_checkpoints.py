"""The page on checkpoints does what it says: its commands, as they stand, on a real topic."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from prometheus_client import REGISTRY

from shared.checkpoints.notes import Signer
from shared.checkpoints.signing import Checkpoints
from shared.database import Pool
from shared.log.route import Route
from tests.support.ledgers import append, make_ledger, publishing, relayed, until
from tests.support.servers import ROOT, KafkaServer, MakeTopic

PAGE = (ROOT / "docs" / "checkpoints.md").read_text("utf-8")
CHECK = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)
COMMANDS = "\n".join(re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL))
STREAM = 7
STAND_IN = f'#!/bin/sh\nexec "{sys.executable}" -m tests.support.kcat "$@"\n'


@dataclass
class Published:
    """A topic with signed heads, and how to reach it."""

    log: Pool
    topic: str
    checkpoints: Checkpoints
    signer: Signer
    environment: dict[str, str]


@pytest.fixture
async def published(
    database: str, kafka: KafkaServer, make_topic: MakeTopic, tmp_path: Path
) -> AsyncIterator[Published]:
    topic, signed = make_topic("union.finance"), make_topic("union.checkpoints")
    signer = Signer("union.finance", os.urandom(32))
    log = await make_ledger(database, topic)
    await append(log, [STREAM] * 20 + [STREAM + 6] * 5)
    async with publishing(log, topic, kafka.bootstrap):
        await until(lambda: relayed(log, 25))
    environment = {
        "BROKER": kafka.bootstrap,
        "TOPIC": topic,
        "PARTITION": str(STREAM % 6),
        "STREAM": str(STREAM),
        "KEY": signer.verifier,
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
        "PYTHONPATH": str(ROOT),
        "CHECKPOINTS": signed,
    }
    if shutil.which("kcat") is None:  # then ours, with the options that the page uses
        own = tmp_path / "bin"
        own.mkdir()
        (own / "kcat").write_text(STAND_IN)
        (own / "kcat").chmod(0o755)
        environment["PATH"] = f"{own}:{environment['PATH']}"
    checkpoints = Checkpoints(log, Route(topic, kafka.bootstrap, 6), signer, into=signed)
    await checkpoints.sign()
    await checkpoints.publish()
    yield Published(log, topic, checkpoints, signer, environment)
    await log.close()


def followed(published: Published, folder: Path, **changed: str) -> subprocess.CompletedProcess[str]:
    """The page, command by command; only the name of the topic of checkpoints is this test's own."""
    assert CHECK is not None
    (folder / "check.py").write_text(CHECK[1], "utf-8")
    commands = COMMANDS.replace("union.checkpoints", '"$CHECKPOINTS"')
    return subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands],
        cwd=folder,
        env=published.environment | changed,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


def again(published: Published, folder: Path) -> subprocess.CompletedProcess[str]:
    """Only the last command, on what was fetched before."""
    return subprocess.run(
        [sys.executable, "check.py", published.topic, str(STREAM), published.signer.verifier],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


async def test_the_page_checks_a_stream_from_topic_and_public_key_alone(
    published: Published, tmp_path: Path
) -> None:
    done = followed(published, tmp_path)
    assert done.returncode == 0, done.stderr
    by_hand, told, last = done.stdout.splitlines()
    assert by_hand == told
    assert last == "20 records in order, signed up to 20"


async def test_a_signature_of_somebody_else_vouches_for_nothing(published: Published, tmp_path: Path) -> None:
    stranger = Signer("union.finance", b"\x07" * 32)
    done = followed(published, tmp_path, KEY=stranger.verifier)
    assert done.stdout.splitlines()[-1] == "20 records in order, signed up to 0"


async def test_a_stream_that_was_cut_off_is_found_out(published: Published, tmp_path: Path) -> None:
    assert followed(published, tmp_path).returncode == 0
    records = tmp_path / "records"
    lines = records.read_bytes().splitlines(keepends=True)
    cut = [line for line in lines if not line.startswith(b"stream=7,sequence=20,")]
    records.write_bytes(b"".join(cut))
    done = again(published, tmp_path)
    assert "the stream ended at 20 once, and ends at 19 now" in done.stderr


async def test_what_has_not_grown_is_not_signed_again(published: Published) -> None:
    count = "SELECT count(*) FILTER (WHERE published IS NOT NULL), count(*) FROM checkpoint"
    before = await published.log.fetchrow(count)
    await published.checkpoints.sign()
    await published.checkpoints.publish()
    assert await published.log.fetchrow(count) == before
    assert before is not None
    assert before[0] == before[1] == 2


async def test_a_log_that_was_changed_after_it_was_signed_is_alarmed(published: Published) -> None:
    assert await published.checkpoints.verify() == 0
    async with published.log.acquire() as connection:
        await connection.execute("ALTER TABLE event_number DISABLE TRIGGER insert_only")  # as a forger would
        await connection.execute(
            "UPDATE event_number SET chain = sha256('another') WHERE stream = $1 AND sequence = 20", STREAM
        )
    assert await published.checkpoints.verify() == 1
    labels = {"topic": published.topic}
    assert REGISTRY.get_sample_value("unionstream_checkpoint_faults", labels) == 1
