"""What a job says while it works: one JSON object per line on its standard output, for whoever started it."""

import sys
from typing import Any

from pydantic_core import to_json

from shared.errors import Problem


def report(kind: str, **said: Any) -> None:
    """One line, at once: `progress` (step, done, of), `difference`, `done`, `refused`."""
    sys.stdout.write(to_json({"kind": kind, **said}).decode() + "\n")
    sys.stdout.flush()


def progress(step: str, done: int, of: int) -> None:
    """How far a step is."""
    report("progress", step=step, done=done, of=of)


def refused(problem: Problem) -> None:
    """Why nothing (more) was done, and what to do about it."""
    report(
        "refused",
        code=problem.code,
        detail=problem.detail,
        field=problem.field,
        value=problem.value,
        remedy=problem.remedy,
    )
