"""Everything that is held against each other for one union and period."""

from dataclasses import dataclass
from datetime import date

from services.projection.queries.question import Asked as Question
from services.projection.queries.question import understood
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.units import Unit
from services.projection.reconciling import reports, tree
from services.projection.reconciling.differences import Difference


@dataclass(frozen=True, slots=True)
class Reconciled:
    """Whose figures were looked at, at which cut, and what does not agree."""

    unit: Unit
    cut: str
    differences: list[Difference]


async def reconcile(snapshot: Snapshot, asked: Question) -> Reconciled:
    """Tree, papers and closings of one union; papers also against those of all other unions."""
    question = await understood(snapshot, asked)
    key, days = question.unit.key, (question.first, question.last)
    told = await tree.differences(tree.Asked(snapshot, question))
    told += await of_papers(snapshot, key, days)
    own = str(question.unit.id)
    told += [each for each in await alike(snapshot, key, days) if own in (each.expected, each.found)]
    return Reconciled(question.unit, str(question.cut), told)


async def of_papers(snapshot: Snapshot, unit: int, days: tuple[date, date]) -> list[Difference]:
    """What one union declared and reported for periods that end within these days (its key)."""
    told: list[Difference] = []
    for paper in await reports.papers(snapshot, [unit], days):
        told += reports.within(paper)
        told += await reports.against_computed(snapshot, paper)
    return told + await reports.reported_otherwise(snapshot, unit, days)


async def alike(snapshot: Snapshot, unit: int | None, days: tuple[date, date]) -> list[Difference]:
    """Papers of different unions that say the same: of all, or of one (its key) and its likes."""
    return list(reports.identical(await reports.papers_alike(snapshot, unit, days)))
