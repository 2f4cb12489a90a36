"""The aggregates of this service, as the kernel stores them."""

from functools import partial
from typing import Any
from uuid import UUID

from services.membership.domain import employers, members, people, privacy, unions
from services.membership.domain.placed import At
from shared.work.kinds import Kind

UNION: Kind[unions.Union] = Kind(
    name="union",
    state=unions.Union,
    evolve=unions.evolve,
    unit=lambda union: union.latest_parent,
    claims=unions.claims,
)


def _employer_at(unit: UUID, state: employers.Employer | None, event: Any) -> employers.Employer:
    return employers.evolve(state, At(unit, event))


def _member_at(unit: UUID, state: members.Member | None, event: Any) -> members.Member:
    return members.evolve(state, At(unit, event))


def _person_at(unit: UUID, state: people.Person | None, event: Any) -> people.Person:
    return people.evolve(state, At(unit, event))


def _record_at(unit: UUID, state: privacy.PersonalRecord | None, event: Any) -> privacy.PersonalRecord:
    return privacy.evolve(state, At(unit, event))


def employer_at(unit: UUID) -> Kind[employers.Employer]:
    """Employers, for recording events that count for this unit."""
    return Kind(
        name="employer",
        state=employers.Employer,
        evolve=partial(_employer_at, unit),
        unit=lambda employer: employer.place,
        claims=employers.claims,
    )


def member_at(unit: UUID) -> Kind[members.Member]:
    """Members, for recording events that count for this union."""
    return Kind(
        name="member",
        state=members.Member,
        evolve=partial(_member_at, unit),
        unit=lambda member: member.union,
    )


def person_at(unit: UUID) -> Kind[people.Person]:
    """People of the register, for recording events that count for this unit."""
    return Kind(
        name="person", state=people.Person, evolve=partial(_person_at, unit), unit=lambda person: person.unit
    )


def record_at(unit: UUID) -> Kind[privacy.PersonalRecord]:
    """What may be done with somebody's data, for recording events at this unit."""
    return Kind(
        name="personal-record",
        state=privacy.PersonalRecord,
        evolve=partial(_record_at, unit),
        unit=lambda record: record.unit,
    )


NOWHERE = UUID(int=0)
EMPLOYER = employer_at(NOWHERE)
"""For reading only: events are recorded with `employer_at`."""
MEMBER = member_at(NOWHERE)
"""For reading only: events are recorded with `member_at`."""
PERSON = person_at(NOWHERE)
"""For reading only: events are recorded with `person_at`."""
RECORD = record_at(NOWHERE)
"""For reading only: events are recorded with `record_at`."""
