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
    EmployerRefusalOvercome,
    EmployerRefusalRecorded,
    EmployerRegistered,
    EmployerScaleAssessed,
    EmployerScaleCarried,
    EmployerUncovered,
    EstablishmentTargeted,
    NoticeGiven,
    WorkforceReported,
)
from shared.errors import Malformed, Refused
from shared.rules import rule
from shared.work.kinds import Claim

SCALE_RULE = "scale.industry_threshold_fen"


class EmployerCoveredAlready(Refused):
    """A union covers this employer."""

    code = "employer-covered-already"


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
    """State of an employer; `registered_at` is the registering unit, `union` the covering one.

    `targeted_on` and `refusing_on` only while it has no union.
    """

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
    targeted_on: date | None = None
    refusing_on: date | None = None
    noticed_on: date | None = None

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
    return (At(state.place, reported(id_, state.headcount, headcount, on, covered=state.union is not None)),)


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
            gone = {"targeted_on": None, "refusing_on": None}
            return {"union": unit, "covered_on": event.occurredon, **gone}
        case EmployerUncovered():
            return {"union": None, "covered_on": event.occurredon}
        case WorkforceReported():
            headcount = Headcount(workers=event.workers, women=event.women, migrants=event.migrants)
            return {"headcount": headcount, "reported_on": event.occurredon}
        case EmployerScaleAssessed():
            return {"above_scale": event.above_scale, "assessed_on": event.occurredon}
        case _:
            return _approach(event)


def _approach(event: Any) -> dict[str, Any]:
    match event:
        case EstablishmentTargeted():
            return {"targeted_on": event.occurredon}
        case EmployerRefusalRecorded():
            return {"refusing_on": event.occurredon}
        case EmployerRefusalOvercome():
            return {"refusing_on": None}
        case NoticeGiven():
            return {"noticed_on": event.occurredon}
        case EmployerScaleCarried():
            return {}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to an employer")


def reported(
    id_: UUID, old: Headcount | None, new: Headcount, on: date, *, covered: bool
) -> WorkforceReported:
    """The headcount after another, or the first one at a place."""
    return WorkforceReported(
        occurredon=on,
        employer=id_,
        old_workers=old.workers if old else None,
        workers=new.workers,
        old_women=old.women if old else None,
        women=new.women,
        old_migrants=old.migrants if old else None,
        migrants=new.migrants,
        covered=covered,
    )
