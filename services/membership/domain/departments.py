"""Departments of unions above the grassroots."""

from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.unions import GRASSROOTS, Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import UnionDepartmentClosed, UnionDepartmentSetUp
from shared.errors import Refused


class NoDepartmentsHere(Refused):
    """Grassroots unions have committees and groups, no departments."""

    code = "no-departments-here"


class DepartmentNotSetUp(Refused):
    """The union has no such department."""

    code = "department-not-set-up"


class Department(BaseModel):
    """A department that exists."""

    model_config = ConfigDict(frozen=True)

    posts: int
    since: date


class Departments(BaseModel):
    """State of the departments of a union, by their ids."""

    model_config = ConfigDict(frozen=True)

    departments: dict[str, Department] = {}


def decide_set_up(
    state: Departments, union: Union, new: UnionDepartmentSetUp, today: date
) -> tuple[UnionDepartmentSetUp, ...]:
    """With so many posts."""
    catalogue("departments").checked(new.department, "department")
    check_happened(new.occurredon, today)
    check_living(union, new.occurredon)
    if union.level >= GRASSROOTS:
        raise NoDepartmentsHere(
            f"a union of level {union.level} has no departments",
            "union",
            str(union.level),
            "form groups or sub-unions instead",
        )
    if new.department in state.departments:
        raise NothingChanges("the union has it already", "department", new.department, "nothing to do")
    return (new,)


def decide_close(
    state: Departments, department: str, on: date, today: date
) -> tuple[UnionDepartmentClosed, ...]:
    """No longer there."""
    known = state.departments.get(department)
    if known is None:
        raise DepartmentNotSetUp(
            "the union has no such department", "department", department, "check the department"
        )
    check_happened(on, today)
    check_not_before(known.since, on)
    return (UnionDepartmentClosed(occurredon=on, department=department, posts=known.posts),)


def decide_end(state: Departments, on: date) -> tuple[UnionDepartmentClosed, ...]:
    """All of them, with the union."""
    return tuple(
        UnionDepartmentClosed(occurredon=max(on, known.since), department=each, posts=known.posts)
        for each, known in state.departments.items()
    )


def evolve(state: Departments | None, event: Any) -> Departments:
    """The next state."""
    known = dict((state or Departments()).departments)
    match event:
        case UnionDepartmentSetUp():
            known[event.department] = Department(posts=event.posts, since=event.occurredon)
        case UnionDepartmentClosed():
            known.pop(event.department, None)
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to departments")
    return Departments(departments=known)
