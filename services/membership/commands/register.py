"""The register of people: an id for everybody who is known by a document."""

from functools import partial
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import MEMBER, PERSON, person_at
from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    PersonalText,
    Phone,
    UnionReference,
)
from services.membership.commands.holding import hold_living
from services.membership.commands.people import document_of, identity_of, keep, person_of, sex_of
from services.membership.commands.references import find_union, need_of
from services.membership.domain.members import membership_of
from services.membership.domain.people import decide_register_person
from shared.codes import documents
from shared.http.body import revealed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.vault import PersonalData, Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


class RegisterPerson(Command):
    """Somebody known by a document, member or not; the unit is the one that deals with them."""

    unit: UnionReference
    document_kind: CatalogueId = documents.CITIZEN
    document_number: PersonalText
    name: PersonalText
    sex: CatalogueId | None = Field(default=None, description="Where the document does not tell it.")
    phone: Phone | None = None
    registered_on: BusinessDate | None = Field(default=None, description="Today, if it is not given.")


def register_person(vault: Vault, work: Work, command: RegisterPerson) -> Answer:
    """The answer's id is the person's: of the one who is known already, or of a new one."""
    document = document_of(command.document_kind, command.document_number, work.today)
    identity = identity_of(vault, document)
    work.want(identity, need_of(command.unit))
    unit = find_union(work, command.unit, "unit")
    if (known := work.owner(identity.kind, identity.value)) is not None:
        return Answer(known, version_of(work, known))
    person = person_of(work, identity)
    sex = sex_of(command.sex, document)
    on = command.registered_on or work.today
    answer = Answer(person, 0)
    for at, event in decide_register_person(person, sex, unit, on, work.today):
        answer = work.record(person_at(at), person, [event], at)
    hold_living(work, *unit)
    data = PersonalData(
        document_kind=document.kind,
        document_number=document.number,
        name=revealed(command.name),
        phone=revealed(command.phone),
    )
    keep(vault, work, person, data)
    return answer


def version_of(work: Work, person: UUID) -> int:
    """Of what is kept of somebody: their registration, or else their membership."""
    return work.version(PERSON, person) or work.version(MEMBER, membership_of(person))


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """The use case of this module over one vault."""
    return {RegisterPerson: partial(register_person, vault)}


ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute(
        "/people", RegisterPerson, "Register a person, or find the one with this document", creates=True
    ),
    BulkRoute("/people/bulk", RegisterPerson, "Register people"),
)
LISTINGS = (Listing("/people", PERSON, "People registered without joining", one=False),)
