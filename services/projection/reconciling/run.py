"""Everything that is held against each other for one union and period."""

from dataclasses import dataclass

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
    everywhere = await reports.papers(snapshot, None, days)
    for paper in everywhere:
        if paper.unit == question.unit.id:
            told += reports.within(paper)
            told += await reports.against_computed(snapshot, paper)
    told += [
        each for each in reports.identical(everywhere) if str(question.unit.id) in (each.expected, each.found)
    ]
    told += await reports.reported_otherwise(snapshot, key, days)
    return Reconciled(question.unit, str(question.cut), told)
