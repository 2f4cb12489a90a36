"""What services know of a person: the union, the standing and what figures need; never a name or a number.

Fed by membership's events. All events of one member run under one subject with rising versions, and each says
all that is kept here, so the highest version wins, whatever the order. A person who is registered without
being a member has no union.
"""

from collections.abc import Callable, Iterable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import Event
from shared.contracts import membership as m
from shared.envelope import Recorded
from shared.work.kinds import CopyKind

IN_SERVICE, RETAINED, RETIRED = "in_service", "retained", "retired"


class PersonCopy(BaseModel):
    """A person of the register; `union` and `standing` are None for those who are no members (now)."""

    model_config = ConfigDict(frozen=True)

    version: int
    sex: str
    union: UUID | None = None
    standing: str | None = None
    worker_kind: str | None = None


def evolve_person(state: PersonCopy | None, recorded: Recorded) -> PersonCopy | None:
    """The person after one of the events about them."""
    event = recorded.event
    if isinstance(event, m.PersonRegistered):
        return state or PersonCopy(version=0, sex=event.sex)
    if state is not None and state.version >= recorded.version:
        return state
    union, standing = _membership(recorded)
    assert isinstance(event, m.AboutMember | m.MemberCorrected)
    return PersonCopy(
        version=recorded.version, sex=event.sex, union=union, standing=standing, worker_kind=event.worker_kind
    )


def _membership(recorded: Recorded) -> tuple[UUID | None, str | None]:
    unit = recorded.place.unit
    match recorded.event:
        case m.MemberJoined() | m.MemberResumed():
            return unit, IN_SERVICE
        case m.MemberRetired():
            return unit, RETIRED
        case m.MemberRetained():
            return unit, RETAINED
        case (
            m.MemberTransferredIn(standing=standing)
            | m.MemberCorrected(standing=standing)
            | m.MemberKindChanged(standing=standing)
        ):
            return unit, standing
        case m.MemberTransferredOut(standing=standing):
            return None, standing
        case _:
            return None, None


def _person(recorded: Recorded) -> Iterable[UUID]:
    event = recorded.event
    assert isinstance(event, m.AboutMember | m.MemberCorrected | m.PersonRegistered)
    return (event.person,)


_FOLLOWED: tuple[type[Event], ...] = (
    m.PersonRegistered,
    m.MemberJoined,
    m.MemberTransferredOut,
    m.MemberTransferredIn,
    m.MemberLeft,
    m.MemberRetired,
    m.MemberRetained,
    m.MemberResumed,
    m.MemberCorrected,
    m.MemberKindChanged,
)
_FOLLOWS: dict[type[Event], Callable[[Recorded], Iterable[UUID]]] = dict.fromkeys(_FOLLOWED, _person)

PERSON: CopyKind[PersonCopy] = CopyKind(
    name="person",
    state=PersonCopy,
    evolve=evolve_person,
    unit=lambda state: state.union,
    follows=_FOLLOWS,
)
