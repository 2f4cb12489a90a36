"""The answer of /v1/reconciliation: differences with the events behind them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date
from uuid import UUID

from pydantic import BaseModel, Field

from services.projection.catalogue import load
from services.projection.queries.answers import EventAnswer, UnitAnswer, unit_answer
from services.projection.queries.reports import events_at
from services.projection.queries.snapshot import Snapshot
from services.projection.reconciling.differences import MOST_EVENTS, Check, Difference, Event, Spot
from services.projection.reconciling.run import Reconciled


class SpotAnswer(BaseModel):
    """Where a sum over children is wrong: in these days, through this child (null: through any of them)."""

    first: date = Field(alias="from")
    last: date = Field(alias="to")
    child: UUID | None
    expected: int
    found: int


class DifferenceAnswer(BaseModel):
    """What does not agree.

    `children`: a metric of the union against its children and itself · `transfers`: a transfer without its
    other end · `parts`: amounts that are in no part of a partition · `rate`: a declared rate against its
    declared parts · `relation`: figures of one paper against each other (`assumed`: a reader expects it) ·
    `identical`: two unions declared the same · `declared`, `reported`: against the computed figure.
    """

    check: Check
    unit: UUID
    figure: str
    label: str
    expected: str
    found: str
    about: str
    assumed: bool
    events: list[EventAnswer] = Field(description=f"At most {MOST_EVENTS} of those it rests on.")
    spots: list[SpotAnswer] = Field(description="Of `children`: the first wrong months or days.")


class ReconciliationAnswer(BaseModel):
    """All differences of one union for a period; none means that everything looked at agrees."""

    unit: UnitAnswer
    cut: str
    differences: list[DifferenceAnswer]


async def answer(snapshot: Snapshot, found: Reconciled) -> ReconciliationAnswer:
    """With the events."""
    shown = [await _difference(snapshot, each) for each in found.differences]
    return ReconciliationAnswer(unit=unit_answer(found.unit), cut=found.cut, differences=shown)


async def _difference(snapshot: Snapshot, each: Difference) -> DifferenceAnswer:
    known = load().figures.get(each.figure)
    return DifferenceAnswer(
        check=each.check,
        unit=each.unit,
        figure=each.figure,
        label=known.zh if known else each.figure,
        expected=each.expected,
        found=each.found,
        about=each.about,
        assumed=each.assumed,
        events=await _events(snapshot, each.events[:MOST_EVENTS]),
        spots=[_spot(spot) for spot in each.spots],
    )


def _spot(spot: Spot) -> SpotAnswer:
    return SpotAnswer.model_validate(asdict(spot) | {"from": spot.first, "to": spot.last})


async def _events(snapshot: Snapshot, positions: Sequence[Event]) -> list[EventAnswer]:
    if not positions:
        return []
    entries = await events_at(snapshot, positions)
    return [EventAnswer.model_validate(entry, from_attributes=True) for entry in entries]
