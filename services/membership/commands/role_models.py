"""The register of role models: nominate, name, withdraw."""

from functools import partial
from typing import Any
from uuid import UUID

from pydantic import BaseModel

from services.membership.aggregates import NOWHERE
from services.membership.commands.applications import Year
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.people import find_person
from services.membership.commands.references import find_union, need_of
from services.membership.domain import role_models
from services.membership.domain.applying import Deed
from services.membership.domain.placed import At
from services.membership.domain.role_models import (
    RoleModel,
    Wish,
    decide_name,
    decide_nominate,
    decide_withdraw,
    role_model_of,
)
from services.membership.domain.unions import check_living
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work


class NominateRoleModel(Command):
    """A person of the register, as a candidate of a year; the union is where the person counts."""

    person: UUID
    union: UnionReference
    level: CatalogueId
    title: CatalogueId
    year: Year
    nominated_on: BusinessDate


class NameRoleModel(Command):
    """Named by government at a level for which there is a nomination (DOMAIN ACT-02)."""

    person: UUID
    level: CatalogueId
    document: DocumentNumber | None = None
    named_on: BusinessDate


class WithdrawRoleModel(Command):
    """Deceased, revoked, moved away: a reason of the catalogue."""

    person: UUID
    reason: CatalogueId
    withdrawn_on: BusinessDate


def _role_model_at(unit: UUID, state: RoleModel | None, event: Any) -> RoleModel:
    return role_models.evolve(state, At(unit, event))


def role_model_at(unit: UUID) -> Kind[RoleModel]:
    """Role models, for recording events that count for this union."""
    return Kind("role-model", RoleModel, partial(_role_model_at, unit), lambda model: model.unit)


ROLE_MODEL = role_model_at(NOWHERE)
"""For reading only: events are recorded with `role_model_at`."""


def nominate_role_model(work: Work, command: NominateRoleModel) -> Answer:
    """The answer's id is that of the person's record."""
    id_ = role_model_of(command.person)
    work.want(need_of(command.union), Own(id_), Own(command.person))
    unit, union = find_union(work, command.union, "union")
    check_living(union, command.nominated_on)
    find_person(work, command.person)
    wish = Wish(command.level, command.title, command.year)
    deed = Deed(command.nominated_on, work.today, work.actor)
    before = work.get(ROLE_MODEL, id_)
    return _record(work, id_, decide_nominate(before, (command.person, unit), wish, deed))


def name_role_model(work: Work, command: NameRoleModel) -> Answer:
    """The approver is the actor of this command."""
    id_ = role_model_of(command.person)
    state = find(work, ROLE_MODEL, id_, "person")
    deed = Deed(command.named_on, work.today, work.actor)
    return _record(work, id_, decide_name(state, command.level, command.document, deed))


def withdraw_role_model(work: Work, command: WithdrawRoleModel) -> Answer:
    """All levels of the person end together."""
    id_ = role_model_of(command.person)
    state = find(work, ROLE_MODEL, id_, "person")
    deed = Deed(command.withdrawn_on, work.today, work.actor)
    return _record(work, id_, decide_withdraw(state, command.reason, deed))


def _record(work: Work, id_: UUID, events: tuple[At, ...]) -> Answer:
    answer = Answer(id_, work.version(ROLE_MODEL, id_))
    for unit, event in events:
        answer = work.record(role_model_at(unit), id_, [event], unit)
    return answer


USE_CASES: dict[type[BaseModel], UseCase] = {
    NominateRoleModel: nominate_role_model,
    NameRoleModel: name_role_model,
    WithdrawRoleModel: withdraw_role_model,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/role-models", NominateRoleModel, "Nominate a role model", creates=True),
    BulkRoute("/role-models/bulk", NominateRoleModel, "Nominate role models"),
    CommandRoute(
        "/role-models/{person}/name", NameRoleModel, "Record that a role model was named", role=APPROVER
    ),
    BulkRoute("/role-models/name/bulk", NameRoleModel, "Record who were named role models", role=APPROVER),
    CommandRoute("/role-models/{person}/withdraw", WithdrawRoleModel, "Withdraw a role model"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/role-models", ROLE_MODEL, "Role models"),)
