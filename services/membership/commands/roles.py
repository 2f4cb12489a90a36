"""Roles: granted at a unit for its subtree, and withdrawn; by operators there, or founders."""

from functools import partial
from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.references import find_union, need_of
from services.membership.domain import roles
from services.membership.domain.roles import Deed, HeldRole, RoleHeld, Wanted, claim_of
from services.membership.domain.unions import check_living
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

OPERATOR = "operator"
NOWHERE = UUID(int=0)
Holder = Annotated[
    str,
    Field(pattern=r"^[A-Za-z0-9:._/|-]{1,100}$", description="The subject of the holder's tokens."),
]


def held_at(unit: UUID) -> Kind[HeldRole]:
    """Grants, for recording what counts for this unit."""
    return Kind("role", HeldRole, partial(roles.evolve, unit), lambda role: role.unit, roles.claims)


ROLE = held_at(NOWHERE)
"""For reading only."""


class GrantRole(Command):
    """A role at a union for all below it; with a line, for those of that industry line only."""

    unit: UnionReference
    holder: Holder
    role: CatalogueId
    line: CatalogueId | None = None
    granted_on: BusinessDate


class WithdrawRole(Command):
    """It ends at once."""

    grant: UUID
    withdrawn_on: BusinessDate


def grant_role(work: Work, command: GrantRole) -> Answer:
    """The answer's id is the grant's."""
    work.want(need_of(command.unit))
    unit, union = find_union(work, command.unit, "unit")
    check_living(union, command.granted_on)
    wanted = Wanted(command.holder, command.role, unit, command.line)
    granted = roles.decide_grant(wanted, Deed(command.granted_on, work.today, work.actor))
    if owner := work.owner(*claim_of(wanted)):
        raise RoleHeld(f"by grant {owner}", "role", command.role, "nothing to do")
    return work.record(held_at(unit), work.new_id(), [granted], unit)


def withdraw_role(work: Work, command: WithdrawRole) -> Answer:
    """Anybody who may grant it may withdraw it."""
    state = find(work, ROLE, command.grant, "grant")
    withdrawn = roles.decide_withdraw(state, Deed(command.withdrawn_on, work.today, work.actor))
    return work.record(held_at(state.unit), command.grant, [withdrawn], state.unit)


USE_CASES: dict[type[BaseModel], UseCase] = {GrantRole: grant_role, WithdrawRole: withdraw_role}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/roles", GrantRole, "Grant a role at a union", creates=True, role=OPERATOR),
    CommandRoute("/roles/{grant}/withdraw", WithdrawRole, "Withdraw a role", role=OPERATOR),
)
LISTINGS: tuple[Listing, ...] = (Listing("/roles", ROLE, "Roles held at"),)
