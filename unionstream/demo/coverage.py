"""How many of the printed figures came out, and why the others did not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rich.box import SIMPLE_HEAD
from rich.table import Table

from unionstream.demo.story import CHAPTERS, chapters, expected, scenario

if TYPE_CHECKING:
    from unionstream.demo.asking import Answer

NOT_TOLD = "its chapter is not told yet"


@dataclass(frozen=True)
class Coverage:
    """Everything that was asked."""

    answers: Sequence[Answer]

    @property
    def wrong(self) -> list[Answer]:
        """Figures, printed or not, that are not what the quantities say."""
        return [each for each in self.answers if not each.right]

    @property
    def reproduced(self) -> set[str]:
        """Printed figures that are right wherever they were asked."""
        return {each.id for each in self.answers if each.id} - {each.id for each in self.wrong}

    def misses(self) -> Iterator[tuple[str, str]]:
        """Printed figures that did not come out, by id, each with the reason."""
        wrong = {each.id: each for each in self.wrong}
        for id_, each in expected().items():
            if id_ in wrong:
                answer = wrong[id_]
                yield id_, f"{each.metric} is {answer.value}, must be {answer.wanted} at {answer.ask.at}"
            elif id_ not in self.reproduced:
                yield id_, f"{each.metric}: {each.miss or NOT_TOLD}"

    def summary(self) -> str:
        """One line for a person."""
        return f"figures reproduced: {len(self.reproduced)} of {len(expected())}"


def table(coverage: Coverage) -> Table:
    """The chapters for a person; fits in 80 columns."""
    shown = Table(box=SIMPLE_HEAD, padding=(0, 1, 0, 0), show_edge=False)
    shown.add_column("chapter", justify="right")
    shown.add_column("summary", overflow="fold")
    for heading in ("year", "printed", "right", "asked"):
        shown.add_column(heading, justify="right", no_wrap=True)
    for chapter in CHAPTERS:
        shown.add_row(*_row(coverage, chapter))
    return shown


def _row(coverage: Coverage, chapter: int) -> list[str]:
    printed = {id_ for id_, each in expected().items() if each.chapter == chapter}
    asked = sum(each.chapter == chapter for each in coverage.answers)
    told = scenario(chapter) if chapter in chapters() else None
    named = (told.title, str(told.year)) if told else ("", "")
    return [str(chapter), *named, str(len(printed)), str(len(printed & coverage.reproduced)), str(asked)]
