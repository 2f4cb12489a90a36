"""A union of any level: what it is, and how it comes into being and changes (DOMAIN ORG-01 to ORG-08)."""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import (
    BeforeEstablishment,
    UnionEnded,
)
from shared.contracts.membership import (
    EstablishmentTargetSet,
    UnionDissolved,
    UnionEstablished,
    UnionJoinedLine,
    UnionLeftLine,
    UnionMerged,
    UnionMoved,
    UnionRenamed,
    UnionTypeChanged,
)
from shared.work.kinds import Claim

GRASSROOTS = 6


class Hung(BaseModel):
    """From `on` the union hangs under `parent`; None: no longer on that line."""

    model_config = ConfigDict(frozen=True)

    on: date
    parent: UUID | None


Timeline = tuple[Hung, ...]


class Union(BaseModel):
    """State of a union. Timelines are in order of recording: of two entries for a day the later counts."""

    model_config = ConfigDict(frozen=True)

    name: str
    level: int
    kind: str
    form: str
    established_on: date
    division: str | None = None
    credit_code: str | None = None
    above_scale: bool | None = None
    parents: Timeline = ()
    lines: dict[str, Timeline] = {}
    targets: dict[str, int] = {}
    named_on: date | None = None
    formed_on: date | None = None
    ended_on: date | None = None
    successor: UUID | None = None

    def parent(self, on: date) -> UUID | None:
        """The territorial parent on a date; before the first entry the first one's."""
        return parent_on(self.parents, on)

    def lines_on(self, on: date) -> dict[str, UUID]:
        """The industry lines on a date, each with the parent on it."""
        found = {line: parent_on(hung, on) for line, hung in self.lines.items()}
        return {line: parent for line, parent in found.items() if parent is not None}

    @property
    def latest_parent(self) -> UUID | None:
        """Where it hangs after all that is recorded, future moves included."""
        return parent_on(self.parents, date.max)


def parent_on(hung: Timeline, on: date) -> UUID | None:
    """The entry in force: the latest date not after `on`, the one recorded last among equals."""
    if not hung:
        return None
    past = [(entry.on, order) for order, entry in enumerate(hung) if entry.on <= on]
    first = min((entry.on, order) for order, entry in enumerate(hung))
    return hung[max(past, default=first)[1]].parent


def claims(union: Union) -> frozenset[Claim]:
    """A division code while the union lives; a credit code for good (DOMAIN COD-04: an identity)."""
    held = [Claim("credit-code", union.credit_code)] if union.credit_code else []
    if union.division and union.ended_on is None:
        held.append(Claim("division", union.division))
    return frozenset(held)


def check_living(union: Union, on: date, field: str = "on") -> None:
    """Raises BeforeEstablishment or UnionEnded unless the union existed on that date."""
    if on < union.established_on:
        raise BeforeEstablishment(
            f"the union was established on {union.established_on.isoformat()}",
            field,
            on.isoformat(),
            f"give a date from {union.established_on.isoformat()} on",
        )
    if union.ended_on is not None and on >= union.ended_on:
        raise UnionEnded(
            f"the union ended on {union.ended_on.isoformat()}",
            field,
            on.isoformat(),
            f"name its successor {union.successor}"
            if union.successor
            else "name a union that lives on that date",
        )


def evolve(union: Union | None, event: Any) -> Union:
    """The next state."""
    if isinstance(event, UnionEstablished):
        return _established(event)
    if union is None:
        raise TypeError(f"{type(event).__name__} before the union was established")
    return union.model_copy(update=_change(union, event))


def _established(event: UnionEstablished) -> Union:
    return Union(
        name=event.name,
        level=event.level,
        kind=event.kind,
        form=event.form,
        established_on=event.occurredon,
        division=event.division,
        credit_code=event.credit_code,
        above_scale=event.above_scale,
        parents=(Hung(on=event.occurredon, parent=event.parent),),
        lines={each.line: (Hung(on=event.occurredon, parent=each.parent),) for each in event.lines},
    )


def _change(union: Union, event: Any) -> dict[str, Any]:
    match event:
        case UnionTypeChanged():
            return {"form": event.form, "formed_on": event.occurredon}
        case UnionRenamed():
            return {"name": event.name, "division": event.division, "named_on": event.occurredon}
        case UnionMoved():
            return {"parents": _hang(union.parents, event.occurredon, event.parent)}
        case UnionJoinedLine() | UnionLeftLine():
            parent = event.parent if isinstance(event, UnionJoinedLine) else None
            line = _hang(union.lines.get(event.line, ()), event.occurredon, parent)
            return {"lines": union.lines | {event.line: line}}
        case UnionMerged() | UnionDissolved():
            return _ended(union, event)
        case EstablishmentTargetSet():
            return {"targets": union.targets | {f"{event.year}/{event.population}": event.unions}}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a union")


def _ended(union: Union, event: UnionMerged | UnionDissolved) -> dict[str, Any]:
    if isinstance(event, UnionDissolved):
        return {"ended_on": event.occurredon}
    parents = _hang(union.parents, event.occurredon, event.successor)
    return {"ended_on": event.occurredon, "successor": event.successor, "parents": parents}


def _hang(hung: Timeline, on: date, parent: UUID | None) -> Timeline:
    return (*hung, Hung(on=on, parent=parent))
