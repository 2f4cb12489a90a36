"""What a union declared on paper beside what is computed, with the difference: agreeing or not."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from pydantic import BaseModel, Field

from services.projection.catalogue import load
from services.projection.queries.answers import EventAnswer, UnitAnswer, unit_answer
from services.projection.queries.reporting import EXACT, printed
from services.projection.queries.reports import events_at
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.units import unit_of
from services.projection.reconciling.reports import Compared, compared, papers


class DeclaredAnswer(BaseModel):
    """A declared figure; `agrees`: the computed one bears it out as far as its qualifier allows.

    `trouble` is the code of why there is no computed one, such as a figure nobody knows.
    """

    declaration: UUID
    figure: str
    label: str
    source: str
    line: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    declared: str = Field(description=EXACT)
    qualifier: str
    computed: str | None = Field(description=EXACT)
    difference: str | None = Field(description="Declared less computed.")
    declared_display: str
    computed_display: str
    trouble: str
    agrees: bool
    event: EventAnswer


class DeclaredFiguresAnswer(BaseModel):
    """All that a union declared for periods that end within the days, by paper and figure."""

    unit: UnitAnswer
    cut: str
    declared: list[DeclaredAnswer]


async def declared(snapshot: Snapshot, text: str, days: tuple[date, date]) -> DeclaredFiguresAnswer:
    """Everything, read at one cut; raises `UnknownUnit`."""
    unit = await unit_of(snapshot, text)
    shown: list[DeclaredAnswer] = []
    for paper in await papers(snapshot, [unit.key], days):
        shown += [await _answer(snapshot, paper.source, each) for each in await compared(snapshot, paper)]
    return DeclaredFiguresAnswer(unit=unit_answer(unit), cut=str(snapshot.cut), declared=shown)


async def _answer(snapshot: Snapshot, source: str, each: Compared) -> DeclaredAnswer:
    period, [event] = each.declared.period, await events_at(snapshot, [each.declared.event])
    told = str(each.declared.value)
    known = load().figures.get(each.figure)
    return DeclaredAnswer.model_validate(
        {
            "declaration": period.report, "figure": each.figure, "label": known.zh if known else each.figure,
            "source": source, "line": period.line_id, "from": period.first_day, "to": period.last_day,
            "declared": told, "qualifier": each.declared.qualifier, "computed": each.computed,
            "difference": _difference(each), "declared_display": printed(each.figure, told),
            "computed_display": printed(each.figure, each.computed), "trouble": each.trouble,
            "agrees": each.agrees, "event": EventAnswer.model_validate(event, from_attributes=True),
        }
    )  # fmt: skip


def _difference(each: Compared) -> str | None:
    return None if each.computed is None else f"{each.declared.value - Decimal(each.computed):f}"
