"""The process of membership: it prepares its database, refuses a bad key file, and answers."""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.support.signing import AUTH, signing_in
from tests.support.waiting import until
from unionstream.embedded.ports import free_port

ROOT = Path(__file__).parents[3]


@pytest.fixture
def environment(database: str, tmp_path: Path) -> dict[str, str]:
    key = tmp_path / "master.key"
    key.write_text(os.urandom(32).hex(), encoding="ascii")
    key.chmod(0o600)
    return {
        **os.environ,
        "MEMBERSHIP_DATABASE_URL": database,
        "MEMBERSHIP_KAFKA": "127.0.0.1:1",
        "MEMBERSHIP_HTTP_HOST": "127.0.0.1",
        "MEMBERSHIP_HTTP_PORT": str(free_port()),
        "MEMBERSHIP_OPERATIONS_PORT": str(free_port()),
        "MEMBERSHIP_MASTER_KEY_FILE": str(key),
        **signing_in("MEMBERSHIP"),
    }


def run(role: str, environment: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "services.membership.main", role]
    return subprocess.run(
        command, env=environment, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )


@contextmanager
def running(role: str, environment: Mapping[str, str]) -> Iterator[subprocess.Popen[bytes]]:
    command = [sys.executable, "-m", "services.membership.main", role]
    with subprocess.Popen(command, env=environment, cwd=ROOT, stderr=subprocess.DEVNULL) as process:
        try:
            yield process
        finally:
            process.kill()


def ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/health/ready").status_code == 200
    except httpx.TransportError:
        return False


def test_the_api_answers_after_migration_and_ends_when_told(environment: dict[str, str]) -> None:
    assert run("migrate", environment).returncode == 0
    assert run("migrate", environment).returncode == 0
    address = f"http://127.0.0.1:{environment['MEMBERSHIP_HTTP_PORT']}"
    with running("api", environment) as process:
        until(lambda: ready(f"http://127.0.0.1:{environment['MEMBERSHIP_OPERATIONS_PORT']}"))
        body = {"name": "省总工会", "level": 1, "kind": "general", "approved_on": "1990-01-01"}
        answer = httpx.post(f"{address}/v1/unions", json=body, headers={"Idempotency-Key": "1"}, auth=AUTH)
        assert answer.status_code == 201, answer.text
        schema = httpx.get(f"{address}/v1/openapi.json", auth=AUTH).json()
        assert "EstablishUnion" in schema["components"]["schemas"]
        assert "/v1/members/bulk" in schema["paths"]
        process.terminate()
        assert process.wait(timeout=30) == 0


@pytest.mark.parametrize("mode", [0o644, None], ids=["readable by others", "missing"])
def test_a_bad_key_file_ends_the_start(environment: dict[str, str], mode: int | None) -> None:
    assert run("migrate", environment).returncode == 0
    key = Path(environment["MEMBERSHIP_MASTER_KEY_FILE"])
    if mode is None:
        key.unlink()
    else:
        key.chmod(mode)
    ended = run("api", environment)
    assert ended.returncode == 1
    assert "key-file-unusable" in ended.stderr
