"""Set how many shall get a credential in a year."""

from functools import partial
from typing import Any

from pydantic import BaseModel

from services.membership.aggregates import NOWHERE
from services.membership.commands.applications import Year
from services.membership.commands.fields import BusinessDate, CatalogueId, Command, Headcount, UnionReference
from services.membership.commands.holders import scheme_of
from services.membership.commands.references import find_union, need_of
from services.membership.domain import credential_targets
from services.membership.domain.credential_targets import CredentialTarget, decide_set_target, target_of
from services.membership.domain.unions import check_living
from shared.http.commands import BulkRoute, CommandRoute
from shared.http.listing import Listing
from shared.work.changes import Answer
from shared.work.desk import UseCase
from shared.work.kinds import Kind
from shared.work.work import Work


class SetCredentialTarget(Command):
    """So many holders in the area of the unit; set by the unit itself or one above it."""

    unit: UnionReference
    scheme: CatalogueId
    year: Year
    number: Headcount
    issuer: UnionReference
    set_on: BusinessDate


def _first(first: CredentialTarget, state: CredentialTarget | None, event: Any) -> CredentialTarget:
    return credential_targets.evolve(state or first, event)


def target_kind(first: CredentialTarget) -> Kind[CredentialTarget]:
    """A target whose first event sets it."""
    return Kind("credential-target", CredentialTarget, partial(_first, first), lambda state: state.unit)


TARGET = target_kind(CredentialTarget(unit=NOWHERE, scheme="", year=0))
"""For reading only: events are recorded with `target_kind`."""


def set_credential_target(work: Work, command: SetCredentialTarget) -> Answer:
    """The first number of the year, or a change that keeps the old one."""
    work.want(need_of(command.unit), need_of(command.issuer))
    unit, union = find_union(work, command.unit, "unit")
    issuer, _ = find_union(work, command.issuer, "issuer")
    check_living(union, command.set_on)
    scheme = scheme_of(command.scheme)
    id_ = target_of(unit, scheme.id, command.year)
    before = work.get(TARGET, id_) or CredentialTarget(unit=unit, scheme=scheme.id, year=command.year)
    who = (issuer, work.place(unit).lineage)
    events = decide_set_target(before, scheme, command.number, who, (command.set_on, work.today))
    return work.record(target_kind(before), id_, events, unit)


USE_CASES: dict[type[BaseModel], UseCase] = {SetCredentialTarget: set_credential_target}
ROUTES: tuple[CommandRoute | BulkRoute, ...] = (
    CommandRoute("/credential-targets", SetCredentialTarget, "Set how many shall get it", creates=True),
    BulkRoute("/credential-targets/bulk", SetCredentialTarget, "Set targets of credentials"),
)
LISTINGS: tuple[Listing, ...] = (Listing("/credential-targets", TARGET, "Targets of credentials"),)
