"""What every service but membership knows of unions and employers: copies fed by membership's events.

Events of one union may come through several streams (a sub-union that moves to another grassroots union
changes its key; an employer is covered by a union's event), and streams come in any order. So each `evolve`
here gives the same state whatever the order: single values remember the version that set them, timelines
are kept sorted. An event that comes before the birth of its subject gives None; `shared.copies` keeps it
until the birth arrives.
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import membership
from shared.envelope import Recorded
from shared.work.kinds import Claim, CopyKind, UnitView
from shared.work.work import Work

TERRITORIAL = ""


class Hung(BaseModel):
    """From `effective` on the union hangs under `parent` on a line; None: no longer on it."""

    model_config = ConfigDict(frozen=True)

    line: str
    effective: date
    version: int
    parent: UUID | None


class UnitCopy(BaseModel):
    """A union as other services know it, ended ones included. `hung` is sorted by (effective, version)."""

    model_config = ConfigDict(frozen=True)

    name: str
    level: int
    kind: str
    form: str
    division: str | None
    divisions: tuple[str, ...]
    credit_code: str | None = None
    established_on: date
    ended_on: date | None = None
    successor: UUID | None = None
    hung: tuple[Hung, ...]
    stamps: dict[str, int] = {}

    @property
    def parent(self) -> UUID | None:
        """The parent by the latest move known, whatever its date."""
        return self.parent_on(date.max)

    @property
    def lines(self) -> dict[str, UUID]:
        """Industry lines with the parent there, by the latest knowledge."""
        return self.lines_on(date.max)

    def parent_on(self, day: date) -> UUID | None:
        """The parent on the territorial line; before the establishment, the first one."""
        entries = [each for each in self.hung if each.line == TERRITORIAL]
        in_force = [each for each in entries if each.effective <= day]
        return (in_force[-1] if in_force else entries[0]).parent

    def lines_on(self, day: date) -> dict[str, UUID]:
        """Industry lines the union is on, with its parent there."""
        latest = {h.line: h.parent for h in self.hung if h.line != TERRITORIAL and h.effective <= day}
        return {line: parent for line, parent in sorted(latest.items()) if parent is not None}


class Cover(BaseModel):
    """What was last said of one union and this employer; `version` is that of the event's subject."""

    model_config = ConfigDict(frozen=True)

    version: int
    covered: bool
    since: date
    recorded: datetime


class EmployerCopy(BaseModel):
    """An employer, unionised or not; `covers` has the latest word of every union that ever covered it."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: str
    credit_code: str | None
    registered_at: UUID
    covers: dict[UUID, Cover] = {}

    @property
    def union(self) -> UUID | None:
        """The covering union, by the latest recorded word; None if there is none.

        It may have ended since: `covering_union` follows it to its successor.
        """
        present = [(cover.recorded, union) for union, cover in self.covers.items() if cover.covered]
        return max(present)[1] if present else None


def evolve_unit(state: UnitCopy | None, recorded: Recorded) -> UnitCopy | None:
    """The union after one of its events; None before `UnionEstablished`."""
    event = recorded.event
    if isinstance(event, membership.UnionEstablished):
        return state or _established(event)
    if state is None:
        return None
    match event:
        case membership.UnionTypeChanged(form=form, kind=kind):
            return _newer(state, recorded, form=form, kind=kind)
        case membership.UnionRenamed():
            return _renamed(state, recorded, event)
        case membership.UnionMerged() | membership.UnionDissolved():
            return _newer(state, recorded, ended_on=event.occurredon, successor=_successor(event))
    return _hung(state, recorded)


def evolve_employer(state: EmployerCopy | None, recorded: Recorded) -> EmployerCopy | None:
    """The employer after an event about it; None before `EmployerRegistered`."""
    match recorded.event:
        case membership.EmployerRegistered(name=name, kind=kind, credit_code=code):
            born = EmployerCopy(name=name, kind=kind, credit_code=code, registered_at=recorded.place.unit)
            return state or born
        case membership.EmployerCovered() | membership.UnionEstablished():
            return _covered(state, recorded, covered=True)
        case membership.EmployerUncovered():
            return _covered(state, recorded, covered=False)
    return state


def covering_union(work: Work, employer: UUID) -> UUID | None:
    """The living union that covers the employer, successors of merged ones followed; None if there is none.

    Refuses with `NotYetKnown` while the employer, or a union on the way, has not arrived.
    """
    union = work.copied(EMPLOYER, employer).union
    met: set[UUID] = set()
    while union is not None and union not in met:
        met.add(union)
        unit = work.copied(UNIT, union)
        if unit.ended_on is None:
            return union
        union = unit.successor
    return None


def look(work: Work, unit: UUID) -> UnitView:
    """The unit's place in the tree today, for `shared.work`; refuses with `NotYetKnown`."""
    state = work.copied(UNIT, unit)
    lines = state.lines_on(work.today)
    return UnitView(state.parent_on(work.today), state.level, tuple(lines), lines)


