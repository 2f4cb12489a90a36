"""The supervisor: everything up, everything down, nothing left behind.

The small broker serves here, since it starts at once.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import asyncpg
import httpx
import psutil
import pytest
from typer.testing import CliRunner

from tests.support.tiny_stack import TINY
from unionstream.cli.main import app
from unionstream.embedded import state
from unionstream.embedded.deadline import Deadline, silent, wait_until
from unionstream.embedded.faults import AlreadyRunning, DiedAtStart
from unionstream.embedded.leftovers import erase
from unionstream.embedded.stack import Stack
from unionstream.embedded.standing import bring_up, take_down

SUPERVISOR = "tests.support.tiny_stack"


@pytest.fixture(autouse=True)
def _small_broker(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROKER", "embedded")


def tiny_stack(folder: Path) -> Stack:
    return Stack(folder, processes=TINY)


async def test_data_is_there_again_after_a_stop_and_a_start(folder: Path) -> None:
    with tiny_stack(folder) as stack:
        async with httpx.AsyncClient(trust_env=False) as http:
            assert (
                await http.get(f"{stack.services['tiny'].operations_url}/health/ready")
            ).status_code == 200
        key = (folder / "tiny-master.key").read_text(encoding="ascii")
        connection = await asyncpg.connect(stack.database_url("tiny"))
        await connection.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        await connection.close()
        children = [child.pid for child in stack.children.values()]
    assert len(children) == 3
    assert not any(psutil.pid_exists(pid) for pid in children if pid)
    assert state.read(folder) is None
    with tiny_stack(folder) as stack:
        connection = await asyncpg.connect(stack.database_url("tiny"))
        assert await connection.fetchval("SELECT seven FROM kept") == 7
        await connection.close()
    assert (folder / "tiny-master.key").read_text(encoding="ascii") == key


async def test_a_service_s_database_is_closed_to_the_other_services(folder: Path) -> None:
    with tiny_stack(folder) as stack:
        stack.postgres.make_databases({"other": "secret"})
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(stack.postgres.url("tiny", "other", "secret"))


async def test_postgres_killed_under_a_session_starts_again_with_what_was_committed(folder: Path) -> None:
    with tiny_stack(folder) as stack:
        held = await asyncpg.connect(stack.database_url("tiny"))
        await held.execute("CREATE TABLE kept AS SELECT 7 AS seven")
        stack.postgres.kill()
        held.terminate()
        stack.postgres.start()
        stack.postgres.wait_ready()
        again = await asyncpg.connect(stack.database_url("tiny"))
        assert await again.fetchval("SELECT seven FROM kept") == 7
        await again.close()


def test_a_process_that_ends_by_itself_is_told_apart_from_one_that_was_stopped(folder: Path) -> None:
    with tiny_stack(folder) as stack:
        tiny = stack.services["tiny"]
        assert stack.fallen() == {}
        psutil.Process(tiny.child.pid).kill()
        assert wait_until(lambda: "tiny" in stack.fallen(), Deadline(10))
        tiny.start()
        tiny.wait_ready()
        tiny.kill()
        assert stack.fallen() == {}


def test_a_second_stack_on_the_same_folder_is_refused(folder: Path) -> None:
    with tiny_stack(folder), pytest.raises(AlreadyRunning), tiny_stack(folder):
        pass


def test_a_service_that_cannot_start_is_named_with_its_log_and_nothing_stays(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TINY_FAILS", "1")
    stack = tiny_stack(folder)
    with pytest.raises(DiedAtStart, match="told to fail"), stack:
        pass
    assert not any(child.alive for child in stack.children.values())
    assert state.read(folder) is None


def test_a_killed_supervisor_takes_everything_with_it_and_the_next_start_works(folder: Path) -> None:
    first = bring_up(folder, 1, silent, SUPERVISOR)
    psutil.Process(first.supervisor.pid).kill()
    assert wait_until(lambda: not any(process.alive for process in first.processes), Deadline(20))
    assert state.read(folder) is not None, "the stale state is what the next start has to recognise"
    second = bring_up(folder, 1, silent, SUPERVISOR)
    assert second.supervisor.pid != first.supervisor.pid
    take_down(folder)


def test_a_process_that_outlived_its_supervisor_is_ended_by_the_next_start(folder: Path) -> None:
    with tiny_stack(folder):
        stale = state.read(folder)
    assert stale is not None
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as orphan:
        left = state.Running(
            name="x", pid=orphan.pid, started=psutil.Process(orphan.pid).create_time(), log=""
        )
        state.write(folder, stale.model_copy(update={"processes": (left,)}))
        with tiny_stack(folder):
            assert not left.alive


def test_a_pid_that_belongs_to_somebody_else_by_now_is_left_alone(folder: Path) -> None:
    with tiny_stack(folder):
        stale = state.read(folder)
    assert stale is not None
    with subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"]) as stranger:
        left = state.Running(name="x", pid=stranger.pid, started=1.0, log="")
        state.write(folder, stale.model_copy(update={"processes": (left,)}))
        with tiny_stack(folder):
            assert stranger.poll() is None
        stranger.kill()


def test_up_status_logs_and_down_tell_what_runs(folder: Path) -> None:
    run = CliRunner().invoke
    told: list[str] = []
    bring_up(folder, 1, told.append, SUPERVISOR)
    assert any("tiny is ready" in line for line in told)
    status = run(app, ["status", "--data", str(folder), "--json"])
    assert status.exit_code == 0
    known = state.State.model_validate_json(status.stdout)
    assert {process.name for process in known.processes} == {"postgres", "broker", "tiny"}
    again = run(app, ["up", "--data", str(folder)])
    assert again.exit_code == 1
    assert "runs in" in again.stderr
    psutil.Process(next(process.pid for process in known.processes if process.name == "tiny")).kill()
    assert wait_until(lambda: run(app, ["status", "--data", str(folder)]).exit_code == 1, Deadline(10))
    logs = run(app, ["logs", "supervisor", "--data", str(folder)])
    assert "tiny is ready" in logs.stdout
    assert run(app, ["down", "--data", str(folder)]).exit_code == 0
    assert run(app, ["status", "--data", str(folder)]).exit_code == 3
    assert run(app, ["down", "--data", str(folder)]).exit_code == 3


def test_erasing_takes_what_the_stack_made_and_leaves_what_it_did_not(folder: Path) -> None:
    with tiny_stack(folder):
        pass
    (folder / "mine.txt").write_text("mine", encoding="ascii")
    erase(folder)
    assert [path.name for path in folder.iterdir()] == ["mine.txt"]


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_supervisor_asked_to_end_while_it_starts_leaves_nothing(
    folder: Path, ending: signal.Signals
) -> None:
    with subprocess.Popen([sys.executable, "-m", SUPERVISOR, str(folder), "1"]) as supervisor:
        assert wait_until((folder / "logs" / "postgres.log").exists, Deadline(30))
        known = state.read(folder)
        supervisor.send_signal(ending)
        assert supervisor.wait(40) == 0
    assert known is not None
    assert not any(process.alive for process in known.processes)
    assert state.read(folder) is None
