"""What there is to look at, one after the other: sums of every union with others below, papers, closings."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

from services.projection.queries import lines
from services.projection.queries.question import Asked, understood
from services.projection.queries.refusals import NotYetEstablished
from services.projection.queries.snapshot import Snapshot
from services.projection.reconciling import tree
from services.projection.reconciling.differences import Difference
from services.projection.reconciling.run import alike, of_papers
from shared.database import Connection

Subject = Literal["tree", "papers", "alike"]
Days = tuple[date, date]

# Every union that ever had another below it, on every line on which it had.
NEXT_PARENT = """
SELECT parent AS unit, line FROM edge WHERE (parent, line) > ($1::integer, $2::smallint)
ORDER BY parent, line LIMIT 1
"""
NEXT_REPORTING = """
SELECT min(unit) AS unit, 0 AS line FROM (
    SELECT min(unit) AS unit FROM declared WHERE unit > $1
    UNION ALL SELECT min(unit) FROM closing WHERE unit > $1) AS following
HAVING min(unit) IS NOT NULL
"""
# A year stands for the unit.
NEXT_YEAR = """
SELECT min(extract(year FROM last_day))::integer AS unit, 0 AS line FROM declared
WHERE extract(year FROM last_day) > $1
HAVING count(*) > 0
"""
NEXT: dict[Subject, str] = {"tree": NEXT_PARENT, "papers": NEXT_REPORTING, "alike": NEXT_YEAR}
ID = "SELECT id FROM node WHERE key = $1"
YEARS = """
SELECT extract(year FROM last_day)::integer AS year FROM declared WHERE unit = $1
UNION SELECT extract(year FROM last_day)::integer FROM closing WHERE unit = $1 ORDER BY year
"""
BEFORE_ALL = (0, -1)


@dataclass(frozen=True, slots=True)
class Look:
    """One thing to look at; of `alike`, `unit` is the year."""

    subject: Subject
    unit: int
    line: int


async def following(connection: Connection, last: Look) -> Look | None:
    """The one after `last` in a round; None at its end."""
    subjects = list(NEXT)
    after: tuple[int, ...] = last.unit, last.line
    for subject in subjects[subjects.index(last.subject) :]:
        row = await connection.fetchrow(NEXT[subject], *(after if subject == "tree" else after[:1]))
        if row is not None:
            return Look(subject, row["unit"], row["line"])
        after = BEFORE_ALL
    return None


async def differences(moment: Snapshot, look: Look) -> list[tuple[Days, list[Difference]]]:
    """What does not agree there, year by year, all in one snapshot."""
    return [(days, await _of_year(moment, look, days)) for days in await _years(moment, look)]


async def _of_year(moment: Snapshot, look: Look, days: Days) -> list[Difference]:
    match look.subject:
        case "tree":
            return await _sums(moment, look, days)
        case "papers":
            return await of_papers(moment, look.unit, days)
        case "alike":
            return await alike(moment, None, days)


async def _sums(moment: Snapshot, look: Look, days: Days) -> list[Difference]:
    unit: UUID = await moment.connection.fetchval(ID, look.unit)
    try:
        question = await understood(moment, Asked(str(unit), *days, lines.named(look.line)))
    except NotYetEstablished:
        return []
    return await tree.differences(tree.Asked(moment, question))


async def _years(moment: Snapshot, look: Look) -> list[Days]:
    match look.subject:
        case "tree":
            return [year(moment.today.year - 1), year(moment.today.year)]
        case "papers":
            rows = await moment.connection.fetch(YEARS, look.unit)
            return [year(row["year"]) for row in rows]
        case "alike":
            return [year(look.unit)]


def year(number: int) -> Days:
    """Its first and its last day."""
    return date(number, 1, 1), date(number, 12, 31)
