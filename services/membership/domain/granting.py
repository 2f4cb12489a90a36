"""Granted, refused, renewed, revoked; by somebody other than who recorded the application (DOMAIN ORG-09)."""

from datetime import date, timedelta
from typing import NamedTuple

from services.membership.domain.applying import Deed
from services.membership.domain.credentials import Credential, about
from services.membership.domain.dates import NothingChanges, check_happened, check_not_before
from services.membership.domain.placed import At
from services.membership.domain.schemes import (
    NO_GRADE,
    Scheme,
    check_level,
    grade_of,
    last_day,
    years_of,
)
from shared.approval import refuse_own
from shared.catalogues import catalogue
from shared.contracts.membership import (
    CredentialGranted,
    CredentialRefused,
    CredentialRenewed,
    CredentialRevoked,
)
from shared.errors import Refused
from shared.rules import rule_or_none

WITHOUT_TERM = "validity-without-term"
OUTSIDE_TERM = "validity-outside-term"
BEFORE_WINDOW = "renewed-before-window"
AFTER_EXPIRY = "renewed-after-expiry"
HOLDER_ENDED = "holder_ended"


class NotApplied(Refused):
    """There is no open application."""

    code = "not-applied"


class InspectionMissing(Refused):
    """The scheme wants an inspection first."""

    code = "inspection-missing"


class InspectionFailed(Refused):
    """The last inspection was not passed."""

    code = "inspection-failed"


class GradeNeeded(Refused):
    """The scheme has grades, and none was given."""

    code = "grade-needed"


class EndsBeforeItBegins(Refused):
    """The last day of validity lies before the first."""

    code = "ends-before-it-begins"


class NotHeld(Refused):
    """It was never granted, was revoked, or has expired."""

    code = "credential-not-held"


class Paper(NamedTuple):
    """What the paper says; `valid_until` None: as the rules have it. `term_end`: of the committee."""

    grade: str | None
    level: str
    valid_until: date | None
    document: str | None
    area: str = ""
    term_end: date | None = None


def decide_grant(credential: Credential, paper: Paper, deed: Deed) -> tuple[At, ...]:
    """Held from the day on; an open application, inspected where the scheme wants it."""
    _check_deed(credential, deed)
    _check_open(credential)
    _check_inspected(credential, wanted=credential.kind.inspection)
    grade = _grade(credential, paper)
    valid_until, warnings = _validity(credential.kind, paper, deed.on)
    granted = CredentialGranted(
        **about(credential) | {"grade": grade},
        occurredon=deed.on,
        level=paper.level,
        valid_until=_not_before(valid_until, deed.on),
        document=paper.document,
        recorder=credential.recorder,
        approver=deed.actor,
        warnings=warnings,
    )
    return (At(credential.unit, granted),)


def decide_refuse(credential: Credential, deed: Deed) -> tuple[At, ...]:
    """An open application, or a target that nobody has applied for."""
    _check_deed(credential, deed)
    if credential.stage != "targeted":
        _check_open(credential)
    refused = CredentialRefused(
        **about(credential), occurredon=deed.on, recorder=credential.recorder, approver=deed.actor
    )
    return (At(credential.unit, refused),)


def decide_renew(credential: Credential, paper: Paper, deed: Deed) -> tuple[At, ...]:
    """From the old end on, or from the day itself if it had expired by then."""
    _check_deed(credential, deed)
    if credential.stage != "granted" or credential.level is None:
        raise _not_held(credential)
    _check_inspected(credential, wanted=credential.kind.reinspection)
    old, late = credential.valid_until, not credential.living(deed.on)
    first = deed.on if late or old is None else old + timedelta(days=1)
    grade = _grade(credential, paper)
    valid_until, warnings = _validity(credential.kind, paper, first)
    if (grade, paper.level, valid_until) == (credential.grade, credential.level, old):
        raise NothingChanges("it is so already", "valid_until", str(old), "give another last day or grade")
    renewed = CredentialRenewed(
        **about(credential) | {"grade": grade},
        occurredon=deed.on,
        old_grade=credential.grade,
        old_level=credential.level,
        level=paper.level,
        old_valid_until=old,
        valid_until=_not_before(valid_until, deed.on),
        late=late,
        document=paper.document,
        recorder=credential.recorder,
        approver=deed.actor,
        warnings=(*warnings, *_timeliness(old, paper.area, deed.on, late=late)),
    )
    return (At(credential.unit, renewed),)


