"""Keys from a program: whatever it does, there are keys or a typed refusal, in time, without its words."""

from __future__ import annotations

import json
import shlex
import sys
import time
from pathlib import Path
from uuid import UUID

import pytest
from structlog.testing import capture_logs

from shared.keys import FollowedKeys, KeyFile, KeyFileUnusable, KeyProgram, MasterKeys
from shared.printed import LARGEST, ProgramFailed, printed
from shared.vault import PersonalData, SealBroken, Vault

OLD, NEW = bytes(range(32)), bytes(range(1, 33))
ADA = UUID(int=1)
DATA = PersonalData(document_kind="citizen", document_number="999999199202290018", name="示例会员")


def python(source: str) -> str:
    """A command that runs it."""
    return shlex.join([sys.executable, "-c", source])


@pytest.mark.parametrize(
    ("command", "why"),
    [
        ("", "names no program"),
        ("'unbalanced", "names no program"),
        ("/no/such/program", "FileNotFoundError"),
        ("/etc/passwd", "PermissionError"),
        (python("raise SystemExit(7)"), "exit code 7"),
        (python(f"print('{OLD.hex()}'); raise SystemExit(1)"), "exit code 1"),
        (python("print('not a key')"), "no hex digits|neither a key"),
        (python("pass"), "have 32 bytes"),
        (python("import os; os.write(1, bytes(range(256)))"), "something else"),
        (python(f"print('{OLD.hex()}' * {LARGEST})"), "more than"),
        (python(f"import sys; sys.stderr.write('{OLD.hex()}'); sys.exit(1)"), "exit code 1"),
    ],
)
def test_what_gives_no_keys_is_refused_without_its_words(command: str, why: str) -> None:
    with pytest.raises(KeyFileUnusable, match=why) as refused:
        KeyProgram(command).read()
    problem = refused.value
    assert problem.remedy
    told = json.dumps([problem.detail, problem.value, problem.remedy, str(problem)])
    assert not any(secret in told for secret in (OLD.hex(), "passwd", "not a key"))


@pytest.mark.timeout(120)  # of the 600 seconds that they would take
@pytest.mark.parametrize(
    "source",
    [
        "import time; time.sleep(600)",
        "import os, time; os.close(1); time.sleep(600)",
        "while True: print('0' * 60000, end='')",
        # One that leaves behind a process of its own, which holds the output open.
        "import subprocess, sys; subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'])",
        "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)",
    ],
    ids=["sleeps", "closes its output and sleeps", "never ends", "leaves a child", "ignores its end"],
)
def test_nobody_waits_for_a_program_without_end(source: str) -> None:
    with pytest.raises(ProgramFailed, match=r"did not end|printed more"):
        printed(shlex.split(python(source)), 1.0)


def test_all_that_it_started_ends_with_it(tmp_path: Path) -> None:
    file = tmp_path / "pid"
    child = "import subprocess, sys; p = subprocess.Popen(['sleep', '600']); "
    source = f"{child}open({str(file)!r}, 'w').write(str(p.pid)); p.wait()"
    with pytest.raises(ProgramFailed):
        printed(shlex.split(python(source)), 2.0)
    pid = int(file.read_text())
    deadline = time.monotonic() + 30
    while _lives(pid):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def _lives(pid: int) -> bool:
    try:
        return f"{Path(f'/proc/{pid}/stat').read_text().rpartition(')')[2].split()[0]}" != "Z"
    except FileNotFoundError:
        return False


def test_it_is_given_no_input() -> None:
    assert printed(shlex.split(python("import sys; print(len(sys.stdin.read()))")), 30.0) == b"0\n"


def test_a_source_that_fails_later_leaves_the_keys_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lines = tmp_path / "kept"
    lines.write_text(MasterKeys((OLD,)).text)
    vault = Vault(FollowedKeys(KeyProgram(python(f"print(open({str(lines)!r}).read())"))))
    sealed = vault.seal(ADA, DATA)
    lines.unlink()
    monkeypatch.setattr("shared.keys.AGAIN_SECONDS", 0.0)
    with capture_logs() as told, pytest.raises(SealBroken):
        vault.open(ADA, Vault(NEW).seal(ADA, DATA))
    assert [(each["event"], each["log_level"]) for each in told] == [("master_keys_kept", "error")]
    assert OLD.hex() not in str(told)
    assert vault.open(ADA, sealed) == DATA


def test_a_file_that_is_spoiled_leaves_the_keys_that_are_there(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_text(OLD.hex())
    file.chmod(0o600)
    vault = Vault(FollowedKeys(KeyFile(file)))
    sealed = vault.seal(ADA, DATA)
    for spoiled in (b"half a li", b"\xff\xfe"):
        file.write_bytes(spoiled)
        with capture_logs() as told:
            assert vault.open(ADA, sealed) == DATA
            assert vault.open(ADA, sealed) == DATA
        assert [each["event"] for each in told] == ["master_keys_kept"]  # once, not at every use
    file.write_text(MasterKeys((OLD,)).with_new(NEW).text)
    assert vault.open(ADA, sealed) == DATA
    assert vault.open(ADA, Vault(NEW).seal(ADA, DATA)) == DATA


def test_rights_mended_are_seen(tmp_path: Path) -> None:
    file = tmp_path / "master.key"
    file.write_text(OLD.hex())
    file.chmod(0o600)
    vault = Vault(FollowedKeys(KeyFile(file)))
    file.write_text(MasterKeys((OLD,)).with_new(NEW).text)
    file.chmod(0o644)
    with pytest.raises(SealBroken):
        vault.open(ADA, Vault(NEW).seal(ADA, DATA))
    file.chmod(0o600)
    assert vault.open(ADA, Vault(NEW).seal(ADA, DATA)) == DATA


def test_rows_are_known_again_by_what_tells_nothing_without_the_key() -> None:
    row = b"roster/row-1"
    assert Vault(OLD).veiled(row) == Vault(MasterKeys((OLD,)).with_new(NEW)).veiled(row)
    assert Vault(OLD).veiled(row) != Vault(NEW).veiled(row)
    assert row not in Vault(OLD).veiled(row)
