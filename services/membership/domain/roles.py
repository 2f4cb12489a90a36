"""A role that somebody holds at a unit: granted by another, withdrawn, granted again."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import check_happened
from shared.catalogues import catalogue
from shared.contracts.membership import RoleGranted, RoleWithdrawn
from shared.errors import Refused
from shared.work.kinds import Claim


class RoleHeld(Refused):
    """The holder has the role at this unit."""

    code = "role-held"


class RoleNotHeld(Refused):
    """It has been withdrawn."""

    code = "role-not-held"


class OwnRole(Refused):
    """Nobody grants a role to themselves."""

    code = "own-role"


class HeldRole(BaseModel):
    """State of a grant. Granted again, it is another one."""

    model_config = ConfigDict(frozen=True)

    holder: str
    role: str
    unit: UUID
    line: str | None
    held: bool


class Wanted(NamedTuple):
    """Who shall hold which role where."""

    holder: str
    role: str
    unit: UUID
    line: str | None


class Deed(NamedTuple):
    """When something is done, what day it is today, and who does it."""

    on: date
    today: date
    actor: str


def claims(state: HeldRole) -> frozenset[Claim]:
    """The same role at the same unit is held once."""
    return frozenset(
        {claim_of(Wanted(state.holder, state.role, state.unit, state.line))} if state.held else ()
    )


def claim_of(wanted: Wanted) -> Claim:
    """What a grant of this holds while it is held."""
    return Claim("role", f"{wanted.unit}/{wanted.line or ''}/{wanted.role}/{wanted.holder}")


def decide_grant(wanted: Wanted, deed: Deed) -> RoleGranted:
    """By somebody else than the holder."""
    check_happened(deed.on, deed.today)
    catalogue("roles").checked(wanted.role, "role")
    if wanted.line is not None:
        catalogue("lines").checked(wanted.line, "line")
    if wanted.holder == deed.actor:
        raise OwnRole(
            "nobody grants a role to themselves", "holder", wanted.holder, "let another operator do it"
        )
    return RoleGranted(occurredon=deed.on, holder=wanted.holder, role=wanted.role, line=wanted.line)


def decide_withdraw(state: HeldRole, deed: Deed) -> RoleWithdrawn:
    """At once, for every service."""
    check_happened(deed.on, deed.today)
    if not state.held:
        raise RoleNotHeld("it has been withdrawn", "grant", "", "nothing to do")
    return RoleWithdrawn(occurredon=deed.on, holder=state.holder, role=state.role, line=state.line)


def evolve(unit: UUID, state: HeldRole | None, event: Any) -> HeldRole:
    """The next state."""
    match event:
        case RoleGranted(holder=holder, role=role, line=line):
            return HeldRole(holder=holder, role=role, unit=unit, line=line, held=True)
        case RoleWithdrawn() if state is not None:
            return state.model_copy(update={"held": False})
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a role")
