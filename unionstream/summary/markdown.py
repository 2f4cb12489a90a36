"""A summary as Markdown: every number a link to its events, charts as tables of what they show."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import singledispatch

from unionstream.summary.model import Block, Chart, Item, Paragraph, Run, Summary, Table
from unionstream.summary.rows import COLUMNS, checkpoint, rows_of

SPECIAL = re.compile(r"([\\`*_\[\]<>|#])")


def markdown(summary: Summary) -> bytes:
    """UTF-8, lines ended by a line feed."""
    return ("\n".join(_lines(summary)) + "\n").encode()


def _lines(summary: Summary) -> Iterator[str]:
    yield from (f"# {_plain(summary.title)}", "", _plain(summary.subtitle), "")
    for section in summary.sections:
        yield from (f"## {_plain(section.heading)}", "")
        for part in section.parts:
            if part.heading:
                yield from (f"### {_plain(part.heading)}", "")
            for block in part.blocks:
                yield from _block(block)
                yield ""
    yield from (f"## {_plain(summary.appendix)}", "", _plain(checkpoint(summary)), "")
    rows = zip(rows_of(summary), (used.key for used in summary.figures), strict=True)
    yield from _table(list(COLUMNS), [[*map(_plain, row[:-1]), f"[查看][{key}]"] for row, key in rows])
    yield ""
    yield from (f"[{used.key}]: {summary.address(used)}" for used in summary.figures)


@singledispatch
def _block(_block: Block) -> Iterator[str]:
    raise TypeError(_block)


@_block.register
def _(block: Paragraph) -> Iterator[str]:
    yield "".join(_run(run) for run in block.runs)


@_block.register
def _(block: Table) -> Iterator[str]:
    yield from (f"**{_plain(block.caption)}**", "")
    yield from _table(block.columns, [[_run(cell) for cell in row] for row in block.rows])


@_block.register
def _(block: Chart) -> Iterator[str]:
    yield from (f"**{_plain(block.caption)}**", "")
    names = [series.name or "数量" for series in block.series]
    rows = [
        [_plain(label), *(f"{series.values[row]:g}{block.unit}" for series in block.series)]
        for row, label in enumerate(block.labels)
    ]
    yield from _table(["类别", *names], rows)


@_block.register
def _(block: Item) -> Iterator[str]:
    yield f"{block.number}. {_plain(block.text)}"


def _table(columns: list[str], rows: list[list[str]]) -> Iterator[str]:
    yield f"| {' | '.join(map(_plain, columns))} |"
    yield f"|{'---|' * len(columns)}"
    yield from (f"| {' | '.join(row)} |" for row in rows)


def _run(run: Run) -> str:
    return f"[{_plain(run.text)}][{run.key}]" if run.key else _plain(run.text)


def _plain(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text.replace("\n", " "))