def _established(event: membership.UnionEstablished) -> UnitCopy:
    lines = [
        Hung(line=each.line, effective=event.occurredon, version=1, parent=each.parent)
        for each in event.lines
    ]
    first = Hung(line=TERRITORIAL, effective=event.occurredon, version=1, parent=event.parent)
    return UnitCopy(
        name=event.name,
        level=event.level,
        kind=event.kind,
        form=event.form,
        division=event.division,
        divisions=_merged((), event.division),
        credit_code=event.credit_code,
        established_on=event.occurredon,
        hung=_in_order([first, *lines]),
    )


def _renamed(state: UnitCopy, recorded: Recorded, event: membership.UnionRenamed) -> UnitCopy:
    divisions = _merged(state.divisions, event.old_division, event.division)
    named = _newer(state, recorded, name=event.name, division=event.division)
    return named.model_copy(update={"divisions": divisions})


def _newer(state: UnitCopy, recorded: Recorded, **values: Any) -> UnitCopy:
    newer = {name: value for name, value in values.items() if recorded.version > state.stamps.get(name, 0)}
    stamps = state.stamps | dict.fromkeys(newer, recorded.version)
    return state.model_copy(update={**newer, "stamps": dict(sorted(stamps.items()))})


def _successor(event: membership.UnionMerged | membership.UnionDissolved) -> UUID | None:
    return event.successor if isinstance(event, membership.UnionMerged) else None


def _hung(state: UnitCopy, recorded: Recorded) -> UnitCopy:
    line, parent = TERRITORIAL, None
    match recorded.event:
        case membership.UnionMoved() as event:
            parent = event.parent
        case membership.UnionJoinedLine() as event:
            line, parent = event.line, event.parent
        case membership.UnionLeftLine() as event:
            line = event.line
        case _:
            return state
    entry = Hung(line=line, effective=recorded.event.occurredon, version=recorded.version, parent=parent)
    return state.model_copy(update={"hung": _in_order({*state.hung, entry})})


def _in_order(entries: Iterable[Hung]) -> tuple[Hung, ...]:
    return tuple(sorted(entries, key=lambda each: (each.effective, each.version, each.line)))


def _merged(known: tuple[str, ...], *codes: str | None) -> tuple[str, ...]:
    return tuple(sorted({*known, *(code for code in codes if code)}))


def _covered(state: EmployerCopy | None, recorded: Recorded, *, covered: bool) -> EmployerCopy | None:
    if state is None:
        return None
    union = recorded.place.unit
    known = state.covers.get(union)
    if known is not None and known.version >= recorded.version:
        return state
    cover = Cover(
        version=recorded.version, covered=covered, since=recorded.event.occurredon, recorded=recorded.time
    )
    covers = state.covers | {union: cover}
    return state.model_copy(update={"covers": dict(sorted(covers.items()))})


def _unit_names(state: UnitCopy) -> frozenset[Claim]:
    own = {Claim("union-credit-code", state.credit_code)} if state.credit_code else set()
    return frozenset(own | {Claim("division", code) for code in state.divisions})


def _employer_names(state: EmployerCopy) -> frozenset[Claim]:
    return frozenset({Claim("credit-code", state.credit_code)} if state.credit_code else ())


def _subject(recorded: Recorded) -> tuple[UUID, ...]:
    return (recorded.subject,)


def _named_employer(recorded: Recorded) -> tuple[UUID, ...]:
    event = recorded.event
    assert isinstance(event, membership.EmployerCovered | membership.EmployerUncovered)
    return (event.employer,)


def _first_employers(recorded: Recorded) -> tuple[UUID, ...]:
    assert isinstance(recorded.event, membership.UnionEstablished)
    return recorded.event.employers


UNIT = CopyKind(
    name="union",
    state=UnitCopy,
    evolve=evolve_unit,
    unit=lambda state: state.parent,
    names=_unit_names,
    follows={
        membership.UnionEstablished: _subject,
        membership.UnionTypeChanged: _subject,
        membership.UnionRenamed: _subject,
        membership.UnionMoved: _subject,
        membership.UnionJoinedLine: _subject,
        membership.UnionLeftLine: _subject,
        membership.UnionMerged: _subject,
        membership.UnionDissolved: _subject,
    },
)

EMPLOYER = CopyKind(
    name="employer",
    state=EmployerCopy,
    evolve=evolve_employer,
    unit=lambda state: state.union,
    names=_employer_names,
    follows={
        membership.EmployerRegistered: _subject,
        membership.EmployerCovered: _named_employer,
        membership.EmployerUncovered: _named_employer,
        membership.UnionEstablished: _first_employers,
    },
)
