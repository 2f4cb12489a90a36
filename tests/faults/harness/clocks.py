"""Processes whose clock can jump: libfaketime before the C library, and a file that says by how much."""

from __future__ import annotations

import platform
from importlib.util import find_spec
from pathlib import Path

BY = ("+7h", "-5h", "+90s", "-90s")
"""Over a midnight in Shanghai and back, and by less than anybody would notice."""


def library() -> Path | None:
    """Where libfaketime is; None on a machine that it is not built for."""
    spec = find_spec("libfaketime")
    if spec is None or spec.origin is None or (platform.system(), platform.machine()) != ("Linux", "x86_64"):
        return None
    found = Path(spec.origin).parent / "vendor" / "libfaketime" / "src" / "libfaketime.so.1"
    return found if found.exists() else None


def environment(clock: Path) -> dict[str, str]:
    """What a process is started with so that it goes by `clock`, which is made here and says the truth."""
    so = library()
    assert so is not None
    put(clock, "+0")
    return {
        "LD_PRELOAD": str(so),
        "FAKETIME_TIMESTAMP_FILE": str(clock),
        "FAKETIME_CACHE_DURATION": "1",
        # Time-outs go by the monotonic clock, which does not jump on a real machine either.
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "DONT_FAKE_MONOTONIC": "1",
    }


def put(clock: Path, offset: str) -> None:
    """From now on (within a second), the clock is off by so much."""
    fresh = clock.with_suffix(".new")
    fresh.write_text(f"{offset}\n", encoding="ascii")
    fresh.replace(clock)
