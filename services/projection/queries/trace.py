"""The facts behind one number: page by page, complete, without doubles, adding up to the figure exactly.

Ordered by day, then position in the streams. The cut of the first page holds for all of them, so what arrives
meanwhile changes nothing.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID

from pydantic import Field

from services.projection.catalogue import Figure, load
from services.projection.catalogue.model import RATES
from services.projection.queries import cursor as cursors
from services.projection.queries import figures
from services.projection.queries.breakdown import selected
from services.projection.queries.cursor import Position
from services.projection.queries.figures import Reading
from services.projection.queries.foreseen import BEGINNING_OF_BOOKS
from services.projection.queries.growing import days_before
from services.projection.queries.question import Asked, Question, understood
from services.projection.queries.refusals import NotTraceable
from services.projection.queries.snapshot import Dims, Snapshot
from services.projection.queries.subtree import WITHIN, Tree, reaching

Part = Literal["", "numerator", "denominator", "now", "before"]

# The facts of one metric behind the last one of a page. Facts never move: so their place tells them apart.
FOLLOWING = """
    SELECT f.unit, f.day, f.lane, f.sequence, f.metric, f.combo, f.amount, f.subject, f.ctid AS at
    FROM {source}
    WHERE f.metric = $7::smallint AND f.day BETWEEN {first} AND {last}
      AND f.combo = ANY ($8::integer[]) AND f.sequence <= ($3::bigint[])[f.lane + 1]
      AND (f.day, f.lane, f.sequence) >= ($9::date, $10::smallint, $11::bigint)
      AND (f.day, f.lane, f.sequence, f.metric, f.ctid)
        > ($9::date, $10::smallint, $11::bigint, $12::smallint, $13::tid)
    ORDER BY f.day, f.lane, f.sequence, f.ctid
"""
EVENTS = """
SELECT p.*, n.id AS unit_id, n.name AS unit_name, t.id AS event, t.type, t.recorded,
       t.sequenced, t.actor, t.correlation
FROM page p
JOIN node n ON n.key = p.unit
JOIN trail t ON t.lane = p.lane AND t.sequence = p.sequence
ORDER BY p.day, p.lane, p.sequence, p.at
"""

# Unit by unit: where a union has few of all facts.
OF_UNITS = FOLLOWING.format(
    source="reach AS r JOIN fact AS f ON f.unit = r.unit", first="r.first", last="r.last"
)
BY_UNIT = f", page AS ({OF_UNITS} LIMIT $14::integer) {EVENTS}"

# Day by day, until the page is full or $15 facts were looked at: where a union has most of them.
OF_DAYS = FOLLOWING.format(source="fact AS f", first="$4", last="$5")
BY_DAY = f"""
, page AS (
    SELECT f.* FROM ({OF_DAYS} LIMIT $15::integer) AS f
    WHERE {WITHIN} ORDER BY f.day, f.lane, f.sequence, f.at LIMIT $14::integer)
{EVENTS}
"""  # noqa: S608  of constants; values travel as parameters
# The same, asked of the database's own function: behind the wall every fact passed over would be checked.
OF_NEXT_DAYS = f"""
WITH page AS (
    SELECT * FROM facts_by_day($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15))
{EVENTS}
"""  # noqa: S608  of constants; values travel as parameters
HIGHEST, LOWEST_BY_DAY = 1, 2
MOST_LOOKED_AT = 5000


class Traced(Position):
    """The last fact of a page, with what holds for all pages: cut, date of as-is, and the figure's value."""

    cut: str
    today: date
    value: int | None
    day: date
    lane: int
    sequence: int
    metric: int
    block: int = Field(ge=0, le=2**32 - 1)
    offset: int = Field(ge=0, le=2**16 - 1)


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
        return Traceable(figures.of_number(of, figure, number), BEGINNING_OF_BOOKS, last)
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
        day=date.min, lane=-1, sequence=0, metric=0, block=0, offset=0,
    )  # fmt: skip


async def _rows(reading: Reading, traced: Traceable, after: Traced, limit: int) -> Sequence[Any]:
    metrics = [reading.metric(traced.figure)]
    if traced.figure.minus:
        metrics.append(reading.book.metric(traced.figure.minus))
    window, scope = figures.window(reading.question.scope, metrics[0], traced.first, traced.last)
    combos = selected(traced.figure.where, await reading.snapshot.combos())
    behind = (after.day, after.lane, after.sequence, after.metric, (after.block, after.offset))
    rows: list[Any] = []
    for metric in metrics:
        arguments = *scope.arguments(window), metric.number, list(combos), *behind, limit
        rows += await _of_metric(reading, scope.tree, arguments)
    return sorted(rows, key=lambda row: (row["day"], row["lane"], row["sequence"], row["metric"], row["at"]))[
        :limit
    ]


async def _of_metric(reading: Reading, tree: Tree, arguments: tuple[Any, ...]) -> Sequence[Any]:
    connection, level, limit = reading.snapshot.connection, reading.question.unit.level, arguments[-1]
    by_unit, by_day = reaching(tree, BY_UNIT), reaching(tree, BY_DAY)
    if tree is not Tree.PRESENT or level is None or level > LOWEST_BY_DAY:
        return await connection.fetch(by_unit, *arguments)
    rows: Sequence[Any] = await connection.fetch(OF_NEXT_DAYS, *arguments, MOST_LOOKED_AT)
    if len(rows) == limit:
        return rows
    if level == HIGHEST:
        return await connection.fetch(by_day, *arguments, None)
    return await connection.fetch(by_unit, *arguments)


def _written(start: Traced, row: Any) -> str:
    columns = {name: row[name] for name in ("day", "lane", "sequence", "metric")}
    block, offset = row["at"]
    return cursors.written(start.model_copy(update=columns | {"block": block, "offset": offset}))


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
