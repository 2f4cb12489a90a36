"""Personal data restricted, released, erased: with the event go the key and the way to it."""

from collections.abc import Sequence
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import MEMBER, PERSON, RECORD, record_at
from services.membership.commands.fields import BusinessDate, CatalogueId, Command
from services.membership.commands.people import PersonUnknown
from services.membership.domain.dates import check_happened
from services.membership.domain.members import membership_of
from services.membership.domain.privacy import (
    PersonalRecord,
    decide_erase,
    decide_release,
    decide_restrict,
    record_of,
)
from services.membership.erasures import ERASE
from shared.catalogues import catalogue
from shared.contracts import Event
from shared.contracts.membership import PersonRestricted
from shared.http.commands import BulkRoute, CommandRoute
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work


class RestrictPerson(Command):
    """Name, number and telephone are hidden from all work."""

    person: UUID
    reason: CatalogueId
    restricted_on: BusinessDate


class ReleasePerson(Command):
    """They may be worked with again."""

    person: UUID
    released_on: BusinessDate


class ErasePerson(Command):
    """For good; by somebody else than who restricted them."""

    person: UUID
    retained_until: BusinessDate = Field(
        description="The day until which papers that name the person have to be kept; today, or earlier."
    )
    erased_on: BusinessDate


def restrict_person(work: Work, command: RestrictPerson) -> Answer:
    """Of anybody in the register."""
    check_happened(command.restricted_on, work.today)
    unit, _ = _place(work, command.person)
    reason = catalogue("erasure_reasons").checked(command.reason, "reason").id
    restricted = PersonRestricted(
        occurredon=command.restricted_on, person=command.person, reason=reason, recorder=work.actor
    )
    record = work.get(RECORD, record_of(command.person))
    return _recorded(work, command.person, unit, decide_restrict(record, restricted))


def release_person(work: Work, command: ReleasePerson) -> Answer:
    """Only what is restricted."""
    check_happened(command.released_on, work.today)
    unit, _ = _place(work, command.person)
    events = decide_release(_restricted(work, command.person), command.released_on)
    return _recorded(work, command.person, unit, events)


def erase_person(work: Work, command: ErasePerson) -> Answer:
    """The vault loses the key, the register the document; the list of erasures outlives every backup."""
    check_happened(command.erased_on, work.today)
    unit, member = _place(work, command.person)
    record = _restricted(work, command.person)
    events = decide_erase(record, work.actor, command.erased_on, command.retained_until, member=member)
    work.attach(ERASE, (command.person, command.erased_on))
    return _recorded(work, command.person, unit, events)


def _place(work: Work, person: UUID) -> tuple[UUID, bool]:
    """The unit that deals with somebody, and whether they are a member now; raises PersonUnknown."""
    work.want(Own(person), Own(membership_of(person)), Own(record_of(person)))
    member, known = work.get(MEMBER, membership_of(person)), work.get(PERSON, person)
    if member is not None:
        return member.union, member.living
    if known is not None:
        return known.unit, False
    raise PersonUnknown(
        "nobody is registered under this id", field="person", value=str(person), remedy="check the id"
    )


def _restricted(work: Work, person: UUID) -> PersonalRecord:
    record = work.get(RECORD, record_of(person))
    if record is None:
        raise PersonUnknown(
            "these data are not restricted", field="person", value=str(person), remedy="restrict them first"
        )
    return record


def _recorded(work: Work, person: UUID, unit: UUID, events: Sequence[Event]) -> Answer:
    """The id answered is the person's."""
    answer = work.record(record_at(unit), record_of(person), events, unit)
    return Answer(person, answer.version)


USE_CASES: dict[type[BaseModel], UseCase] = {
    RestrictPerson: restrict_person,
    ReleasePerson: release_person,
    ErasePerson: erase_person,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/people/{person}/restrict", RestrictPerson, "Hide somebody's personal data from all work"),
    CommandRoute("/people/{person}/release", ReleasePerson, "Let them be worked with again"),
    CommandRoute(
        "/people/{person}/erase", ErasePerson, "Erase restricted personal data for good", role=APPROVER
    ),
)
