"""What an operator types about dead letters, and sees."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Iterator

import pytest
import uvicorn
from typer.testing import CliRunner, Result

from services.projection.letters import api as letters
from shared.http.app import application
from tests.support.signing import known_tokens
from tests.support.waiting import until
from tests.support.world import world
from unionstream.cli.main import app

BROKEN = (b"no event", b'{"type": "union.membership.UnionSung.v9", "data": {}}', b"\xff\xfe")


async def _parked(url: str) -> None:
    async with world(url) as made:
        ledger = made.ledger("union.membership")
        for value in BROKEN:
            ledger.add(5, value)
        await made.take(ledger.records)
        await made.roll()


@pytest.fixture
def address(database: str) -> Iterator[str]:
    """The operators' routes in a thread of their own, on a free port."""
    asyncio.run(_parked(database))

    serving = application("Projection", [letters.router(database)], known_tokens())
    server = uvicorn.Server(uvicorn.Config(serving, port=0, log_level="error", ws="none"))
    thread = threading.Thread(target=lambda: asyncio.run(server.serve()))
    thread.start()
    try:
        until(lambda: server.started)
        yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()


@pytest.fixture
def run(address: str, monkeypatch: pytest.MonkeyPatch) -> CliRunner:
    monkeypatch.setenv("UNIONSTREAM_PROJECTION_URL", address)
    monkeypatch.setenv("COLUMNS", "200")
    return CliRunner()


def told(run: CliRunner, *words: str, code: int = 0) -> Result:
    done = run.invoke(app, ["dlq", *words])
    assert done.exit_code == code, done.output
    return done


def test_letters_are_listed_shown_redriven_and_dropped(run: CliRunner) -> None:
    listed = told(run, "list", code=1).output
    assert "union.membership/5#2" in listed
    assert "unknown-type" in listed
    found = json.loads(told(run, "list", "--json", code=1).output)
    assert [each["sequence"] for each in found["letters"]] == [1, 2, 3]
    assert told(run, "show", "union.membership/5#2").output == BROKEN[1].decode() + "\n"
    assert told(run, "show", "union.membership/5#3").output == "base64: //4=\n"
    assert "2 still dead: undecodable" in told(run, "redrive", code=1).output
    for number in (1, 2, 3):
        told(run, "drop", f"union.membership/5#{number}", "--reason", "sent by a test system")
    assert "No dead letters." in told(run, "list").output
    assert "sent by a test system" in told(run, "list", "--state", "dropped").output


def test_refusals_name_the_remedy(run: CliRunner) -> None:
    told(run, "show", "union.membership", code=2)
    told(run, "show", "union.membership/5#99", code=1)
    told(run, "drop", "union.membership/5#1", code=2)  # a reason is asked for
    told(run, "admit", "--reason", "none", code=1)
