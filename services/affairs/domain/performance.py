"""A contract of performance: items with the most points each can have, points given, the assessment."""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from shared.contracts.affairs import (
    PerformanceAssessed,
    PerformanceContractSigned,
    PerformanceItemScored,
)
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

PerformanceEvent = PerformanceContractSigned | PerformanceItemScored | PerformanceAssessed


class ItemTwice(Refused):
    """An item stands in a contract once."""

    code = "performance-item-twice"


class ItemNotInContract(Refused):
    """Points are given for items of the contract."""

    code = "performance-item-not-in-contract"


class PointsBeyondMaximum(Refused):
    """No item has more points than the contract allows."""

    code = "performance-points-beyond-maximum"


class ItemsNotScored(Refused):
    """The year is assessed when every item has its points."""

    code = "performance-items-not-scored"


class Contract(Frozen):
    """`maximum` and `points` by item."""

    issuer: UUID
    union: UUID
    year: int
    maximum: Mapping[str, int]
    points: Mapping[str, int] = {}
    stage: str = "signed"
    since: date


def decide_sign(signed: PerformanceContractSigned) -> tuple[PerformanceContractSigned]:
    """Every item once."""
    items = [each.item for each in signed.items]
    for item in items:
        if items.count(item) > 1:
            raise ItemTwice("it stands there twice", "items", item, "name every item once")
    return (signed,)


def decide_score(contract: Contract, item: str, points: int, on: date) -> tuple[PerformanceItemScored]:
    """Again and again until the assessment; a later score replaces the one before."""
    refuse_step(contract, ("signed",), on, "scored_on")
    if item not in contract.maximum:
        raise ItemNotInContract(
            "the contract has no such item", "item", item, f"use one of {', '.join(contract.maximum)}"
        )
    most = contract.maximum[item]
    if points > most:
        raise PointsBeyondMaximum(f"at most {most}", "points", str(points), "give at most as many")
    scored = PerformanceItemScored(
        occurredon=on,
        union=contract.union,
        year=contract.year,
        item=item,
        points=points,
        old_points=contract.points.get(item, 0),
        maximum=most,
    )
    return (scored,)


def decide_assess(contract: Contract, on: date) -> tuple[PerformanceAssessed]:
    """Once all items have points."""
    refuse_step(contract, ("signed",), on, "assessed_on")
    if lacking := sorted(contract.maximum.keys() - contract.points.keys()):
        raise ItemsNotScored("items have no points", "items", ", ".join(lacking), "score them first")
    assessed = PerformanceAssessed(
        occurredon=on,
        union=contract.union,
        year=contract.year,
        points=sum(contract.points.values()),
        maximum=sum(contract.maximum.values()),
    )
    return (assessed,)


def evolve(contract: Contract | None, event: PerformanceEvent) -> Contract:
    """The contract after the event."""
    if isinstance(event, PerformanceContractSigned):
        return Contract(
            issuer=event.issuer,
            union=event.union,
            year=event.year,
            maximum={each.item: each.points for each in event.items},
            since=event.occurredon,
        )
    assert contract is not None
    if isinstance(event, PerformanceItemScored):
        points = {**contract.points, event.item: event.points}
        return contract.model_copy(update={"points": points, "since": event.occurredon})
    return contract.model_copy(update={"stage": "assessed", "since": event.occurredon})
