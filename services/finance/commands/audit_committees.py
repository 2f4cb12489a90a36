"""Form and dissolve audit committees, appoint and release their members."""

from uuid import UUID

from pydantic import BaseModel

from services.finance.commands.fields import BusinessDate, Command, UnionText
from services.finance.domain import audit_committees
from services.finance.domain.audit_committees import (
    AuditCommittee,
    decide_appoint,
    decide_dissolve,
    decide_form,
    decide_release,
)
from shared.catalogues import catalogue
from shared.contracts.finance import AuditCommitteeFormed
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import CatalogueId, DocumentNumber
from shared.http.listing import Listing
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.finding import find
from shared.work.kinds import Claim, Kind
from shared.work.work import Work

OF_UNION = "audit-committee"


def _claims(state: AuditCommittee) -> frozenset[Claim]:
    active = state.stage == "active"
    return frozenset({Claim(OF_UNION, str(state.union))} if active else ())


COMMITTEE: Kind[AuditCommittee] = Kind(
    "audit-committee", AuditCommittee, audit_committees.evolve, lambda state: state.union, _claims
)


class FormAuditCommittee(Command):
    """Elected by the congress; `document` is the number of its result."""

    union: UnionText
    document: DocumentNumber
    formed_on: BusinessDate


class AppointAuditMember(Command):
    """A person, by the person's id, comes onto the committee."""

    committee: UUID
    person: UUID
    role: CatalogueId = "member"
    appointed_on: BusinessDate


class ReleaseAuditMember(Command):
    """A member leaves."""

    committee: UUID
    person: UUID
    released_on: BusinessDate


class DissolveAuditCommittee(Command):
    """The committee ends, with all appointments."""

    committee: UUID
    dissolved_on: BusinessDate


def form_audit_committee(work: Work, command: FormAuditCommittee) -> Answer:
    """The id answered is the committee's."""
    id_ = work.new_id()
    work.want(need_of_union(command.union))
    union = find_union(work, command.union)
    refuse_bad_date(work, union, command.formed_on, "formed_on")
    formed = AuditCommitteeFormed(
        occurredon=command.formed_on,
        union=union,
        level=work.copied(UNIT, union).level,
        document=command.document,
    )
    return work.record(COMMITTEE, id_, decide_form(formed, work.owner(OF_UNION, str(union))), union)


def appoint_audit_member(work: Work, command: AppointAuditMember) -> Answer:
    """The id answered is the committee's."""
    committee = find(work, COMMITTEE, command.committee, "committee")
    refuse_bad_date(work, committee.union, command.appointed_on, "appointed_on")
    role = catalogue("audit_roles").checked(command.role, "role").id
    events = decide_appoint(committee, command.person, role, command.appointed_on)
    return work.record(COMMITTEE, command.committee, events, committee.union)


def release_audit_member(work: Work, command: ReleaseAuditMember) -> Answer:
    """Also in a union that has ended."""
    refuse_future(command.released_on, work.today, "released_on")
    committee = find(work, COMMITTEE, command.committee, "committee")
    events = decide_release(committee, command.person, command.released_on)
    return work.record(COMMITTEE, command.committee, events, committee.union)


def dissolve_audit_committee(work: Work, command: DissolveAuditCommittee) -> Answer:
    """Also in a union that has ended."""
    refuse_future(command.dissolved_on, work.today, "dissolved_on")
    committee = find(work, COMMITTEE, command.committee, "committee")
    events = decide_dissolve(committee, command.dissolved_on)
    return work.record(COMMITTEE, command.committee, events, committee.union)


USE_CASES: dict[type[BaseModel], UseCase] = {
    FormAuditCommittee: form_audit_committee,
    AppointAuditMember: appoint_audit_member,
    ReleaseAuditMember: release_audit_member,
    DissolveAuditCommittee: dissolve_audit_committee,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/audit-committees", FormAuditCommittee, "Form an audit committee", creates=True),
    BulkRoute("/audit-committees/bulk", FormAuditCommittee, "Form audit committees, many at once"),
    CommandRoute("/audit-committees/{committee}/appoint", AppointAuditMember, "Appoint a member"),
    BulkRoute("/audit-committees/members/bulk", AppointAuditMember, "Appoint members, many at once"),
    CommandRoute("/audit-committees/{committee}/release", ReleaseAuditMember, "Release a member"),
    CommandRoute("/audit-committees/{committee}/dissolve", DissolveAuditCommittee, "Dissolve a committee"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/audit-committees", COMMITTEE, "Audit committees"),)
