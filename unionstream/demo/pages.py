"""docs/printed-figures.md: every printed figure and how the system is asked for it."""

from collections.abc import Iterator
from pathlib import Path

from unionstream.demo.story import CHAPTERS, Expected, chapters, expected, scenario

PAGE = Path("docs/printed-figures.md")
INTRODUCTION = """# Printed figures

Written from `tests/summaries/` by `make docs`. Ten summaries print {number} figures; {asked} are asked of
the running system, by tests and by `unionstream demo`. A figure is asked at a unit of its chapter's scenario,
for a period of it; the value is that of the scenario as shipped, in the figure's own unit of counting (money
in fen).
"""
SIGNS = {"exact": "", "over": "余", "nearly": "近", "about": "左右"}


def page() -> str:
    """The whole page."""
    asked = sum(bool(each.is_) for each in expected().values())
    lines = [INTRODUCTION.format(number=len(expected()), asked=asked)]
    for chapter in CHAPTERS:
        lines += ["", *_chapter(chapter), ""]
    return "\n".join([*lines, *_misses()]).rstrip() + "\n"


def _chapter(chapter: int) -> Iterator[str]:
    told = scenario(chapter) if chapter in chapters() else None
    yield f"## Chapter {chapter}" + (f": {told.title}, {told.year}" if told else "")
    yield ""
    if told:
        yield f"{told.why}\n"
    yield "| id | printed | unit | figure | at | during | part | value |"
    yield "|---|---|---|---|---|---|---|---|"
    for id_, each in expected().items():
        if each.chapter == chapter:
            yield _row(id_, each)


def _row(id_: str, each: Expected) -> str:
    printed = (
        f"{each.printed}{SIGNS[each.qualifier]}" if each.least is None else f"{each.least}-{each.printed}"
    )
    if each.miss:
        return f"| {id_} | {printed} | {each.unit} | {each.metric} | | | | missed |"
    at = each.at + (f" and {each.above}" if each.above else "")
    part = f"{each.by} = {each.part}" if each.part else ""
    figure = f"`{each.figure or each.metric}`" + (f" on line {each.line}" if each.line else "")
    return f"| {id_} | {printed} | {each.unit} | {figure} | {at} | {each.during} | {part} | {each.shipped} |"


def _misses() -> Iterator[str]:
    missed = {id_: each for id_, each in expected().items() if each.miss}
    if missed:
        yield "## Missed\n"
        yield from (f"- {id_} {each.metric}: {each.miss}" for id_, each in missed.items())


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
