"""The register of people: everybody whom a service helps, trains or elects, member or not (DOMAIN PRI-01).

Whoever joins a union is registered by joining; others are registered on their own. One random id per person,
whichever came first.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.dates import check_happened
from services.membership.domain.placed import At
from services.membership.domain.unions import Union, check_living
from shared.catalogues import catalogue
from shared.contracts.membership import PersonRegistered


class Person(BaseModel):
    """State of somebody who was registered without joining; `unit` registered them."""

    model_config = ConfigDict(frozen=True)

    unit: UUID
    sex: str
    registered_on: date


def decide_register_person(
    person: UUID, sex: str, unit: tuple[UUID, Union], on: date, today: date
) -> tuple[At, ...]:
    """Known from `on` on at a living unit."""
    catalogue("sexes").checked(sex, "sex")
    check_happened(on, today)
    check_living(unit[1], on)
    return (At(unit[0], PersonRegistered(occurredon=on, person=person, sex=sex)),)


def evolve(_person: Person | None, placed: At) -> Person:
    """Registered once; what else happens to people happens to their memberships."""
    unit, event = placed
    if isinstance(event, PersonRegistered):
        return Person(unit=unit, sex=event.sex, registered_on=event.occurredon)
    raise TypeError(f"{type(event).__name__} does not happen to a person of the register")
