"""Employers without a union: targeted, refusing, noticed (DOMAIN ORG-03, FIN-08)."""

from datetime import date
from uuid import UUID

from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.employers import Employer, EmployerCoveredAlready
from services.membership.domain.placed import At
from shared.contracts.membership import (
    EmployerRefusalOvercome,
    EmployerRefusalRecorded,
    EstablishmentTargeted,
    NoticeGiven,
)
from shared.errors import Refused

Known = tuple[UUID, Employer]


class EmployerNotRefusing(Refused):
    """No refusal of this employer is recorded, or it has been overcome."""

    code = "employer-not-refusing"


def decide_target(employer: Known, on: date, today: date) -> tuple[At, ...]:
    """A union is to be established there; once, until the employer has one."""
    id_, state = employer
    check_without_union(id_, state)
    _check_day(state, on, today)
    if state.targeted_on is not None:
        raise NothingChanges("the employer is targeted already", "employer", str(id_), "nothing to do")
    return (At(state.place, EstablishmentTargeted(occurredon=on, employer=id_, employer_kind=state.kind)),)


def decide_record_refusal(employer: Known, on: date, today: date) -> tuple[At, ...]:
    """The employer refuses; it may be prepared all the same, for joining is the workers' right."""
    id_, state = employer
    check_without_union(id_, state)
    _check_day(state, on, today)
    if state.refusing_on is not None:
        raise NothingChanges("its refusal is recorded already", "employer", str(id_), "nothing to do")
    return (At(state.place, EmployerRefusalRecorded(occurredon=on, employer=id_, employer_kind=state.kind)),)


def decide_overcome(employer: Known, on: date, today: date) -> tuple[At, ...]:
    """The employer no longer refuses; a union that covers it overcomes its refusal by itself."""
    id_, state = employer
    check_happened(on, today)
    if state.refusing_on is None:
        raise EmployerNotRefusing(
            "no refusal of this employer is recorded", "employer", str(id_), "nothing to overcome"
        )
    check_not_before(state.refusing_on, on)
    return (At(state.place, EmployerRefusalOvercome(occurredon=on, employer=id_, employer_kind=state.kind)),)


def decide_give_notice(employer: Known, document: str, on: date, today: date) -> tuple[At, ...]:
    """Written notice that a union is to be established; may be given more than once."""
    id_, state = employer
    check_without_union(id_, state)
    _check_day(state, on, today)
    return (At(state.place, NoticeGiven(occurredon=on, employer=id_, document=document)),)


def check_without_union(employer: UUID, state: Employer) -> None:
    """Raises EmployerCoveredAlready."""
    if state.union is not None:
        raise EmployerCoveredAlready(
            "a union covers the employer", "employer", str(employer), f"see the union {state.union}"
        )


def _check_day(state: Employer, on: date, today: date) -> None:
    check_happened(on, today)
    check_not_before(max(state.registered_on, state.covered_on or date.min), on)
