"""The facts behind one number: page by page, complete, without doubles, adding up to the figure exactly.

Ordered by union, then day, then position in the streams. The cut of the first page holds for all of them, so
what arrives meanwhile changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from services.projection.catalogue import Figure, load
from services.projection.catalogue.model import RATES
from services.projection.queries import cursor as cursors
from services.projection.queries import figures
from services.projection.queries.breakdown import selected
from services.projection.queries.cursor import Position
from services.projection.queries.figures import Reading
from services.projection.queries.growing import days_before
from services.projection.queries.question import Asked, Question, understood
from services.projection.queries.refusals import NotTraceable
from services.projection.queries.snapshot import Dims, Snapshot
from services.projection.queries.subtree import reaching

Part = Literal["", "numerator", "denominator", "now", "before"]

PAGE = """
, page AS (
    SELECT f.unit, f.day, f.lane, f.sequence, f.metric, f.combo, f.amount, f.subject
    FROM (SELECT * FROM reach WHERE unit >= $9::integer ORDER BY unit) AS r
    CROSS JOIN LATERAL (
        SELECT * FROM fact f
        WHERE f.unit = r.unit AND f.metric = ANY ($7::smallint[]) AND f.day BETWEEN r.first AND r.last
          AND f.combo = ANY ($8::integer[]) AND f.sequence <= ($3::bigint[])[f.lane + 1]) AS f
    WHERE (f.unit, f.day, f.lane, f.sequence, f.metric, f.combo)
        > ($9::integer, $10::date, $11::smallint, $12::bigint, $13::smallint, $14::integer)
    ORDER BY f.unit, f.day, f.lane, f.sequence, f.metric, f.combo
    LIMIT $15)
SELECT p.*, n.id AS unit_id, n.name AS unit_name, t.id AS event, t.type, t.recorded, t.sequenced, t.actor,
       t.correlation
FROM page p
JOIN node n ON n.key = p.unit
JOIN trail t ON t.lane = p.lane AND t.sequence = p.sequence
ORDER BY p.unit, p.day, p.lane, p.sequence, p.metric, p.combo
"""


class Traced(Position):
    """The last fact of a page, with what holds for all pages: cut, date of as-is, and the figure's value."""

    cut: str
    today: date
    value: int | None
    unit: int
    day: date
    lane: int
    sequence: int
    metric: int
    combo: int


@dataclass(frozen=True, slots=True)
class Behind:
    """One fact with its event; the amounts of all of them add up to the figure (not for a distinct one)."""

    unit: UUID
    unit_name: str | None
    day: date
    amount: int
    dims: dict[str, str]
    subject: UUID | None
    event: UUID | None
    type: str
    topic: str
    stream: int
    sequence: int
    recorded: datetime | None
    sequenced: datetime
    actor: str | None
    correlation: UUID | None


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a trace; `next` is '' on the last one."""

    question: Question
    traced: "Traceable"
    value: int | None
    facts: list[Behind]
    next: str


@dataclass(frozen=True, slots=True)
class Traceable:
    """A figure that is read from facts, with the days it is read for."""

    figure: Figure
    first: date
    last: date


async def trace(snapshot: Snapshot, asked: Asked, figure: tuple[str, Part], page: tuple[str, int]) -> Page:
    """One page: `figure` is an id and which part of a rate, `page` a cursor ('': the first) and a limit."""
    cursor, limit = page
    name = cursors.digest(asked, *figure)
    after = cursors.read(Traced, cursor, name) if cursor else None
    if after:
        asked = replace(asked, cut=after.cut, known_at=None, today=after.today)
    question = await understood(snapshot, asked)
    reading = Reading(snapshot, load(), question)
    traced = await traceable(reading, *figure)
    start = after or await _start(name, reading, traced)
    rows = await _rows(reading, traced, start, limit + 1)
    following = _written(start, rows[limit - 1]) if len(rows) > limit else ""
    combos = await snapshot.combos()
    facts = [_behind(reading, traced.figure, row, combos[row["combo"]]) for row in rows[:limit]]
    return Page(question, traced, start.value, facts, following)


async def traceable(reading: Reading, name: str, part: Part) -> Traceable:
    """The figure itself, or the part of a rate that is asked for; raises `NotTraceable`."""
    figure, first, last = reading.figure(name), reading.question.first, reading.question.last
    parts = parts_of(figure)
    chosen: str = part or next(iter(parts))
    if chosen not in parts:
        raise NotTraceable(name, chosen, [each for each in parts if each])
    of = reading.figure(parts[chosen])
    if figure.kind == "increase":
        numbers = await reading.numbers(figure, last)
        number = numbers[0 if chosen == "now" else 1] if numbers else 0
        return Traceable(figures.of_number(of, figure, number), figures.BEGINNING_OF_BOOKS, last)
    if of.kind in RATES:  # of a rate what was done, as it is the part that moves
        of = reading.figure(of.numerator or "")
    return Traceable(of, *_days(figure, chosen, first, last))


def parts_of(figure: Figure) -> dict[str, str]:
    """The figures of which it is made, by the part they play; '' for one that is read from facts itself."""
    match figure.kind:
        case "ratio" | "target_completion" | "target_over" | "target_remaining":
            return {"numerator": figure.numerator or "", "denominator": figure.denominator or ""}
        case "growth" | "increase":
            return {"now": figure.of or "", "before": figure.of or ""}
        case _:
            return {"": figure.id}


def _days(figure: Figure, part: str, first: date, last: date) -> tuple[date, date]:
    if figure.kind.startswith("target_"):
        return date(last.year, 1, 1), last
    if part == "before":
        return days_before(figure, first, last)
    return first, last


async def _start(name: str, reading: Reading, traced: Traceable) -> Traced:
    measured = await reading.measured(traced.figure, traced.first, traced.last)
    value = measured.value if isinstance(measured.value, int) else None
    question = reading.question
    return Traced(
        question=name, cut=str(question.cut), today=question.scope.today, value=value,
        unit=0, day=date.min, lane=-1, sequence=0, metric=0, combo=0,
    )  # fmt: skip


async def _rows(reading: Reading, traced: Traceable, after: Traced, limit: int) -> Sequence[Any]:
    metrics = [reading.metric(traced.figure)]
    if traced.figure.minus:
        metrics.append(reading.book.metric(traced.figure.minus))
    window, scope = figures.window(reading.question.scope, metrics[0], traced.first, traced.last)
    combos = selected(traced.figure.where, await reading.snapshot.combos())
    rows: Sequence[Any] = await reading.snapshot.connection.fetch(
        reaching(scope.tree, PAGE), *scope.arguments(window), [each.number for each in metrics], list(combos),
        after.unit, after.day, after.lane, after.sequence, after.metric, after.combo, limit,
    )  # fmt: skip
    return rows


def _written(start: Traced, row: Any) -> str:
    columns = ("unit", "day", "lane", "sequence", "metric", "combo")
    return cursors.written(start.model_copy(update={name: row[name] for name in columns}))


def _behind(reading: Reading, figure: Figure, row: Any, dims: Dims) -> Behind:
    topic, stream = reading.book.stream(row["lane"])
    added = row["metric"] == reading.metric(figure).number
    return Behind(
        unit=row["unit_id"], unit_name=row["unit_name"], day=row["day"],
        amount=row["amount"] if added else -row["amount"],
        dims=dict(dims), subject=row["subject"], event=row["event"], type=row["type"],
        topic=topic, stream=stream, sequence=row["sequence"], recorded=row["recorded"],
        sequenced=row["sequenced"], actor=row["actor"], correlation=row["correlation"],
    )  # fmt: skip
