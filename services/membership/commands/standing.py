"""Retire, retain, resume; correct what the roster says, and what the vault keeps."""

from functools import partial
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.aggregates import MEMBER, RECORD
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, PersonalText, Phone
from services.membership.commands.members import record
from services.membership.commands.people import (
    OfMember,
    document_of,
    exchange_document,
    find_membership,
    identity_of,
    keep,
)
from services.membership.commands.references import find_member
from services.membership.domain.privacy import record_of, refuse_hidden
from services.membership.domain.standing import (
    decide_correct,
    decide_resume,
    decide_retain,
    decide_retire,
)
from shared.codes import documents
from shared.http.body import revealed
from shared.http.commands import BulkRoute, CommandRoute
from shared.vault import PersonalData, Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.work import Work


class RetireMember(OfMember):
    """Retired; keeps the membership without dues (DOMAIN MEM-03)."""

    retired_on: BusinessDate


class RetainMembership(Command):
    """Kept without dues, for example while unemployed (DOMAIN MEM-03)."""

    member: UUID
    retained_on: BusinessDate


class ResumeMembership(Command):
    """Back in service after the membership was retained."""

    member: UUID
    resumed_on: BusinessDate


class CorrectMember(Command):
    """The roster was wrong; what is not given stays."""

    member: UUID
    sex: CatalogueId | None = None
    worker_kind: CatalogueId | None = None
    corrected_on: BusinessDate | None = Field(
        default=None, description="From this day the correction counts; without it, from the latest fact on."
    )


class CorrectPerson(Command):
    """Personal data as they should be, all of them; another number also needs the old one."""

    member: UUID
    document_kind: CatalogueId = documents.CITIZEN
    document_number: PersonalText
    name: PersonalText
    phone: Phone | None = None
    old_document_kind: CatalogueId = documents.CITIZEN
    old_document_number: PersonalText | None = None


def retire_member(vault: Vault, work: Work, command: RetireMember) -> Answer:
    """From in service or retained."""
    id_ = find_membership(vault, work, command)
    events = decide_retire(find_member(work, id_), command.retired_on, work.today)
    return record(work, id_, events)


def retain_membership(work: Work, command: RetainMembership) -> Answer:
    """From in service."""
    events = decide_retain(find_member(work, command.member), command.retained_on, work.today)
    return record(work, command.member, events)


def resume_membership(work: Work, command: ResumeMembership) -> Answer:
    """From retained."""
    events = decide_resume(find_member(work, command.member), command.resumed_on, work.today)
    return record(work, command.member, events)


def correct_member(work: Work, command: CorrectMember) -> Answer:
    """What figures know of the member."""
    member = find_member(work, command.member)
    on = command.corrected_on or member.latest_on
    return record(
        work, command.member, decide_correct(member, command.sex, command.worker_kind, on, work.today)
    )


def correct_person(vault: Vault, work: Work, command: CorrectPerson) -> Answer:
    """Changes the vault only: no event tells of it, for no figure rests on it."""
    document = document_of(command.document_kind, command.document_number, work.today)
    old = None
    if command.old_document_number is not None:
        old = document_of(
            command.old_document_kind, command.old_document_number, work.today, "old_document_number"
        )
    new_identity, old_identity = identity_of(vault, document), identity_of(vault, old) if old else None
    work.want(new_identity, *([old_identity] if old_identity else []))
    member = find_member(work, command.member)
    refuse_hidden(work.get(RECORD, record_of(member.person)), member.person)
    exchange_document(work, member.person, old_identity, new_identity)
    data = PersonalData(
        document_kind=document.kind,
        document_number=document.number,
        name=revealed(command.name),
        phone=revealed(command.phone),
    )
    keep(vault, work, member.person, data)
    return Answer(command.member, work.version(MEMBER, command.member))


def use_cases(vault: Vault) -> dict[type[BaseModel], UseCase]:
    """The use cases of this module over one vault."""
    return {
        RetireMember: partial(retire_member, vault),
        RetainMembership: retain_membership,
        ResumeMembership: resume_membership,
        CorrectMember: correct_member,
        CorrectPerson: partial(correct_person, vault),
    }


ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/members/{member}/retire", RetireMember, "Retire a member"),
    BulkRoute("/members/retire/bulk", RetireMember, "Retire the members of a list"),
    CommandRoute("/members/{member}/retain", RetainMembership, "Retain a membership"),
    CommandRoute("/members/{member}/resume", ResumeMembership, "Resume a retained membership"),
    CommandRoute("/members/{member}/correct", CorrectMember, "Correct what figures know of a member"),
    CommandRoute(
        "/members/{member}/person", CorrectPerson, "Correct the personal data of a member", gone=True
    ),
)
