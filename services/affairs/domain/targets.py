"""A target: assigned from above, accepted, handed on in parts, met or missed (DOMAIN STA-01, STA-07).

At every moment: `parts_number` is the sum of the parts handed on, which may differ from the whole and then
is warned of. What is decided stands in `target_setting` and `target_closing`.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, assert_never
from uuid import UUID

from shared.contracts.affairs import (
    TargetAccepted,
    TargetAssigned,
    TargetDecomposed,
    TargetDrafted,
    TargetMet,
    TargetMissed,
    TargetPartRevised,
    TargetProgressRecorded,
    TargetRevised,
    TargetWithdrawn,
)
from shared.frozen import Frozen

Setting = (
    TargetAssigned | TargetAccepted | TargetDecomposed | TargetPartRevised | TargetRevised | TargetWithdrawn
)
TargetEvent = TargetDrafted | Setting | TargetProgressRecorded | TargetMet | TargetMissed


class Target(Frozen):
    """`parts` are the targets it was handed on as, by id, with their numbers; 0 for one withdrawn."""

    issuer: UUID
    union: UUID
    year: int
    calendar: str
    first_day: date
    last_day: date
    measure: str
    population: str
    number: int
    part_of: UUID | None = None
    parts: Mapping[UUID, int] = {}
    cut_on: date | None = None
    done_numerator: int = 0
    done_denominator: int = 1
    stage: str = "drafted"
    since: date

    @property
    def parts_number(self) -> int:
        """Handed on so far."""
        return sum(self.parts.values())


def about(target: Target) -> dict[str, Any]:
    """What every event of it says."""
    return {
        "measure": target.measure,
        "population": target.population,
        "year": target.year,
        "calendar": target.calendar,
        "first_day": target.first_day,
        "last_day": target.last_day,
    }


def evolve(target: Target | None, event: TargetEvent) -> Target:
    """The target after the event."""
    if isinstance(event, TargetDrafted):
        return Target(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert target is not None
    if isinstance(event, TargetMet | TargetMissed | TargetProgressRecorded):
        return target.model_copy(update=_read(event))
    return target.model_copy(update=_set(target, event))


def _read(event: TargetMet | TargetMissed | TargetProgressRecorded) -> dict[str, object]:
    said = {
        "cut_on": event.cut_on,
        "done_numerator": event.done_numerator,
        "done_denominator": event.done_denominator,
    }
    match event:
        case TargetMet():
            return said | {"stage": "met", "since": event.occurredon}
        case TargetMissed():
            return said | {"stage": "missed", "since": event.occurredon}
        case TargetProgressRecorded():
            return said
        case _:
            assert_never(event)


def _set(target: Target, event: Setting) -> dict[str, object]:
    since = {"since": event.occurredon}
    match event:
        case TargetAssigned():
            return since | {"stage": "assigned"}
        case TargetAccepted():
            return since | {"stage": "accepted"}
        case TargetDecomposed():
            parts = {**target.parts, event.part: event.part_number}
            return since | {"stage": "handed on", "parts": parts}
        case TargetPartRevised():
            return {"parts": {**target.parts, event.part: event.part_number}}
        case TargetRevised():
            return since | {"number": event.number}
        case TargetWithdrawn():
            return since | {"stage": "withdrawn"}
        case _:
            assert_never(event)
