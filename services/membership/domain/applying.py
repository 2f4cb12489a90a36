"""Who shall get a credential, who applies for it, and what the inspection says (DOMAIN ORG-22)."""

from datetime import date
from typing import Any, NamedTuple
from uuid import UUID

from services.membership.domain.credentials import Credential, about
from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.placed import At
from services.membership.domain.schemes import Scheme, check_holder, grade_of
from shared.approval import refuse_own
from shared.contracts.membership import CredentialApplied, CredentialInspected, CredentialTargeted
from shared.errors import Refused


class CredentialHeld(Refused):
    """The holder has it, and it has not expired."""

    code = "credential-held"


class AlreadyTargeted(Refused):
    """The holder is a target of that year already."""

    code = "already-targeted"


class ApplicationOpen(Refused):
    """An application has not been decided yet."""

    code = "application-open"


class NothingToInspect(Refused):
    """There is neither an open application nor a living credential."""

    code = "nothing-to-inspect"


class Deed(NamedTuple):
    """When something is done, what day it is today, and who does it."""

    on: date
    today: date
    actor: str


class Wanted(NamedTuple):
    """What a holder shall get, and the unit at which it counts."""

    scheme: Scheme
    holder: UUID
    holder_kind: str
    unit: UUID
    grade: str | None


def decide_target(before: Credential | None, wanted: Wanted, year: int, deed: Deed) -> tuple[At, ...]:
    """Before anybody has applied; again for another year."""
    _check_free(before, deed)
    if before is not None and before.stage == "targeted" and before.year == year:
        raise AlreadyTargeted("it is a target of that year", "year", str(year), "nothing to do")
    targeted = CredentialTargeted(**_said(wanted), occurredon=deed.on, year=year, recorder=deed.actor)
    return (At(wanted.unit, targeted),)


def decide_apply(
    before: Credential | None, wanted: Wanted, document: str | None, deed: Deed
) -> tuple[At, ...]:
    """With a target or without; again after a refusal, a revocation or the end of validity."""
    _check_free(before, deed)
    applied = CredentialApplied(**_said(wanted), occurredon=deed.on, document=document, recorder=deed.actor)
    return (At(wanted.unit, applied),)


def decide_inspect(credential: Credential, deed: Deed, *, passed: bool) -> tuple[At, ...]:
    """Of an application, or again of what is held; not by who recorded the application."""
    check_happened(deed.on, deed.today)
    check_not_before(credential.latest_on, deed.on)
    if credential.stage not in {"applied", "granted"}:
        raise NothingToInspect(
            f"it is {credential.stage}", "credential", credential.scheme, "record the application first"
        )
    refuse_own(credential.recorder, deed.actor)
    inspected = CredentialInspected(
        **about(credential),
        occurredon=deed.on,
        passed=passed,
        recorder=credential.recorder,
        inspector=deed.actor,
    )
    return (At(credential.unit, inspected),)


def _said(wanted: Wanted) -> dict[str, Any]:
    check_holder(wanted.scheme, wanted.holder_kind)
    return {
        "scheme": wanted.scheme.id,
        "family": wanted.scheme.family,
        "holder": wanted.holder,
        "holder_kind": wanted.holder_kind,
        "grade": grade_of(wanted.scheme, wanted.grade),
    }


def _check_free(before: Credential | None, deed: Deed) -> None:
    check_happened(deed.on, deed.today)
    if before is None:
        return
    check_not_before(before.latest_on, deed.on)
    if before.stage == "applied":
        raise ApplicationOpen(
            f"applied for on {before.latest_on.isoformat()}",
            "scheme",
            before.scheme,
            "grant or refuse the earlier application first",
        )
    if before.living(deed.on):
        raise CredentialHeld(
            f"it is valid until {before.valid_until or 'it is revoked'}",
            "scheme",
            before.scheme,
            "renew it instead, perhaps in another grade",
        )
