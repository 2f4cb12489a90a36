"""Run it by hand: `python -m tests.faults.harness --duration 10m --seed 7`."""

from __future__ import annotations

import argparse
import asyncio
import random
import re
import shutil
import sys
import tempfile
from pathlib import Path

from tests.faults.harness.course import Outcome, run
from tests.faults.harness.report import report

UNITS = {"s": 1, "m": 60, "h": 3600}


def main() -> int:
    """Exit code 0 when nothing was found."""
    asked = _parser().parse_args()
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(1_000_000)
    _say(f"seed {seed}")
    outcome = _run(seed, asked.duration)
    told = report(outcome)
    _say(told)
    if asked.report:
        asked.report.write_text(told, encoding="utf-8")
    return int(bool(outcome.findings))


def _run(seed: int, seconds: float) -> Outcome:
    top = Path(tempfile.mkdtemp(prefix="unionstream-faults-"))
    top.chmod(0o711)  # within reach of the account that PostgreSQL runs as
    try:
        return asyncio.run(run(top / "data", seed, seconds, _say))
    finally:
        shutil.rmtree(top, ignore_errors=True)


def _say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="make faults",
        description="Everything dies under load, by a plan drawn from the seed; an auditor compares all.",
    )
    parser.add_argument(
        "--duration", type=_seconds, default=60.0, help="such as 90s, 10m or 2h (default: 60s)"
    )
    parser.add_argument("--seed", type=int, help="the plan's seed (default: drawn, and printed)")
    parser.add_argument("--report", type=Path, help="a file for the report in Markdown")
    return parser


def _seconds(text: str) -> float:
    found = re.fullmatch(r"(\d+(?:\.\d+)?)([smh]?)", text)
    if found is None:
        message = f"{text!r} is no duration; write it as 90s, 10m or 2h"
        raise argparse.ArgumentTypeError(message)
    return float(found[1]) * UNITS[found[2] or "s"]


if __name__ == "__main__":
    sys.exit(main())
