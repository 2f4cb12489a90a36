"""Credentials granted, refused, renewed, revoked; the actor is the approver."""

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, BaseModel, Field

from services.membership.commands.areas import area_of
from services.membership.commands.committees import COMMITTEE, committee_id
from services.membership.commands.fields import BusinessDate, CatalogueId
from services.membership.commands.holders import (
    CREDENTIAL,
    OfCredential,
    check_holder_lives,
    find_credential,
    follow_certificates,
    needs_of,
    record,
)
from services.membership.commands.holding import hold_list
from services.membership.domain.applying import Deed
from services.membership.domain.credentials import Credential
from services.membership.domain.granting import (
    Paper,
    decide_end,
    decide_grant,
    decide_refuse,
    decide_renew,
    decide_revoke,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber, fault
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.needs import Own
from shared.work.roles import APPROVER
from shared.work.work import Work

LATEST = date(2100, 12, 31)


def _foreseeable(day: date) -> date:
    # Ends are moved on the day after: the calendar must have one.
    if day > LATEST:
        raise fault("last-day-too-far", f"give a day up to {LATEST}, or leave it out for no end")
    return day


LastDay = Annotated[BusinessDate, AfterValidator(_foreseeable)]


class OnPaper(OfCredential):
    """What the paper says."""

    grade: CatalogueId | None = Field(default=None, description="As applied for, or as before, if not given.")
    level: CatalogueId = Field(description="Who grants it: an id of the catalogue of granting levels.")
    valid_until: LastDay | None = Field(
        default=None, description="The last day; if not given, as the rules of the scheme have it."
    )
    document: DocumentNumber | None = None


class GrantCredential(OnPaper):
    """An open application, inspected where the scheme wants it."""

    granted_on: BusinessDate


class RefuseCredential(OfCredential):
    """An open application, or a target that came to nothing."""

    refused_on: BusinessDate


class RenewCredential(OnPaper):
    """From the old end on, perhaps in another grade; late if it had expired."""

    renewed_on: BusinessDate


class RevokeCredential(OfCredential):
    """For a reason of the catalogue."""

    reason: CatalogueId
    revoked_on: BusinessDate


def grant_credential(work: Work, command: GrantCredential) -> Answer:
    """Certificates also change which unions have all they need."""
    id_, state = _found(work, command)
    deed = Deed(command.granted_on, work.today, work.actor)
    answer = record(work, id_, decide_grant(state, _paper(work, command, state, deed.on), deed))
    follow_certificates(work, id_, command.granted_on)
    return answer


def refuse_credential(work: Work, command: RefuseCredential) -> Answer:
    """The holder may apply again."""
    id_, state = _found(work, command)
    return record(work, id_, decide_refuse(state, Deed(command.refused_on, work.today, work.actor)))


def renew_credential(work: Work, command: RenewCredential) -> Answer:
    """The old end is taken back, and the new one set."""
    id_, state = _found(work, command)
    deed = Deed(command.renewed_on, work.today, work.actor)
    answer = record(work, id_, decide_renew(state, _paper(work, command, state, deed.on), deed))
    follow_certificates(work, id_, command.renewed_on)
    return answer


def revoke_credential(work: Work, command: RevokeCredential) -> Answer:
    """It ends on that day."""
    id_, state = _found(work, command)
    deed = Deed(command.revoked_on, work.today, work.actor)
    answer = record(work, id_, decide_revoke(state, command.reason, deed))
    follow_certificates(work, id_, command.revoked_on)
    return answer


def _found(work: Work, command: OfCredential) -> tuple[UUID, Credential]:
    work.want(*needs_of(command))
    return find_credential(work, command)


def end_credentials(work: Work, union: UUID, on: date) -> None:
    """In the course of a command that ends a union: what it holds itself ends on that day."""
    listed = hold_list(work, CREDENTIAL, union)
    work.want(*(Own(each) for each in listed))
    for id_ in listed:
        state = work.get(CREDENTIAL, id_)
        if state is not None and state.holder == union:
            record(work, id_, decide_end(state, Deed(on, work.today, work.actor)))
            follow_certificates(work, id_, on)


def _paper(work: Work, command: OnPaper, state: Credential, on: date) -> Paper:
    check_holder_lives(work, state, on)
    area = area_of(work, state.unit)
    said = (command.grade, command.level, command.valid_until, command.document)
    return Paper(*said, area, _term_end(work, state))


def _term_end(work: Work, state: Credential) -> date | None:
    """The last day of the committee in office, as far as one is entered."""
    if state.holder_kind != "union" or not state.kind.term:
        return None
    committee = work.get(COMMITTEE, committee_id(state.holder))
    return committee.until if committee else None


USE_CASES: dict[type[BaseModel], UseCase] = {
    GrantCredential: grant_credential,
    RefuseCredential: refuse_credential,
    RenewCredential: renew_credential,
    RevokeCredential: revoke_credential,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/credentials/{credential}/grant", GrantCredential, "Grant a credential", role=APPROVER),
    BulkRoute("/credentials/grant/bulk", GrantCredential, "Grant credentials", role=APPROVER),
    CommandRoute(
        "/credentials/{credential}/refuse", RefuseCredential, "Refuse an application", role=APPROVER
    ),
    BulkRoute("/credentials/refuse/bulk", RefuseCredential, "Refuse applications", role=APPROVER),
    CommandRoute("/credentials/{credential}/renew", RenewCredential, "Renew a credential", role=APPROVER),
    BulkRoute("/credentials/renew/bulk", RenewCredential, "Renew credentials", role=APPROVER),
    CommandRoute("/credentials/{credential}/revoke", RevokeCredential, "Revoke a credential", role=APPROVER),
    BulkRoute("/credentials/revoke/bulk", RevokeCredential, "Revoke credentials", role=APPROVER),
)
