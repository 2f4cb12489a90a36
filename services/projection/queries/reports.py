"""Closed periods, their restatements, and the events between two cuts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from services.projection.catalogue import load
from services.projection.queries import cursor as cursors
from services.projection.queries import lines
from services.projection.queries.cursor import Position
from services.projection.queries.cut import parse
from services.projection.queries.refusals import UnknownReport, unknown_figure
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.trail import COLUMNS, Entry, entry_of
from services.projection.queries.units import Unit, unit_of
from services.projection.restating.reports import metrics_of
from services.projection.restating.suspects import causes_under

# Complete or not; `differing` are figures reported otherwise than the projection has them at that cut.
CLOSINGS = """
SELECT c.report, c.line, c.first_day, c.last_day, c.cut, c.closed_on, c.figures, k.trouble,
       k.report IS NOT NULL AS checked,
       (SELECT count(*) FROM restated AS r WHERE r.report = c.report) AS restatements,
       (SELECT count(*) FROM reported AS r JOIN standing AS s USING (report, figure)
        WHERE r.report = c.report AND r.value IS DISTINCT FROM s.own) AS differing
FROM closing AS c LEFT JOIN checked_report AS k USING (report)
WHERE c.unit = $1 ORDER BY c.last_day DESC, c.first_day, c.line
"""

REPORT = "SELECT unit FROM closing WHERE report = $1"
REPORTED = """
SELECT r.figure, r.value AS reported, s.own, s.value AS standing, k.report IS NOT NULL AS checked
FROM reported AS r LEFT JOIN standing AS s USING (report, figure) LEFT JOIN checked_report AS k USING (report)
WHERE r.report = $1 ORDER BY r.figure
"""

RESTATED = """
SELECT r.id, r.report, r.figure, r.old_value, r.new_value, r.old_cut, r.new_cut, r.events, r.lane, r.sequence,
       c.line, c.first_day, c.last_day, t.recorded
FROM restated AS r JOIN closing AS c USING (report)
JOIN trail AS t ON t.lane = r.lane AND t.sequence = r.sequence
WHERE r.unit = $1 AND r.sequence < $2 ORDER BY r.sequence DESC LIMIT $3
"""

BEHIND = (
    COLUMNS
    + """
FROM unnest($1::smallint[], $2::bigint[]) AS p(lane, sequence)
JOIN trail AS t USING (lane, sequence) JOIN node AS n ON n.key = t.unit
ORDER BY t.recorded, t.lane, t.sequence"""
)
LARGEST = 2**62
MOST_EVENTS = 500


class Listed(Position):
    """The last restatement of a page. All of one union are in one stream."""

    sequence: int


@dataclass(frozen=True, slots=True)
class Closing:
    """A closed period as it stands; `trouble` is the code of why its own figures cannot be told."""

    report: UUID
    line: str
    first_day: date
    last_day: date
    cut: str
    closed_on: date
    figures: int
    checked: bool
    trouble: str | None
    restatements: int
    differing: int


@dataclass(frozen=True, slots=True)
class Reported:
    """A figure of a closed period: as reported, as it is by that cut in the projection, as it stands."""

    figure: str
    reported: str | None
    own: str | None
    standing: str | None
    checked: bool


@dataclass(frozen=True, slots=True)
class Restated:
    """One restatement."""

    id: UUID
    report: UUID
    figure: str
    line: str
    first_day: date
    last_day: date
    old_value: str | None
    new_value: str | None
    old_cut: str
    new_cut: str
    events: int
    recorded: datetime


async def closings(snapshot: Snapshot, text: str) -> tuple[Unit, list[Closing]]:
    """The periods a union has closed, the latest first."""
    unit = await unit_of(snapshot, text)
    rows = await snapshot.connection.fetch(CLOSINGS, unit.key)
    return unit, [_of(Closing, row) for row in rows]


async def reported(snapshot: Snapshot, report: UUID) -> list[Reported]:
    """All figures of a closed period; raises `UnknownReport`."""
    if await snapshot.connection.fetchval(REPORT, report) is None:
        raise UnknownReport(str(report))
    return [_of(Reported, row) for row in await snapshot.connection.fetch(REPORTED, report)]


async def restatements(
    snapshot: Snapshot, text: str, cursor: str, limit: int
) -> tuple[Unit, list[Restated], str]:
    """A page of what was told of the union's closed periods, newest first, and the cursor of the next."""
    unit, question = await unit_of(snapshot, text), cursors.digest(text)
    after = cursors.read(Listed, cursor, question).sequence if cursor else LARGEST
    rows = await snapshot.connection.fetch(RESTATED, unit.key, after, limit + 1)
    following = ""
    if len(rows) > limit:
        following = cursors.written(Listed(question=question, sequence=rows[limit - 1]["sequence"]))
    return unit, [_of(Restated, row) for row in rows[:limit]], following


async def behind(
    snapshot: Snapshot, text: str, figure: str, last: date, cuts: tuple[str, str]
) -> tuple[Unit, list[Entry], bool]:
    """The events known at the later cut and not at the earlier that may have moved a figure up to a day.

    Also those that placed units anew; at most `MOST_EVENTS`, and whether there are more.
    """
    book = load()
    if figure not in book.figures:
        raise unknown_figure(figure, book.figures)
    unit = await unit_of(snapshot, text)
    since, until = parse(cuts[0]), parse(cuts[1]) if cuts[1] else snapshot.cut
    metrics = metrics_of(book, book.figures[figure])
    await snapshot.look_back()
    found = await causes_under(snapshot.connection, (unit.key, last), metrics, (since, until))
    shown = found[:MOST_EVENTS]
    return unit, await events_at(snapshot, shown), len(found) > len(shown)


async def events_at(snapshot: Snapshot, positions: Sequence[tuple[int, int]]) -> list[Entry]:
    """The events at these positions (lane, number), in the order of recording."""
    lanes, numbers = [lane for lane, _ in positions], [number for _, number in positions]
    return [entry_of(row) for row in await snapshot.connection.fetch(BEHIND, lanes, numbers)]


def _of(kind: Any, row: Any) -> Any:
    columns = {name: row[name] for name in kind.__dataclass_fields__}
    if isinstance(columns.get("line"), int):
        names = {number: id_ for id_, number in lines.numbers().items()}
        columns["line"] = names[columns["line"]]
    return kind(**columns)
