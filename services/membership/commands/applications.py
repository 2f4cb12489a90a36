"""Credentials before they are granted: targets, applications, inspections."""

from typing import Annotated
from uuid import UUID

from pydantic import BaseModel, Field

from services.membership.commands.fields import BusinessDate, CatalogueId
from services.membership.commands.holders import (
    CREDENTIAL,
    CredentialUnclear,
    OfCredential,
    OfHolder,
    find_credential,
    find_holder,
    needs_of,
    only_one,
    record,
    scheme_of,
)
from services.membership.domain.applying import (
    Deed,
    Wanted,
    decide_apply,
    decide_inspect,
    decide_target,
)
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.fields import DocumentNumber
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.roles import APPROVER
from shared.work.work import Work

EARLIEST_YEAR, LATEST_YEAR = 1949, 2100
Year = Annotated[int, Field(strict=True, ge=EARLIEST_YEAR, le=LATEST_YEAR)]


class TargetCredential(OfHolder):
    """The holder shall get it in the year."""

    scheme: CatalogueId
    grade: CatalogueId | None = None
    year: Year
    targeted_on: BusinessDate


class ApplyForCredential(OfHolder):
    """The holder applies, or is recommended. `credential`: its target, where it may have several."""

    scheme: CatalogueId
    credential: UUID | None = None
    grade: CatalogueId | None = None
    document: DocumentNumber | None = None
    applied_on: BusinessDate


class InspectCredential(OfCredential):
    """Of an application, or again of what is held; by somebody other than who recorded the application."""

    passed: bool
    inspected_on: BusinessDate


def target_credential(work: Work, command: TargetCredential) -> Answer:
    """A target of an earlier year is replaced."""
    work.want(*needs_of(command))
    deed = Deed(command.targeted_on, work.today, work.actor)
    id_, wanted = _wanted(work, command, deed)
    return record(work, id_, decide_target(work.get(CREDENTIAL, id_), wanted, command.year, deed))


def apply_for_credential(work: Work, command: ApplyForCredential) -> Answer:
    """The answer's id is the credential's."""
    work.want(*needs_of(command))
    deed = Deed(command.applied_on, work.today, work.actor)
    id_, wanted = _wanted(work, command, deed)
    events = decide_apply(work.get(CREDENTIAL, id_), wanted, command.document, deed)
    return record(work, id_, events)


def inspect_credential(work: Work, command: InspectCredential) -> Answer:
    """The inspector is the actor of this command."""
    work.want(*needs_of(command))
    id_, state = find_credential(work, command)
    deed = Deed(command.inspected_on, work.today, work.actor)
    return record(work, id_, decide_inspect(state, deed, passed=command.passed))


def _wanted(work: Work, command: TargetCredential | ApplyForCredential, deed: Deed) -> tuple[UUID, Wanted]:
    scheme = scheme_of(command.scheme)
    holder = find_holder(work, command, deed.on)
    named = command.credential if isinstance(command, ApplyForCredential) else None
    only = only_one(scheme, holder.id)
    if named is not None:
        _check_named(work, named, holder.id, scheme.id)
    id_ = only or named or work.new_id()
    return id_, Wanted(scheme, holder.id, holder.kind, holder.unit, command.grade)


def _check_named(work: Work, named: UUID, holder: UUID, scheme: str) -> None:
    state = work.get(CREDENTIAL, named)
    if state is None or (state.holder, state.scheme) != (holder, scheme):
        raise CredentialUnclear(
            "this is not the holder's, or of another scheme", "credential", str(named), "leave it out"
        )


USE_CASES: dict[type[BaseModel], UseCase] = {
    TargetCredential: target_credential,
    ApplyForCredential: apply_for_credential,
    InspectCredential: inspect_credential,
}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/credential-candidates", TargetCredential, "Name who shall get a credential", creates=True),
    BulkRoute("/credential-candidates/bulk", TargetCredential, "Name many who shall get a credential"),
    CommandRoute("/credentials", ApplyForCredential, "Apply for a credential", creates=True),
    BulkRoute("/credentials/bulk", ApplyForCredential, "Apply for credentials"),
    CommandRoute(
        "/credentials/{credential}/inspect", InspectCredential, "Record an inspection", role=APPROVER
    ),
    BulkRoute("/credentials/inspect/bulk", InspectCredential, "Record inspections", role=APPROVER),
)
LISTINGS: tuple[Listing, ...] = (Listing("/credentials", CREDENTIAL, "Credentials"),)
