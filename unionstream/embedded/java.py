"""Which Java and which Maven this machine has."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

OLDEST_JAVA = 17
_VERSION = re.compile(r'version "(?:1\.)?(\d+)')


@dataclass(frozen=True)
class Java:
    program: str
    major: int


def find_java() -> Java | None:
    """The Java of JAVA_HOME, else the one on the path; None if there is none or it tells no version."""
    home = os.environ.get("JAVA_HOME")
    program = shutil.which("java", path=str(Path(home, "bin"))) if home else None
    program = program or shutil.which("java")
    if program is None:
        return None
    try:
        told = subprocess.run([program, "-version"], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    major = java_version(told.stderr.decode(errors="replace"))
    return Java(program, major) if major else None


def java_version(told: str) -> int | None:
    """The major version in what `java -version` says: 17 from `17.0.15`, 8 from `1.8.0_402`."""
    match = _VERSION.search(told)
    return int(match.group(1)) if match else None


def find_maven() -> str | None:
    return shutil.which("mvn")
