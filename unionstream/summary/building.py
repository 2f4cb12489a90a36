"""From templates and facts to the model: pure, so the same facts and templates give the same summary."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from unionstream.summary import tables, wording
from unionstream.summary.facts import Facts, Period
from unionstream.summary.faults import NothingReported
from unionstream.summary.model import (
    Block,
    Item,
    Paragraph,
    Part,
    Run,
    Section,
    Summary,
    Templates,
    Union,
)
from unionstream.summary.phrases import parse
from unionstream.summary.recording import Appendix, Reading
from unionstream.summary.telling import Teller
from unionstream.summary.templates import Book, PartWanted, SectionWanted


@dataclass(frozen=True)
class Asked:
    """The period of the whole and of sections that differ; `base` is where links open."""

    year: int
    period: Period
    base: str
    periods: dict[str, Period] = field(default_factory=dict)

    def of(self, section: str) -> Period:
        """The days of one section."""
        return self.periods.get(section, self.period)


def build(book: Book, facts: Facts, asked: Asked) -> Summary:
    """The whole summary; raises NothingReported when no section has anything to tell."""
    appendix = Appendix()
    sections = [
        built
        for name, section in book.sections.items()
        if (built := _section(name, section, Reading(book, facts, asked.of(name), appendix)))
    ]
    if not sections:
        raise NothingReported(
            f"{facts.union['name'] or facts.union['id']} and the units below it recorded nothing "
            f"that a summary tells from {asked.period.first} to {asked.period.last}.",
            "Check unit and days; `unionstream trail UNIT` shows what has been recorded.",
        )
    return Summary(
        **_head(book, facts, asked),
        cut=facts.cut,
        lanes=facts.lanes,
        heads=facts.heads,
        provisional=facts.provisional,
        line=facts.line,
        basis=facts.basis,
        base=asked.base,
        templates=Templates(version=book.version, changed=list(book.changed)),
        sections=[
            each.model_copy(update={"heading": f"{wording.ordinal(number)}、{each.heading}"})
            for number, each in enumerate(sections, start=1)
        ],
        appendix=str(book.frame.appendix),
        figures=list(appendix.used.values()),
    )


def _head(book: Book, facts: Facts, asked: Asked) -> dict[str, Any]:
    union, period = facts.union, asked.period
    days = wording.days(period.first, period.last)
    title = book.frame.title if days == "全年" else book.frame.title_of_part
    words = {
        "unit": union["name"] or "",
        # Days of two years carry their years themselves.
        "year": f"{asked.year}年" if period.first.year == period.last.year else "",
        "days": days,
        "as_of": f"截至{wording.spoken(period.last)}",
        "first": wording.spoken(period.first),
        "last": wording.spoken(period.last),
    }
    return {
        "title": parse(title).render(words),
        "subtitle": parse(book.frame.subtitle).render(words),
        "union": Union(
            id=str(union["id"]),
            name=union["name"] or "",
            level=union["level"],
            division=union["division"] or "",
        ),
        "year": asked.year,
        "first": period.first,
        "last": period.last,
    }


def _section(name: str, wanted: SectionWanted, reading: Reading) -> Section | None:
    level = reading.facts.level
    if not wanted.at(level):
        return None
    built = [_part(f"{name}.{n}", part, reading) for n, part in enumerate(wanted.parts) if part.at(level)]
    parts = [part for part in built if part.blocks]
    headed = sum(bool(part.heading) for part in parts)
    return (
        Section(
            id=name,
            heading=str(wanted.heading),
            first=reading.period.first,
            last=reading.period.last,
            parts=_numbered(parts, alone=headed == 1 and len(parts) == 1),
        )
        if parts
        else None
    )


def _numbered(parts: list[Part], *, alone: bool) -> list[Part]:
    """（一）…; a heading that stands alone in its section has no number."""
    numbered, number = [], 0
    for part in parts:
        number += bool(part.heading)
        mark = "" if alone or not part.heading else f"（{wording.ordinal(number)}）"
        numbered.append(part.model_copy(update={"heading": f"{mark}{part.heading}"}))
    return numbered


def _part(name: str, wanted: PartWanted, reading: Reading) -> Part:
    blocks: list[Block] = []
    teller = Teller(reading)
    runs = [run for sentence in wanted.say for run in teller.told(sentence)]
    if runs:
        blocks.append(Paragraph(id=name, runs=_joined(runs)))
    if wanted.narrative:
        blocks += _items(reading.facts, wanted.narrative)
    blocks += filter(None, (tables.table(reading, each) for each in wanted.tables))
    blocks += filter(None, (tables.chart(reading, each) for each in wanted.charts))
    return Part(heading=str(wanted.heading or ""), blocks=blocks)


def _joined(runs: list[Run]) -> list[Run]:
    """Neighbouring texts without figures become one run."""
    made: list[Run] = []
    for run in runs:
        if made and not run.key and not made[-1].key:
            made[-1] = Run(text=made[-1].text + run.text)
        else:
            made.append(run)
    return made


def _items(facts: Facts, kind: str) -> list[Block]:
    of_kind = [each for each in facts.narratives if each["item"] == kind]
    return [
        Item(number=number, topic=each["topic"], text=each["text"].strip())
        for number, each in enumerate(of_kind, start=1)
    ]


def whole_year(year: int, today: date) -> Period:
    """1 January to 31 December, or to today in the year that is running."""
    return Period(date(year, 1, 1), min(date(year, 12, 31), max(today, date(year, 1, 1))))
