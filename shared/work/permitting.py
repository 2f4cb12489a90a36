"""Whether a command may be carried out where it would count, and what is told when it may not.

Every event of a command counts at a unit; there its actor needs the role of the command (`Work.record` asks
for it). A rule's refusal is told to those only who have that role for something the command touched: what
a rule knows of a neighbour's case is nobody else's. Where a thing is not to be seen, it does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID

from shared.errors import NotFound, NotPermitted, NotYetKnown, Problem, Refused
from shared.work.needs import Granted
from shared.work.roles import READERS, Held, Where, holds, not_permitted

if TYPE_CHECKING:
    from shared.work.work import Work

UNIT_FIELDS = ("union", "unit")
"""Fields of commands that name the unit they are about."""
ID_CHARACTERS = 36
PUBLIC = frozenset({"union", "employer"})
"""Kinds that everybody may know to exist: organisations, not people."""


class Met(NamedTuple):
    """Something that a command touched: of what kind, and the unit it belongs to."""

    kind: str
    unit: UUID


def held(work: Work, actor: str) -> tuple[Held, ...]:
    """The roles that somebody holds now."""
    found: tuple[Held, ...] = work.fetched(Granted(actor))
    return found


def where(work: Work, unit: UUID, *, lined: bool) -> Where:
    """The unit's place; its paths on industry lines only if they are asked for."""
    place = work.place(unit)
    lines = {line: tuple(_along(work, unit, line)) for line in place.lines} if lined else {}
    return Where(place.lineage, lines)


def _along(work: Work, unit: UUID, line: str) -> Iterator[UUID]:
    here: UUID | None = unit
    met: set[UUID] = set()
    while here is not None and here not in met:
        met.add(here)
        yield here
        here = work.look(here).above.get(line)


def permitted(work: Work, actor: str, unit: UUID, roles: Collection[str]) -> bool:
    """Whether somebody holds one of the roles at the unit, or above it."""
    grants = [each for each in held(work, actor) if each.role in roles]
    return bool(grants) and holds(grants, roles, where(work, unit, lined=any(each.line for each in grants)))


def foreseen(work: Work, command: object, about: UUID | None) -> Problem | None:
    """Why a command need not even be decided: the thing or the unit that it names is not the actor's."""
    if work.role is None or _named_one(work, command, about) is None:
        return None
    if _may(work, _units(work, about), {work.role}):
        return None
    return told(work, about, not_permitted({work.role}, None))


def _named_one(work: Work, command: object, about: UUID | None) -> Met | None:
    if about is not None and (found := work.meet(about) or _unit(work, about)):
        return found
    for name in UNIT_FIELDS:
        given = str(getattr(command, name, None) or "")
        if len(given) == ID_CHARACTERS and (found := _unit(work, UUID(given))):
            return found
    return None


def _unit(work: Work, id_: UUID) -> Met | None:
    try:
        work.look(id_)
    except (NotFound, NotYetKnown):
        return None
    return work.met.setdefault(id_, Met("union", id_))


def told(work: Work, about: UUID | None, reason: Problem) -> Problem:
    """What the caller is told of a refusal: it, that a role is lacking, or that there is no such thing."""
    if work.role is None or not isinstance(reason, Refused | NotFound | NotPermitted):
        return reason
    units = _units(work, about)
    if not isinstance(reason, NotPermitted) and (not units or _may(work, units, {work.role})):
        return reason
    work.denied = units[0] if units else None
    if about in work.met and work.met[about].kind not in PUBLIC and not _may(work, units, READERS):
        return _hidden(work.met[about].kind, about)
    return not_permitted({work.role}, work.denied)


def unpermitted(work: Work, about: UUID | None) -> Problem | None:
    """Why a command that recorded nothing may not be answered either; None if it may."""
    if work.role is None or work.recorded:
        return None
    units = _units(work, about)
    if not units or _may(work, units, {work.role}):
        return None
    return told(work, about, not_permitted({work.role}, units[0]))


def _units(work: Work, about: UUID | None) -> list[UUID]:
    if about in work.met:
        return [work.met[about].unit]
    return list(dict.fromkeys(each.unit for each in work.met.values()))


def _may(work: Work, units: Collection[UUID], roles: Collection[str]) -> bool:
    return any(permitted(work, work.actor, unit, roles) for unit in units)


def _hidden(kind: str, about: UUID | None) -> NotFound:
    from shared.work.finding import unknown  # noqa: PLC0415  it stands on `work`

    name = kind.replace("-", " ")
    return unknown(kind)(f"there is no such {name}", kind.replace("-", "_"), str(about), "check the id")
