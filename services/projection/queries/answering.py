"""From a question to the answer that is sent, inside one snapshot."""

from dataclasses import asdict
from datetime import datetime

from services.projection.catalogue import load
from services.projection.queries import answers, display
from services.projection.queries import trace as traces
from services.projection.queries import trail as trails
from services.projection.queries.breakdown import how
from services.projection.queries.figures import Reading
from services.projection.queries.knowledge import heads, known
from services.projection.queries.measured import Measured
from services.projection.queries.question import Asked, understood
from services.projection.queries.rounding import Rounding
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.units import above, unit_of


async def figures(
    snapshot: Snapshot, asked: Asked, wanted: list[str], by: str, chosen: Rounding | None = None
) -> answers.FiguresAnswer:
    """Every figure in the order asked for, broken down by `by` and rounded as `chosen`, if anything is."""
    question = await understood(snapshot, asked)
    reading = Reading(snapshot, load(), question)
    await reading.foresee(wanted)
    return answers.FiguresAnswer(
        cut=str(question.cut),
        unit=answers.unit_answer(question.unit),
        line=asked.line,
        basis=asked.basis,
        known_at=asked.known_at,
        provisional=question.known.provisional,
        figures=[answers.figure_answer(*await _figure(reading, name, by), chosen) for name in wanted],
    )


async def trace(
    snapshot: Snapshot, asked: Asked, figure: tuple[str, traces.Part], page: tuple[str, int]
) -> answers.TraceAnswer:
    """One page of the facts behind a figure."""
    found = await traces.trace(snapshot, asked, figure, page)
    traced = found.traced
    facts = [
        answers.FactAnswer(display=display.printed(traced.figure, fact.amount), **asdict(fact))
        for fact in found.facts
    ]
    return answers.TraceAnswer.model_validate(
        {
            "cut": str(found.question.cut),
            "unit": answers.unit_answer(found.question.unit),
            "figure": traced.figure.id,
            "label": traced.figure.zh,
            "label_en": traced.figure.en,
            "from": traced.first,
            "to": traced.last,
            "value": found.value,
            "display": display.printed(traced.figure, found.value),
            "adds_up": traced.figure.kind not in {"distinct", "max", "largest_each", "rank"},
            "facts": facts,
            "next": found.next,
        }
    )


def trail(page: trails.Page) -> answers.TrailAnswer:
    """One page of the trail."""
    return answers.TrailAnswer(
        cut=str(page.cut),
        unit=answers.unit_answer(page.unit),
        events=[answers.EventAnswer.model_validate(each, from_attributes=True) for each in page.events],
        next=page.next,
    )


async def place(snapshot: Snapshot, text: str) -> answers.UnitPlaceAnswer:
    """A union with those above it today."""
    unit = await unit_of(snapshot, text)
    higher = await above(snapshot, unit, snapshot.today)
    return answers.UnitPlaceAnswer(
        unit=answers.unit_answer(unit), above=[answers.unit_answer(each) for each in higher]
    )


async def cut(snapshot: Snapshot, moment: datetime | None, *, with_heads: bool) -> answers.CutAnswer:
    """The present cut, or the one of a moment, told stream by stream as well."""
    when = await known(snapshot, "", moment)
    names = {lane: "/".join(map(str, load().stream(lane))) for lane in load().lanes}
    lanes = {name: when.cut.at(lane) for lane, name in names.items()}
    chains = await heads(snapshot, when.cut) if with_heads else {}
    told = {names[lane]: chain for lane, chain in sorted(chains.items()) if lane in names}
    return answers.CutAnswer(cut=str(when.cut), provisional=when.provisional, lanes=lanes, heads=told)


async def _figure(reading: Reading, name: str, by: str) -> tuple[Measured, answers.BreakdownAnswer | None]:
    measured = await reading.read(name, by)
    parts = answers.breakdown_answer(measured, by, how(reading.book, measured.figure, by)) if by else None
    return measured, parts
