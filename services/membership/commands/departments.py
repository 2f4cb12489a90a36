"""Set up and close departments of unions above the grassroots."""

from datetime import date
from typing import Annotated, Any
from uuid import UUID, uuid5

from pydantic import BaseModel, Field

from services.membership.commands.fields import BusinessDate, CatalogueId, Command, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.references import find_union, need_of
from services.membership.domain import departments
from services.membership.domain.departments import Departments
from services.membership.domain.unions import Union
from shared.contracts.membership import UnionDepartmentSetUp
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work


class SetUpDepartment(Command):
    """A department with so many posts."""

    union: UnionReference
    department: CatalogueId
    posts: Annotated[int, Field(strict=True, ge=0, le=10_000)]
    set_up_on: BusinessDate


class CloseDepartment(Command):
    """The union has it no longer."""

    union: UnionReference
    department: CatalogueId
    closed_on: BusinessDate


def departments_id(union: UUID) -> UUID:
    """A union has one set of departments."""
    return uuid5(union, "departments")


def departments_of(union: UUID) -> Kind[Departments]:
    """The departments of this union."""
    return Kind(name="departments", state=Departments, evolve=departments.evolve, unit=lambda _: union)


DEPARTMENTS = departments_of(UUID(int=0))
"""For reading only: events are recorded with `departments_of`."""


def set_up_department(work: Work, command: SetUpDepartment) -> Answer:
    """The answer names the departments of the union."""
    unit, union, state = _found(work, command.union)
    new = UnionDepartmentSetUp(
        occurredon=command.set_up_on, department=command.department, posts=command.posts
    )
    hold_living(work, unit, union)
    return _record(work, unit, departments.decide_set_up(state, union, new, work.today))


def close_department(work: Work, command: CloseDepartment) -> Answer:
    """It may be set up again."""
    unit, _, state = _found(work, command.union)
    on = command.closed_on
    return _record(work, unit, departments.decide_close(state, command.department, on, work.today))


def end_departments(work: Work, unit: UUID, on: date) -> None:
    """With the union, in the course of the command that ends it."""
    work.want(Own(departments_id(unit)))
    state = work.get(DEPARTMENTS, departments_id(unit))
    if state is not None:
        _record(work, unit, departments.decide_end(state, on))


def _found(work: Work, reference: str) -> tuple[UUID, Union, Departments]:
    work.want(need_of(reference))
    unit, union = find_union(work, reference, "union")
    work.want(Own(departments_id(unit)))
    return unit, union, work.get(DEPARTMENTS, departments_id(unit)) or Departments()


def _record(work: Work, unit: UUID, events: tuple[Any, ...]) -> Answer:
    return work.record(departments_of(unit), departments_id(unit), events, unit)


USE_CASES: dict[type[BaseModel], UseCase] = {
    SetUpDepartment: set_up_department,
    CloseDepartment: close_department,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/unions/{union}/departments/set-up", SetUpDepartment, "Set up a department"),
    CommandRoute("/unions/{union}/departments/close", CloseDepartment, "Close a department"),
)
LISTINGS = (Listing("/departments", DEPARTMENTS, "Departments"),)
