"""How results are told: one table per subject, every measured value beside its yardstick."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from statistics import median, quantiles

from rich.console import Console
from rich.table import Table

ENOUGH = 20


@dataclass(frozen=True)
class Line:
    """One measurement: every round's value in `unit`; `beside` names yardsticks, `aim` what is hoped for.

    `busy`: the milliseconds of every round with a core, which say more on a machine that others use.
    """

    what: str
    unit: str
    rounds: Sequence[float]
    beside: Sequence[tuple[str, float]] = ()
    aim: str = ""
    busy: Sequence[float] = ()

    @property
    def typical(self) -> float:
        """The median of the rounds."""
        return median(self.rounds)

    @property
    def p95(self) -> float | None:
        """What 95 of 100 rounds stay below; None for so few rounds that it would say nothing."""
        return quantiles(self.rounds, n=20)[-1] if len(self.rounds) >= ENOUGH else None

    @property
    def worst(self) -> float:
        """The lowest of the rounds for rates, the highest for times."""
        return max(self.rounds) if self.unit in {"ms", "s", "µs", "µs/event"} else min(self.rounds)


@dataclass(frozen=True)
class Result:
    """What one part found out; `notes` say what a number alone would not."""

    title: str
    lines: Sequence[Line]
    notes: Sequence[str] = field(default=())


def show(console: Console, result: Result) -> None:
    """Print one result."""
    table = Table(title=result.title, title_justify="left", title_style="bold")
    table.add_column("measured")
    for name in ("median", "p95", "worst", "busy"):
        table.add_column(name, justify="right")
    for name in ("unit", "beside", "aim"):
        table.add_column(name)
    for line in result.lines:
        worst = number(line.worst) if len(line.rounds) > 1 else ""
        p95 = "" if line.p95 is None else number(line.p95)
        busy = number(median(line.busy)) if line.busy else ""
        table.add_row(line.what, number(line.typical), p95, worst, busy, line.unit, _beside(line), line.aim)
    console.print()
    console.print(table)
    for note in result.notes:
        console.print(f"  {note}", highlight=False)


def number(value: float) -> str:
    """Three significant digits or whole, with thousands set off."""
    return f"{value:,.0f}" if value >= 100 else f"{value:,.1f}"


def _beside(line: Line) -> str:
    return ", ".join(f"{line.typical / value:.0%} of {name}" for name, value in line.beside if value)
