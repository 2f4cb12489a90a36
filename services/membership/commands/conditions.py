"""Office, operating funds, rules on the wall: ask, provide, verify, withdraw."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.references import find_union, need_of
from services.membership.domain import conditions
from services.membership.domain.conditions import Conditions
from services.membership.domain.unions import Union
from shared.contracts.membership import WorkingConditionProvided, WorkingConditionRequested
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import LARGEST_FEN
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work


class RequestCondition(Command):
    """The union asks its employer for it."""

    union: UnionReference
    condition: CatalogueId
    requested_on: BusinessDate


class ProvideCondition(Command):
    """The union has it now; funds with what they amount to in a year."""

    union: UnionReference
    condition: CatalogueId
    amount_fen: Annotated[int, Field(strict=True, ge=0, le=LARGEST_FEN, description="Fen a year.")] = 0
    provided_on: BusinessDate


class VerifyCondition(Command):
    """Somebody else went to see it."""

    union: UnionReference
    condition: CatalogueId
    verified_on: BusinessDate


class WithdrawCondition(Command):
    """The union has it no longer."""

    union: UnionReference
    condition: CatalogueId
    withdrawn_on: BusinessDate


def conditions_id(union: UUID) -> UUID:
    """A union has one set of conditions."""
    return uuid5(union, "conditions")


def conditions_of(union: UUID) -> Kind[Conditions]:
    """The working conditions of this union."""
    return Kind(name="conditions", state=Conditions, evolve=conditions.evolve, unit=lambda _: union)


CONDITIONS = conditions_of(UUID(int=0))
"""For reading only: events are recorded with `conditions_of`."""


def request_condition(work: Work, command: RequestCondition) -> Answer:
    """The answer names the conditions of the union."""
    unit, union, state = _found(work, command.union)
    asked = WorkingConditionRequested(
        occurredon=command.requested_on, condition=command.condition, recorder=work.actor
    )
    hold_living(work, unit, union)
    return _record(work, unit, conditions.decide_request(state, union, asked, work.today))


def provide_condition(work: Work, command: ProvideCondition) -> Answer:
    """Who records may not verify."""
    unit, union, state = _found(work, command.union)
    given = WorkingConditionProvided(
        occurredon=command.provided_on,
        condition=command.condition,
        amount_fen=command.amount_fen,
        recorder=work.actor,
    )
    hold_living(work, unit, union)
    return _record(work, unit, conditions.decide_provide(state, union, given, work.today))


def verify_condition(work: Work, command: VerifyCondition) -> Answer:
    """Seen on this day."""
    unit, _, state = _found(work, command.union)
    on = command.verified_on
    return _record(work, unit, conditions.decide_verify(state, command.condition, work.actor, on, work.today))


def withdraw_condition(work: Work, command: WithdrawCondition) -> Answer:
    """It may be provided again."""
    unit, _, state = _found(work, command.union)
    on = command.withdrawn_on
    return _record(work, unit, conditions.decide_withdraw(state, command.condition, on, work.today))


def end_conditions(work: Work, unit: UUID, on: date) -> None:
    """With the union, in the course of the command that ends it."""
    work.want(Own(conditions_id(unit)))
    state = work.get(CONDITIONS, conditions_id(unit))
    if state is not None:
        _record(work, unit, conditions.decide_end(state, on))


def _found(work: Work, reference: str) -> tuple[UUID, Union, Conditions]:
    work.want(need_of(reference))
    unit, union = find_union(work, reference, "union")
    work.want(Own(conditions_id(unit)))
    return unit, union, work.get(CONDITIONS, conditions_id(unit)) or Conditions()


def _record(work: Work, unit: UUID, events: tuple[Any, ...]) -> Answer:
    return work.record(conditions_of(unit), conditions_id(unit), events, unit)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RequestCondition: request_condition,
    ProvideCondition: provide_condition,
    VerifyCondition: verify_condition,
    WithdrawCondition: withdraw_condition,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/unions/{union}/conditions/request", RequestCondition, "Ask for a working condition"),
    CommandRoute("/unions/{union}/conditions/provide", ProvideCondition, "Record a working condition"),
    BulkRoute("/conditions/provide/bulk", ProvideCondition, "Record the working conditions of a list"),
    CommandRoute(
        "/unions/{union}/conditions/verify", VerifyCondition, "Verify a working condition", role=APPROVER
    ),
    CommandRoute("/unions/{union}/conditions/withdraw", WithdrawCondition, "Withdraw a working condition"),
)
LISTINGS = (Listing("/conditions", CONDITIONS, "Working conditions"),)
