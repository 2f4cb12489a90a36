"""Covered by one union at a time: what is known of the employer moves along (DOMAIN STA-03)."""

from datetime import date
from uuid import UUID

from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.employers import Employer, EmployerCoveredAlready, Headcount, reported
from services.membership.domain.placed import At
from services.membership.domain.unions import Union, check_living
from shared.contracts.membership import (
    EmployerCovered,
    EmployerRefusalOvercome,
    EmployerScaleCarried,
    EmployerUncovered,
)
from shared.errors import Refused


class EmployerNotCovered(Refused):
    """The union does not cover this employer."""

    code = "employer-not-covered"


def decide_cover(
    employer: tuple[UUID, Employer], union: tuple[UUID, Union], on: date, today: date
) -> tuple[At, ...]:
    """Covered by the union from `on` on; its headcount and scale move there, its refusal is overcome."""
    id_, state = employer
    unit, covering = union
    check_happened(on, today)
    check_living(covering, on)
    if state.union is not None:
        raise EmployerCoveredAlready(
            "the employer is covered by this union already"
            if state.union == unit
            else "another union covers it",
            "employer",
            str(id_),
            f"uncover it at {state.union} first" if state.union != unit else "nothing to do",
        )
    check_not_before(max(state.registered_on, state.covered_on or date.min), on)
    covered = EmployerCovered(occurredon=on, employer=id_, employer_kind=state.kind, form=covering.form)
    return (*_overcome(id_, state, on), At(unit, covered), *_carried(id_, state, unit, on))


def decide_uncover(
    employer: tuple[UUID, Employer], union: tuple[UUID, Union], on: date, today: date
) -> tuple[At, ...]:
    """No longer covered by the union; headcount and scale go back to the unit that registered it."""
    id_, state = employer
    unit, covering = union
    check_happened(on, today)
    if state.union != unit:
        raise EmployerNotCovered(
            "the union does not cover this employer",
            "employer",
            str(id_),
            f"it is covered by {state.union}" if state.union else "no union covers it",
        )
    check_not_before(state.covered_on, on)
    uncovered = EmployerUncovered(occurredon=on, employer=id_, employer_kind=state.kind, form=covering.form)
    return (At(unit, uncovered), *_carried(id_, state, state.registered_at, on))


def _overcome(id_: UUID, state: Employer, on: date) -> tuple[At, ...]:
    if state.refusing_on is None:
        return ()
    day = max(on, state.refusing_on)
    return (At(state.place, EmployerRefusalOvercome(occurredon=day, employer=id_, employer_kind=state.kind)),)


def _carried(id_: UUID, state: Employer, to: UUID, on: date) -> tuple[At, ...]:
    """What is known of it becomes zero at the old place, and is the first at the new one.

    Also where both are one unit: workers of an employer with a union are counted apart from those without.
    """
    covered = state.union is not None
    carried: list[At] = []
    if state.headcount is not None:
        none = Headcount(workers=0, women=0, migrants=0)
        day = max(on, state.reported_on or on)
        carried = [
            At(state.place, reported(id_, state.headcount, none, day, covered=covered)),
            At(to, reported(id_, None, state.headcount, day, covered=not covered)),
        ]
    if state.above_scale and to != state.place:
        day = max(on, state.assessed_on or on)
        carried += [
            At(state.place, _scale(id_, day, here=False)),
            At(to, _scale(id_, day, here=True)),
        ]
    return tuple(carried)


def _scale(id_: UUID, on: date, *, here: bool) -> EmployerScaleCarried:
    return EmployerScaleCarried(occurredon=on, employer=id_, old_above_scale=not here, above_scale=here)
