"""The installed tools, and how each is asked."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

ROOT = Path(__file__).parents[2]
CHART = ROOT / "deploy" / "chart"
SIZES = ("small", "province")
# What an installation has to say for itself, and everything switched on that can be.
OWN = (
    "oidc.issuer=https://id.example",
    "image.digest=sha256:" + "0" * 64,
    "databases.backup.destination=s3://bucket/unionstream",
    "ingress.enabled=true",
    "ingress.tlsSecret=tls",
    "tracing.OTEL_EXPORTER_OTLP_ENDPOINT=http://collector.tracing:4318",
)


@dataclass(frozen=True)
class Ended:
    """How a tool ended."""

    code: int
    out: str

    def fine(self) -> str:
        """What it said; fails if it found anything."""
        assert self.code == 0, self.out
        return self.out


@dataclass(frozen=True)
class Tools:
    """Everything under `folder`; `node` runs what is JavaScript."""

    root: Path
    folder: Path
    node: str

    def run(self, *words: str | Path, given: str | None = None, where: Path = ROOT) -> Ended:
        """Both streams of a tool together."""
        done = subprocess.run(
            [str(word) for word in words],
            cwd=where,
            input=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            timeout=240,
            env={**os.environ, "NO_COLOR": "1", "HOME": str(self.folder)},
            check=False,
        )
        return Ended(done.returncode, done.stdout)

    def python(self, *words: str | Path, given: str | None = None) -> Ended:
        """A script in the environment of the tools."""
        return self.run(self.folder / "tools" / "bin" / "python", *words, given=given)

    def tool(self, name: str) -> Path:
        """A program of that environment."""
        return self.folder / "tools" / "bin" / name

    def prometheus(self, name: str) -> str:
        """prometheus, promtool or amtool, of the machine or unpacked."""
        return shutil.which(name) or str(self.folder / "prometheus" / "usr" / "bin" / name)

    def rendered(self, size: str, *settings: str) -> str:
        """The chart of a size, as YAML."""
        words = [f"--set={each}" for each in (*OWN, *settings)]
        values = CHART / f"values-{size}.yaml"
        done = subprocess.run(
            [self.tool("python"), ROOT / "deploy/checks/render.py", CHART, values, *words],
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout


def resources(text: str) -> dict[tuple[str, str], dict[str, Any]]:
    """Rendered resources by kind and name."""
    documents: Sequence[Any] = [each for each in yaml.safe_load_all(text) if each]
    return {(each["kind"], each["metadata"]["name"]): each for each in documents}
