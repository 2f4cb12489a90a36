"""Jobs on the terminal: their progress as bars, their refusals with the remedy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from unionstream.cli.stack import err, out, tell_fault

BAR = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())


@dataclass
class Shown:
    """What one job has reported so far."""

    service: str
    bars: Progress
    tasks: dict[str, TaskID] = field(default_factory=dict)
    reports: list[dict[str, Any]] = field(default_factory=list)

    def hear(self, said: dict[str, Any]) -> None:
        """One report."""
        if said["kind"] == "progress":
            self._advance(said["step"], said["done"], said["of"])
        elif said["kind"] == "refused":
            tell_fault(f"{self.service}: {said['detail']}", said["remedy"])
        else:
            self.reports.append(said)

    def _advance(self, step: str, done: int, of: int) -> None:
        if step not in self.tasks:
            self.tasks[step] = self.bars.add_task(f"{self.service}: {step}", total=None)
        self.bars.update(self.tasks[step], completed=done, total=of)


def run(data: Path, service: str, job: Sequence[str]) -> tuple[int, list[dict[str, Any]]]:
    """Run a job of the stack in `data` under a bar; its exit code, and what it reported besides progress."""
    from unionstream.embedded.jobs import run_job

    with Progress(*BAR, console=err) as bars:
        shown = Shown(service, bars)
        code = run_job(data, service, job, shown.hear)
    if code and not shown.reports:
        err.print(f"The log of the job: {escape(str(data / 'logs' / f'{service}-{job[0]}.log'))}")
    return code, shown.reports


def say(line: str) -> None:
    """One line for the reader."""
    out.print(line, soft_wrap=True)
