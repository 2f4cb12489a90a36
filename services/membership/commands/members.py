"""Join, transfer and leave: one by one, and as people keep lists."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from uuid import UUID

from pydantic import BaseModel

from services.membership.aggregates import MEMBER, member_at
from services.membership.commands.ahead import Ahead
from services.membership.commands.counting import members_at_least
from services.membership.commands.fields import (
    BusinessDate,
    CatalogueId,
    Command,
    EmployerReference,
    PersonalText,
    Phone,
    UnionReference,
)
from services.membership.commands.holding import hold_living
from services.membership.commands.people import (
    OfMember,
    document_of,
    find_membership,
    identity_of,
    keep,
    person_of,
    sex_of,
)
from services.membership.commands.references import find_employer, find_member, find_union, need_of
from services.membership.domain.establishing import ORGANISER, committee_members
from services.membership.domain.joining import Applicant, decide_join, decide_leave, decide_transfer
from services.membership.domain.members import membership_of
from services.membership.domain.placed import At
from services.membership.domain.privacy import record_of
from services.membership.domain.unions import Union
from shared.codes import documents
from shared.codes.documents import Document
from shared.http.body import revealed
from shared.http.commands import BulkRoute, CommandRoute
from shared.vault import PersonalData, Vault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Own
from shared.work.work import Work


class JoinUnion(Command):
    """One row of a roster (DOMAIN MEM-01, MEM-09); the date of joining is the date of approval."""

    union: UnionReference
    document_kind: CatalogueId = documents.CITIZEN
    document_number: PersonalText
    name: PersonalText
    sex: CatalogueId | None = None
    worker_kind: CatalogueId = "general"
    joined_on: BusinessDate
    phone: Phone | None = None
    employer: EmployerReference | None = None


class TransferMember(OfMember):
    """To another union, on one day (DOMAIN MEM-02)."""

    to: UnionReference
    transferred_on: BusinessDate


class EndMembership(OfMember):
    """For a reason of the catalogue (DOMAIN MEM-04)."""

    reason: CatalogueId
    left_on: BusinessDate


def join_union(vault: Vault, ahead: Ahead, work: Work, command: JoinUnion) -> Answer:
    """The answer names the member; who joins again keeps the id."""
    document = document_of(command.document_kind, command.document_number, work.today)
    identity = identity_of(vault, document)
    work.want(
        identity, *ahead.needs(command.union), *([need_of(command.employer)] if command.employer else [])
    )
    union = find_union(work, command.union, "union")
    ahead.meant(command.union, union[0])
    employer = find_employer(work, command.employer, "employer")[0] if command.employer else None
    person = person_of(work, identity)
    member = membership_of(person)
    work.want(Own(member), Own(record_of(person)))
    applicant = Applicant(person, sex_of(command.sex, document), command.worker_kind, document.born, employer)
    events = decide_join(work.get(MEMBER, member), applicant, union, command.joined_on, work.today)
    hold_living(work, *union)
    answer = record(work, member, events)
    keep(vault, work, person, _personal(command, document))
    doubts = (*_doubts(command, document), *_too_many(work, union, command.joined_on))
    return Answer(member, answer.version, doubts)


def transfer_member(vault: Vault, work: Work, command: TransferMember) -> Answer:
    """Out and in are recorded together and share their correlation id."""
    work.want(need_of(command.to))
    id_ = find_membership(vault, work, command)
    member = find_member(work, id_)
    destination = find_union(work, command.to, "to")
    hold_living(work, *destination)
    return record(work, id_, decide_transfer(member, destination, command.transferred_on, work.today))


def end_membership(vault: Vault, work: Work, command: EndMembership) -> Answer:
    """The person may join again from that day on."""
    id_ = find_membership(vault, work, command)
    events = decide_leave(find_member(work, id_), command.reason, command.left_on, work.today)
    return record(work, id_, events)


def record(work: Work, member: UUID, events: tuple[At, ...]) -> Answer:
    """Each event at its union."""
    answer = Answer(member, work.version(MEMBER, member))
    for unit, event in events:
        answer = work.record(member_at(unit), member, [event], unit)
    return answer


def _doubts(command: JoinUnion, document: Document) -> Iterator[str]:
    if command.sex and document.sex and command.sex != document.sex:
        yield "sex-differs-from-number"


def _too_many(work: Work, union: tuple[UUID, Union], on: date) -> Iterator[str]:
    unit, state = union
    if state.form == ORGANISER and members_at_least(work, unit, committee_members(on)):
        yield "organiser-with-enough-members"


def _personal(command: JoinUnion, document: Document) -> PersonalData:
    return PersonalData(
        document_kind=document.kind,
        document_number=document.number,
        name=revealed(command.name),
        phone=revealed(command.phone),
    )


def use_cases(vault: Vault, ahead: Ahead) -> dict[type[BaseModel], UseCase]:
    """The use cases of this module over one vault."""
    return {
        JoinUnion: partial(join_union, vault, ahead),
        TransferMember: partial(transfer_member, vault),
        EndMembership: partial(end_membership, vault),
    }


ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/members", JoinUnion, "Take a member into a union", creates=True),
    BulkRoute("/members/bulk", JoinUnion, "Take in the rows of a roster"),
    CommandRoute("/members/{member}/transfer", TransferMember, "Transfer a member to another union"),
    BulkRoute("/members/transfer/bulk", TransferMember, "Transfer the members of a list"),
    CommandRoute("/members/{member}/leave", EndMembership, "End a membership"),
    BulkRoute("/members/leave/bulk", EndMembership, "End the memberships of a list"),
)
