"""The targets of a union in whose years a day lies, their progress read from the figures that measure them.

What was reported of a target is held against the figure at the day of that report, as it is known at the cut
of this answer, so that what was recorded later shows.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Literal
from uuid import UUID

from services.projection.catalogue import Figure, load
from services.projection.catalogue.targets import named
from services.projection.queries.derived import Quotient, of_target, year_before
from services.projection.queries.figures import Reading, quotient
from services.projection.queries.measured import Measured
from services.projection.queries.question import Asked, Question, understood
from services.projection.queries.snapshot import Snapshot
from shared.measures import Measure, measures

Became = Literal["met", "missed"]
CLOSED: Mapping[str, Became] = {"TargetMet": "met", "TargetMissed": "missed"}

SET = """
SELECT f.subject, f.combo, f.day, sum(f.amount)::bigint AS number FROM fact f
WHERE f.unit = $1 AND f.metric = $2 AND f.day BETWEEN $4 AND $5 AND f.sequence <= ($3::bigint[])[f.lane + 1]
GROUP BY f.subject, f.combo, f.day HAVING sum(f.amount) <> 0 ORDER BY f.combo, f.day, f.subject
"""
# The unit of a part is where its own number was set.
HOLDERS = """
SELECT DISTINCT f.subject, n.id AS unit, n.name FROM span s
JOIN fact f ON f.unit = s.unit AND f.metric = $2 AND f.day BETWEEN $4 AND $5
JOIN node n ON n.key = f.unit
WHERE s.ancestor = $1 AND f.subject = ANY ($6::uuid[]) AND f.sequence <= ($3::bigint[])[f.lane + 1]
"""
REPORTED = """
SELECT DISTINCT ON (f.subject) f.subject, f.day, f.amount, split_part(t.type, '.', 3) AS type
FROM fact f JOIN trail t ON t.lane = f.lane AND t.sequence = f.sequence
WHERE f.unit = $1 AND f.metric = $2 AND f.subject = ANY ($4::uuid[])
  AND f.sequence <= ($3::bigint[])[f.lane + 1]
ORDER BY f.subject, t.version DESC
"""


@dataclass(frozen=True, slots=True)
class Part:
    """What was handed on to a union below; `unit` is None where its own target has not arrived."""

    target: UUID
    number: int
    unit: UUID | None
    unit_name: str | None


@dataclass(frozen=True, slots=True)
class Report:
    """The last word of the union itself; `agrees` is None where the figure has no data."""

    cut_on: date
    done: int
    became: Became | None
    figure_said: int | None

    @property
    def agrees(self) -> bool | None:
        """Whether the figure says the same of that day."""
        return None if self.figure_said is None else self.done == self.figure_said


@dataclass(frozen=True, slots=True)
class Target:
    """One target with its progress at the day asked for."""

    target: UUID
    measure: Measure
    population: str
    calendar: str
    first_day: date
    number: int
    done: Measured
    parts: Sequence[Part] = ()
    report: Report | None = None

    @property
    def last_day(self) -> date:
        """Twelve months in every calendar."""
        return self.first_day.replace(year=self.first_day.year + 1) - timedelta(1)

    @property
    def parts_number(self) -> int:
        """Handed on altogether."""
        return sum(part.number for part in self.parts)

    def told(self, kind: str) -> Decimal | int | None:
        """Completion, over-fulfilment or what is lacking, as the figure of this kind says it for a year."""
        return of_target(_figure(self.measure, self.population, kind), quotient(self.done), self.number)


@dataclass(frozen=True, slots=True)
class Targets:
    """All of a union at one cut."""

    question: Question
    targets: list[Target]


@dataclass
class _Desk:
    snapshot: Snapshot
    reading: Reading
    question: Question
    combos: Mapping[int, Mapping[str, str]]

    async def rows(self, statement: str, metric: str, *more: object) -> Sequence[Any]:
        number = self.reading.book.metric(metric).number
        cut = list(self.question.cut.numbers)
        rows: Sequence[Any] = await self.snapshot.connection.fetch(
            statement, self.question.unit.key, number, cut, *more
        )
        return rows

    @property
    def days(self) -> tuple[date, date]:
        """First days of the years in which the day asked for lies."""
        return year_before(self.question.last) + timedelta(1), self.question.last

    async def done(self, measure: Measure, population: str, first: date, last: date) -> Measured:
        figure = self.reading.figure(measure.populations[population])
        return await self.reading.measured(figure, first, last)


async def targets(snapshot: Snapshot, asked: Asked) -> Targets:
    """In the order of their measures; raises what `understood` raises."""
    question = await understood(snapshot, asked)
    desk = _Desk(snapshot, Reading(snapshot, load(), question), question, await snapshot.combos())
    rows = await desk.rows(SET, "target_number", *desk.days)
    parts = await _parts(desk)
    reports = {row["subject"]: row for row in await _reports(desk, [row["subject"] for row in rows])}
    found = [await _target(desk, row, reports.get(row["subject"])) for row in rows]
    handed = [
        replace(each, parts=parts[row["combo"], row["day"]]) for each, row in zip(found, rows, strict=True)
    ]
    return Targets(question, sorted(handed, key=lambda each: (each.measure.id, each.population)))


async def _target(desk: _Desk, row: Any, said: Any) -> Target:
    dims = desk.combos[row["combo"]]
    measure, population = measures()[dims["target_measure"]], dims["target_population"]
    done = await desk.done(measure, population, row["day"], desk.question.last)
    return Target(
        target=row["subject"],
        measure=measure,
        population=population,
        calendar=dims["target_calendar"],
        first_day=row["day"],
        number=row["number"],
        done=done,
        report=await _report(desk, (measure, population, row["day"]), said) if said else None,
    )


async def _report(desk: _Desk, of: tuple[Measure, str, date], said: Any) -> Report:
    exact = quotient(await desk.done(*of, said["day"]))
    return Report(said["day"], said["amount"], CLOSED.get(said["type"]), _floor(exact))


def _floor(exact: Quotient | None) -> int | None:
    return exact.above // exact.below if exact else None


async def _reports(desk: _Desk, ids: list[UUID]) -> Sequence[Any]:
    return await desk.rows(REPORTED, "target_read", ids)


async def _parts(desk: _Desk) -> Mapping[tuple[int, date], list[Part]]:
    rows = await desk.rows(SET, "target_parts", *desk.days)
    ids = [row["subject"] for row in rows]
    holders = {row["subject"]: row for row in await desk.rows(HOLDERS, "target_number", *desk.days, ids)}
    found: dict[tuple[int, date], list[Part]] = defaultdict(list)
    for row in rows:
        holder = holders.get(row["subject"])
        unit = (holder["unit"], holder["name"]) if holder else (None, None)
        found[row["combo"], row["day"]].append(Part(row["subject"], row["number"], *unit))
    return found


def _figure(measure: Measure, population: str, kind: str) -> Figure:
    return load().figure(f"{named(measure.id, population)}_{kind}")
