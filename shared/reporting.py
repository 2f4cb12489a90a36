"""What a job says while it works: one JSON object per line on its standard output, for whoever started it."""

import sys
from typing import Any

from pydantic_core import to_json

from shared.errors import Problem
from shared.logs import log
from shared.metrics import JOB_PROGRESS

_reached: dict[str, float] = {}  # what the log was told last of each step


def report(kind: str, **said: Any) -> None:
    """One line, at once: `progress` (step, done, of), `difference`, `done`, `refused`."""
    sys.stdout.write(to_json({"kind": kind, **said}).decode() + "\n")
    sys.stdout.flush()


def progress(step: str, done: int, of: int) -> None:
    """How far a step is: to whoever started the job, as a metric, and in the log with every tenth."""
    report("progress", step=step, done=done, of=of)
    ratio, before = (done / of if of else 1.0), _reached.get(step, -1.0)
    JOB_PROGRESS.labels(step).set(ratio)
    if int(10 * ratio) != int(10 * before):
        _reached[step] = ratio
        log.info("job_progress", step=step, done=done, of=of)


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
