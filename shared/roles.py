"""What services know of roles: who holds which one where, kept from membership's events."""

from collections.abc import Iterable
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts import membership as m
from shared.envelope import Recorded
from shared.work.kinds import Claim, CopyKind

HOLDER = "holder"


class RoleCopy(BaseModel):
    """One grant; it goes by its holder's name only while it is held."""

    model_config = ConfigDict(frozen=True)

    holder: str
    role: str
    unit: UUID
    line: str | None
    held: bool


def evolve_role(state: RoleCopy | None, recorded: Recorded) -> RoleCopy | None:
    """The grant after one of its events; None for a withdrawal that comes before it."""
    match recorded.event:
        case m.RoleGranted(holder=holder, role=role, line=line):
            return state or RoleCopy(holder=holder, role=role, unit=recorded.place.unit, line=line, held=True)
        case m.RoleWithdrawn() if state is not None:
            return state.model_copy(update={"held": False})
    return state


def _subject(recorded: Recorded) -> Iterable[UUID]:
    return (recorded.subject,)


ROLE: CopyKind[RoleCopy] = CopyKind(
    name="role",
    state=RoleCopy,
    evolve=evolve_role,
    unit=lambda state: state.unit,
    names=lambda state: frozenset({Claim(HOLDER, state.holder)} if state.held else ()),
    follows={m.RoleGranted: _subject, m.RoleWithdrawn: _subject},
)
