"""Master keys from a key management service: another process keeps them, a program of its asks for them."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from shared.keys import MasterKeys
from tests.support import kms
from tests.support.codes import person_number
from tests.support.signing import AUTH, signing_in
from tests.support.waiting import until
from unionstream.embedded.ports import free_port, free_ports

ROOT = Path(__file__).parents[3]
KMS = [sys.executable, kms.__file__]
UNION = {"name": "示例省总工会", "level": 1, "kind": "general", "approved_on": "2000-01-01"}


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """What the key management service keeps."""
    file = tmp_path / "kept"
    file.write_text(MasterKeys((os.urandom(32),)).text)
    return file


@pytest.fixture
def keeper(kept: Path) -> Iterator[str]:
    """Its address, while it runs."""
    port = free_port()
    serving = [*KMS, "serve", str(kept), str(port)]
    with subprocess.Popen(
        serving, env={**os.environ, kms.TOKEN: "s3cret"}, stderr=subprocess.DEVNULL
    ) as process:
        try:
            until(lambda: asked(port) == 403)
            yield f"http://127.0.0.1:{port}/"
        finally:
            process.kill()


def asked(port: int) -> int:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/", trust_env=False).status_code
    except httpx.TransportError:
        return 0


def environment(database: str, command: str) -> dict[str, str]:
    http, operations = free_ports(2)
    return {
        **os.environ,
        kms.TOKEN: "s3cret",
        "MEMBERSHIP_DATABASE_URL": database,
        "MEMBERSHIP_KAFKA": "127.0.0.1:1",
        "MEMBERSHIP_HTTP_HOST": "127.0.0.1",
        "MEMBERSHIP_HTTP_PORT": str(http),
        "MEMBERSHIP_OPERATIONS_PORT": str(operations),
        "MEMBERSHIP_MASTER_KEY_COMMAND": command,
        **signing_in("MEMBERSHIP"),
    }


def main(role: str) -> list[str]:
    return [sys.executable, "-m", "services.membership.main", role]


@contextmanager
def answering(told: Mapping[str, str], log: Path) -> Iterator[httpx.Client]:
    """Membership, ready."""
    with log.open("wb") as out, subprocess.Popen(main("api"), env=told, cwd=ROOT, stderr=out) as process:
        try:
            until(lambda: _ready(told["MEMBERSHIP_OPERATIONS_PORT"]))
            url = f"http://127.0.0.1:{told['MEMBERSHIP_HTTP_PORT']}/v1"
            with httpx.Client(base_url=url, auth=AUTH, trust_env=False) as http:
                yield http
        finally:
            process.kill()


def _ready(port: str) -> bool:
    try:
        return httpx.get(f"http://127.0.0.1:{port}/health/ready", trust_env=False).status_code == 200
    except httpx.TransportError:
        return False


def tell(http: httpx.Client, path: str, body: Any) -> str:
    answer = http.post(path, json=body, headers={"Idempotency-Key": os.urandom(8).hex()})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def register(http: httpx.Client, unit: str, serial: int) -> str:
    """The person's id; of the one who is known already, if there is one."""
    person = {"document_number": person_number(serial), "name": "示例会员", "unit": unit}
    return tell(http, "/people", person)


def test_a_service_lives_on_keys_that_another_process_keeps(
    database: str, kept: Path, keeper: str, tmp_path: Path
) -> None:
    told = environment(database, shlex.join([*KMS, "fetch", keeper]))
    assert subprocess.run(main("migrate"), env=told, cwd=ROOT, check=False).returncode == 0
    with answering(told, tmp_path / "first.log") as http:
        union = tell(http, "/unions", UNION)
        first = register(http, union, 1)
    changed = MasterKeys.of(kept.read_text()).with_new(os.urandom(32))
    kept.write_text(changed.text)
    with answering(told, tmp_path / "second.log") as http:
        second = register(http, union, 2)
        assert register(http, union, 1) == first  # the index of documents is the same
    done = subprocess.run(main("rewrap"), env=told, cwd=ROOT, capture_output=True, text=True, check=True)
    assert '"keys": 1' in done.stderr
    kept.write_text(changed.present_alone.text)
    with answering(told, tmp_path / "third.log") as http:
        assert [register(http, union, serial) for serial in (1, 2)] == [first, second]
    said = done.stdout + done.stderr + "".join(each.read_text() for each in tmp_path.glob("*.log"))
    assert said.count('"started"') == 3
    assert not any(key.hex() in said for key in changed.keys)
    assert "s3cret" not in said


@pytest.mark.parametrize(
    "command",
    [
        "/no/such/program",
        f"{sys.executable} {kms.__file__} fetch http://127.0.0.1:1/",
        "echo 0123456789abcdef",
    ],
    ids=["missing", "cannot reach its service", "prints no key"],
)
def test_a_service_without_keys_does_not_start_and_says_why(database: str, command: str) -> None:
    told = environment(database, command)
    assert subprocess.run(main("migrate"), env=told, cwd=ROOT, check=False).returncode == 0
    ended = subprocess.run(
        main("api"), env=told, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False
    )
    assert ended.returncode == 1
    assert "key-file-unusable" in ended.stderr
    assert "run it by hand" in ended.stderr or "restore the file" in ended.stderr
    assert "0123456789abcdef" not in ended.stderr
