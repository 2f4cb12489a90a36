"""Employers: registered in the area of a unit, covered by one union at a time, with headcount and scale.

What is known of an employer counts where it is: at the union that covers it, else at the unit that registered
it. The headcount moves along when it changes its place.
"""

from datetime import date
from typing import Any
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.placed import At
from services.membership.domain.unions import Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import (
    EmployerCovered,
    EmployerRegistered,
    EmployerScaleAssessed,
    EmployerUncovered,
    WorkforceReported,
)
from shared.errors import Malformed, Refused
from shared.rules import rule
from shared.work.kinds import Claim

SCALE_RULE = "scale.industry_threshold_fen"


class EmployerCoveredAlready(Refused):
    """Another union covers this employer."""

    code = "employer-covered-already"


class EmployerNotCovered(Refused):
    """The union does not cover this employer."""

    code = "employer-not-covered"


class HeadcountUnclear(Malformed):
    """Women or migrant workers exceed all workers."""

    code = "headcount-unclear"


class Headcount(BaseModel):
    """People on the payroll; women and migrant workers among them may be the same people."""

    model_config = ConfigDict(frozen=True)

    workers: int
    women: int
    migrants: int


class Employer(BaseModel):
    """State of an employer; `registered_at` is the registering unit, `union` the covering one."""

    model_config = ConfigDict(frozen=True)

    name: str
    kind: str
    credit_code: str | None
    registered_at: UUID
    registered_on: date
    union: UUID | None = None
    covered_on: date | None = None
    headcount: Headcount | None = None
    reported_on: date | None = None
    above_scale: bool | None = None
    assessed_on: date | None = None

    @property
    def place(self) -> UUID:
        """The unit at which the employer counts."""
        return self.union or self.registered_at


def claims(employer: Employer) -> frozenset[Claim]:
    """Its credit code."""
    return frozenset({Claim("credit-code", employer.credit_code)} if employer.credit_code else ())


def decide_register(new: EmployerRegistered, unit: Union, today: date) -> tuple[EmployerRegistered, ...]:
    """Known from `occurredon` on at a living unit, covered or not."""
    catalogue("employer_kinds").checked(new.kind, "kind")
    check_happened(new.occurredon, today)
    check_living(unit, new.occurredon, "registered_on")
    return (new,)


def decide_cover(
    employer: tuple[UUID, Employer], union: tuple[UUID, Union], on: date, today: date
) -> tuple[At, ...]:
    """Covered by the union from `on` on; its headcount moves there."""
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
    covered = EmployerCovered(occurredon=on, employer=id_, employer_kind=state.kind)
    return (At(unit, covered), *_carried(id_, state, unit, on))


def decide_uncover(employer: tuple[UUID, Employer], unit: UUID, on: date, today: date) -> tuple[At, ...]:
    """No longer covered by the union; its headcount goes back to the unit that registered it."""
    id_, state = employer
    check_happened(on, today)
    if state.union != unit:
        raise EmployerNotCovered(
            "the union does not cover this employer",
            "employer",
            str(id_),
            f"it is covered by {state.union}" if state.union else "no union covers it",
        )
    check_not_before(state.covered_on, on)
    uncovered = EmployerUncovered(occurredon=on, employer=id_, employer_kind=state.kind)
    return (At(unit, uncovered), *_carried(id_, state, state.registered_at, on))


def decide_workforce(
    employer: tuple[UUID, Employer], headcount: Headcount, on: date, today: date
) -> tuple[At, ...]:
    """The headcount on a day, with the one before it (DOMAIN MEM-10)."""
    id_, state = employer
    check_happened(on, today)
    check_not_before(
        max(state.registered_on, state.reported_on or date.min, state.covered_on or date.min), on
    )
    if max(headcount.women, headcount.migrants) > headcount.workers:
        raise HeadcountUnclear(
            "women and migrant workers are among the workers",
            "workers",
            str(headcount.workers),
            "count all workers, and parts of them",
        )
    if headcount == state.headcount:
        raise NothingChanges(
            "this headcount is recorded already", "workers", str(headcount.workers), "nothing to do"
        )
    return (At(state.place, _reported(id_, state.headcount, headcount, on)),)


def decide_scale(employer: Employer, sales_fen: int, on: date, today: date) -> tuple[At, ...]:
    """Yearly sales judged by the threshold in force on that day (DOMAIN STA-04)."""
    state = employer
    check_happened(on, today)
    check_not_before(max(state.registered_on, state.assessed_on or date.min), on)
    threshold = rule(SCALE_RULE, on)
    assessed = EmployerScaleAssessed(
        occurredon=on,
        sales_fen=sales_fen,
        threshold_fen=threshold,
        old_above_scale=state.above_scale,
        above_scale=sales_fen >= threshold,
    )
    return (At(state.place, assessed),)


def above_scale(employers: tuple[Employer, ...]) -> bool | None:
    """Of a union: yes if one of its employers is, no if all that were assessed are not, else not known."""
    known = [each.above_scale for each in employers if each.above_scale is not None]
    return any(known) if known else None


def evolve(employer: Employer | None, placed: At) -> Employer:
    """The next state; the unit counts, for an employer's place is not in the event's body."""
    unit, event = placed
    if isinstance(event, EmployerRegistered):
        return Employer(
            name=event.name,
            kind=event.kind,
            credit_code=event.credit_code,
            registered_at=unit,
            registered_on=event.occurredon,
        )
    if employer is None:
        raise TypeError(f"{type(event).__name__} before the employer was registered")
    return employer.model_copy(update=_change(unit, event))


def _change(unit: UUID, event: Any) -> dict[str, Any]:
    match event:
        case EmployerCovered():
            return {"union": unit, "covered_on": event.occurredon}
        case EmployerUncovered():
            return {"union": None, "covered_on": event.occurredon}
        case WorkforceReported():
            headcount = Headcount(workers=event.workers, women=event.women, migrants=event.migrants)
            return {"headcount": headcount, "reported_on": event.occurredon}
        case EmployerScaleAssessed():
            return {"above_scale": event.above_scale, "assessed_on": event.occurredon}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to an employer")


def _carried(id_: UUID, state: Employer, to: UUID, on: date) -> tuple[At, ...]:
    """The headcount at the old place becomes zero there, and is the first one at the new place."""
    if state.headcount is None or to == state.place:
        return ()
    none = Headcount(workers=0, women=0, migrants=0)
    day = max(on, state.reported_on or on)
    return (
        At(state.place, _reported(id_, state.headcount, none, day)),
        At(to, _reported(id_, None, state.headcount, day)),
    )


def _reported(id_: UUID, old: Headcount | None, new: Headcount, on: date) -> WorkforceReported:
    return WorkforceReported(
        occurredon=on,
        employer=id_,
        old_workers=old.workers if old else None,
        workers=new.workers,
        old_women=old.women if old else None,
        women=new.women,
        old_migrants=old.migrants if old else None,
        migrants=new.migrants,
    )
