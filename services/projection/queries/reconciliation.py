"""The answer of /v1/reconciliation: differences with the events behind them."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from pydantic import BaseModel, Field

from services.projection.catalogue import load
from services.projection.queries.answers import EventAnswer, UnitAnswer, unit_answer
from services.projection.queries.reports import events_at
from services.projection.queries.snapshot import Snapshot
from services.projection.queries.standing import Page, Standing
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


class StandingAnswer(DifferenceAnswer):
    """A difference that stands: looked for on a line in these days, first and last seen, at which cuts."""

    unit_name: str | None
    line: str
    first: date = Field(alias="from")
    last: date = Field(alias="to")
    first_seen: datetime
    first_cut: str
    last_seen: datetime
    last_cut: str


class AllStandingAnswer(BaseModel):
    """A page of what stands, newest first; rounds are those over everything there is to look at."""

    differences: list[StandingAnswer]
    rounds: int
    round_began: datetime
    oldest_look: datetime | None
    next: str


async def standing(snapshot: Snapshot, page: Page) -> AllStandingAnswer:
    """With the events."""
    shown = [await _standing(snapshot, each) for each in page.standing]
    return AllStandingAnswer(
        differences=shown,
        rounds=page.rounds,
        round_began=page.round_began,
        oldest_look=page.oldest_look,
        next=page.next,
    )


async def _standing(snapshot: Snapshot, each: Standing) -> StandingAnswer:
    found = await _difference(snapshot, each.difference)
    seen = {
        "unit_name": each.unit_name, "line": each.line, "from": each.first, "to": each.last,
        "first_seen": each.first_seen, "first_cut": each.first_cut,
        "last_seen": each.last_seen, "last_cut": each.last_cut,
    }  # fmt: skip
    return StandingAnswer.model_validate(found.model_dump(by_alias=True) | seen)


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