def decide_revoke(credential: Credential, reason: str, deed: Deed) -> tuple[At, ...]:
    """Only what is still held on that day."""
    catalogue("revoke_reasons").checked(reason, "reason")
    _check_deed(credential, deed)
    if credential.level is None or not credential.living(deed.on):
        raise _not_held(credential)
    revoked = CredentialRevoked(
        **about(credential),
        occurredon=deed.on,
        level=credential.level,
        valid_until=credential.valid_until,
        reason=reason,
        recorder=credential.recorder,
        approver=deed.actor,
    )
    return (At(credential.unit, revoked),)


def decide_end(credential: Credential, deed: Deed) -> tuple[At, ...]:
    """The holder has ended: what it holds ends with it, nothing else does. Nobody has to approve that."""
    on = max(deed.on, credential.latest_on)
    if credential.level is None or not credential.living(on):
        return ()
    revoked = CredentialRevoked(
        **about(credential),
        occurredon=on,
        level=credential.level,
        valid_until=credential.valid_until,
        reason=HOLDER_ENDED,
        recorder=credential.recorder,
        approver=deed.actor,
    )
    return (At(credential.unit, revoked),)


def _check_deed(credential: Credential, deed: Deed) -> None:
    check_happened(deed.on, deed.today)
    check_not_before(credential.latest_on, deed.on)
    refuse_own(credential.recorder, deed.actor)


def _check_open(credential: Credential) -> None:
    if credential.stage != "applied":
        raise NotApplied(
            f"it is {credential.stage}", "credential", credential.scheme, "record an application first"
        )


def _check_inspected(credential: Credential, *, wanted: bool) -> None:
    if credential.passed is False:
        raise InspectionFailed(
            "the last inspection was not passed", "credential", credential.scheme, "inspect it again"
        )
    if wanted and not credential.passed:
        raise InspectionMissing(
            f"{credential.scheme} wants an inspection first",
            "credential",
            credential.scheme,
            "record the inspection",
        )


def _grade(credential: Credential, paper: Paper) -> str:
    scheme = credential.kind
    catalogue("granting_levels").checked(paper.level, "level")
    check_level(scheme, paper.level)
    said = grade_of(scheme, paper.grade)
    grade = credential.grade if said == NO_GRADE else said
    if scheme.grades and grade == NO_GRADE:
        raise GradeNeeded(f"{scheme.id} has grades", "grade", "", f"use one of {', '.join(scheme.grades)}")
    return grade


def _validity(scheme: Scheme, paper: Paper, first: date) -> tuple[date | None, tuple[str, ...]]:
    """The last day, and doubts: as said, else to the end of the term, else by the years of the rule."""
    if paper.valid_until is not None:
        return paper.valid_until, _outside_term(scheme, paper, first)
    if not scheme.term:
        years = years_of(scheme, first, paper.area)
        return (last_day(first, years) if years else None), ()
    if paper.term_end is not None and paper.term_end >= first:
        return paper.term_end, ()
    most = rule_or_none("credential.term_years_most", first, paper.area)
    return (last_day(first, most), (WITHOUT_TERM,)) if most else (None, ())


def _outside_term(scheme: Scheme, paper: Paper, first: date) -> tuple[str, ...]:
    least = rule_or_none("credential.term_years_least", first, paper.area)
    most = rule_or_none("credential.term_years_most", first, paper.area)
    if not scheme.term or paper.valid_until in (None, paper.term_end) or least is None or most is None:
        return ()
    assert paper.valid_until is not None, "told apart above"
    fits = last_day(first, least) <= paper.valid_until <= last_day(first, most)
    return () if fits else (OUTSIDE_TERM,)


def _timeliness(old: date | None, area: str, on: date, *, late: bool) -> tuple[str, ...]:
    if late:
        return (AFTER_EXPIRY,)
    window = rule_or_none("credential.renewal_window_days", on, area)
    early = old is not None and window is not None and on <= old - timedelta(days=window)
    return (BEFORE_WINDOW,) if early else ()


def _not_before(valid_until: date | None, first: date) -> date | None:
    if valid_until is not None and valid_until < first:
        raise EndsBeforeItBegins(
            f"it begins on {first.isoformat()}",
            "valid_until",
            valid_until.isoformat(),
            "give a later last day, or leave it out",
        )
    return valid_until


def _not_held(credential: Credential) -> NotHeld:
    return NotHeld(
        f"it is {credential.stage}"
        + (f", and expired after {credential.valid_until}" if credential.valid_until else ""),
        "credential",
        credential.scheme,
        "apply for it again",
    )
