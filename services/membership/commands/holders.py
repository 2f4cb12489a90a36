"""Who holds a credential, and which credential is meant: by its id, or by holder and scheme."""

from datetime import date
from functools import partial
from typing import Any, NamedTuple
from uuid import UUID

from services.membership.aggregates import NOWHERE, UNION
from services.membership.commands.areas import area_of
from services.membership.commands.fields import CatalogueId, Command, EmployerReference, UnionReference
from services.membership.commands.holding import hold_living
from services.membership.commands.references import find_employer, find_union, need_of
from services.membership.domain import certificates, credentials
from services.membership.domain.certificates import CertificateSet
from services.membership.domain.credentials import Credential, credential_of
from services.membership.domain.dates import check_not_before
from services.membership.domain.placed import At
from services.membership.domain.schemes import Scheme, schemes
from services.membership.domain.unions import check_living
from shared.errors import Malformed
from shared.work.changes import Answer
from shared.work.finding import find, not_there
from shared.work.kinds import Kind
from shared.work.needs import Need, Own
from shared.work.work import Work


def _credential_at(unit: UUID, state: Credential | None, event: Any) -> Credential:
    return credentials.evolve(state, At(unit, event))


def credential_at(unit: UUID) -> Kind[Credential]:
    """Credentials, for recording events that count for this unit."""
    return Kind("credential", Credential, partial(_credential_at, unit), lambda credential: credential.unit)


CREDENTIAL = credential_at(NOWHERE)
"""For reading only: events are recorded with `credential_at`."""


def _set_of(union: UUID, state: CertificateSet | None, event: Any) -> CertificateSet:
    return certificates.evolve(state or CertificateSet(union=union), event)


def certificate_set(union: UUID) -> Kind[CertificateSet]:
    """The certificates of one union together: the first event begins it."""
    return Kind("certificate-set", CertificateSet, partial(_set_of, union), lambda state: state.union)


CERTIFICATE_SET = certificate_set(NOWHERE)


class OfHolder(Command):
    """A union or an employer."""

    union: UnionReference | None = None
    employer: EmployerReference | None = None


class OfCredential(OfHolder):
    """A credential by its id, or by holder and scheme where a holder has one of them at a time."""

    credential: UUID | None = None
    scheme: CatalogueId | None = None


class Holder(NamedTuple):
    """Who holds it, and the unit at which it counts: the union, or where the employer is."""

    id: UUID
    kind: str
    unit: UUID


class HolderUnclear(Malformed):
    """Nobody is named, or two are."""

    code = "holder-unclear"


class CredentialUnclear(Malformed):
    """The credential is named twice, or not at all, or the holder has several of this scheme."""

    code = "credential-unclear"


def needs_of(command: OfHolder) -> tuple[Need, ...]:
    """What finding the holder will read."""
    return tuple(need_of(each) for each in (command.union, command.employer) if each)


def find_holder(work: Work, command: OfHolder, on: date | None = None) -> Holder:
    """The one that is named; `on`: it must exist on that day. Raises HolderUnclear, UnionUnknown …"""
    if (command.union is None) == (command.employer is None):
        raise HolderUnclear("one holder has a credential", "union", "", "give a union or an employer")
    if command.union is not None:
        unit, union = find_union(work, command.union, "union")
        if on is not None:
            check_living(union, on)
            hold_living(work, unit, union)
        return Holder(unit, "union", unit)
    id_, employer = find_employer(work, str(command.employer), "employer")
    if on is not None:
        check_not_before(employer.registered_on, on)
    return Holder(id_, "employer", employer.place)


def check_holder_lives(work: Work, credential: Credential, on: date) -> None:
    """Raises UnionEnded where the holder is a union that had ended; nobody ends it before this is written."""
    union = work.get(UNION, credential.holder) if credential.holder_kind == "union" else None
    if union is not None:
        check_living(union, on)
        hold_living(work, credential.holder, union)


def find_credential(work: Work, command: OfCredential) -> tuple[UUID, Credential]:
    """Raises CredentialUnclear, or that there is no such credential."""
    named = (command.union, command.employer, command.scheme)
    if command.credential is not None:
        if any(named):
            raise CredentialUnclear(
                "the credential is named twice", "scheme", "", "give its id, or its holder and scheme"
            )
        return command.credential, find(work, CREDENTIAL, command.credential)
    id_ = only_one(scheme_of(command.scheme), find_holder(work, command).id)
    if id_ is None:
        raise CredentialUnclear(
            "a holder may have several of this scheme", "scheme", str(command.scheme), "give the id"
        )
    state = work.get(CREDENTIAL, id_)
    if state is None:
        raise not_there(CREDENTIAL, id_)
    return id_, state


def scheme_of(id_: str | None) -> Scheme:
    """Raises CredentialUnclear or NotInCatalogue."""
    if id_ is None:
        raise CredentialUnclear(
            "no credential is named", "scheme", "", "give its id, or its holder and scheme"
        )
    return schemes().checked(id_, "scheme")


def only_one(scheme: Scheme, holder: UUID) -> UUID | None:
    """The id of the holder's credential, None where it may have several."""
    return None if scheme.several else credential_of(holder, scheme.id)


def record(work: Work, id_: UUID, events: tuple[At, ...]) -> Answer:
    """The answer names the credential, and repeats the doubts that the event tells."""
    warnings: tuple[str, ...] = ()
    answer = Answer(id_, work.version(CREDENTIAL, id_))
    for unit, event in events:
        answer = work.record(credential_at(unit), id_, [event], unit)
        warnings += getattr(event, "warnings", ())
    return Answer(id_, answer.version, warnings)


def follow_certificates(work: Work, id_: UUID, on: date) -> None:
    """When a certificate has changed, so may the days on which the union has all that it needs."""
    changed = work.get(CREDENTIAL, id_)
    if changed is None or changed.scheme not in certificates.certificates():
        return
    papers = {each: credential_of(changed.holder, each) for each in certificates.certificates()}
    set_id = certificates.set_of(changed.holder)
    work.want(Own(set_id), *(Own(paper) for paper in papers.values()))
    found = {each: work.get(CREDENTIAL, paper) for each, paper in papers.items()}
    held = {each: paper.spans for each, paper in found.items() if paper is not None}
    spans = certificates.complete(held, area_of(work, changed.holder))
    before = work.get(CERTIFICATE_SET, set_id)
    for event in certificates.decide_change(before, spans, on):
        work.record(certificate_set(changed.holder), set_id, [event], changed.holder)
