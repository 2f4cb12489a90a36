"""Who is recommended for which honour, and what becomes of it (DOMAIN ACT-01)."""

from typing import NamedTuple
from uuid import UUID

from services.membership.domain.applying import Deed
from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.honours import Honour, Series, about, series
from services.membership.domain.placed import At
from shared.approval import refuse_own
from shared.catalogues import catalogue
from shared.contracts.membership import (
    HonourAwarded,
    HonourNotAwarded,
    HonourRecommended,
    HonourReviewed,
    HonourRevoked,
)
from shared.errors import Refused


class WrongRecipientKind(Refused):
    """A medal is for a person, a certificate for an organisation, a pioneer team is inside one."""

    code = "wrong-recipient-kind"


class SeriesNotOfLevel(Refused):
    """That level does not grant this series."""

    code = "series-not-of-level"


class HonourDecided(Refused):
    """It has been awarded or not already."""

    code = "honour-decided"


class ReviewMissing(Refused):
    """The series wants a review first."""

    code = "review-missing"


class ReviewFailed(Refused):
    """The review was not passed."""

    code = "review-failed"


class NotAwarded(Refused):
    """There is nothing to revoke."""

    code = "honour-not-awarded"


class Recipient(NamedTuple):
    """A person, an organisation, or a team inside the organisation `id`."""

    kind: str
    id: UUID


class Nomination(NamedTuple):
    """For which honour of which level and year, by the paper `document`."""

    series: str
    level: str
    year: int
    document: str | None


def decide_recommend(unit: UUID, recipient: Recipient, wanted: Nomination, deed: Deed) -> tuple[At, ...]:
    """By a union, for a recipient of a kind that the series is for."""
    check_happened(deed.on, deed.today)
    line = series().checked(wanted.series, "series")
    _check_level(line, wanted.level)
    if recipient.kind not in line.recipients:
        raise WrongRecipientKind(
            f"{line.id} is not for a recipient of this kind",
            "series",
            line.id,
            f"name a recipient of the kind {' or '.join(line.recipients)}",
        )
    recommended = HonourRecommended(
        occurredon=deed.on,
        series=line.id,
        level=wanted.level,
        year=wanted.year,
        recipient_kind=recipient.kind,
        recipient=recipient.id,
        document=wanted.document,
        recorder=deed.actor,
    )
    return (At(unit, recommended),)


def decide_review(honour: Honour, deed: Deed, *, passed: bool) -> tuple[At, ...]:
    """By somebody other than who recommended; again until it is decided."""
    _check_open(honour, deed)
    reviewed = HonourReviewed(
        **about(honour), occurredon=deed.on, passed=passed, recorder=honour.recorder, reviewer=deed.actor
    )
    return (At(honour.unit, reviewed),)


def decide_award(honour: Honour, level: str | None, document: str | None, deed: Deed) -> tuple[At, ...]:
    """At the level it was recommended for, or at another."""
    _check_open(honour, deed)
    line = series()[honour.series]
    granted = level or honour.level
    _check_level(line, granted)
    _check_reviewed(honour, line)
    awarded = HonourAwarded(
        **about(honour) | {"level": granted},
        occurredon=deed.on,
        recommended_level=honour.level,
        document=document,
        recorder=honour.recorder,
        approver=deed.actor,
    )
    return (At(honour.unit, awarded),)


def decide_not_award(honour: Honour, deed: Deed) -> tuple[At, ...]:
    """A candidate that got nothing."""
    _check_open(honour, deed)
    told = HonourNotAwarded(
        **about(honour), occurredon=deed.on, recorder=honour.recorder, approver=deed.actor
    )
    return (At(honour.unit, told),)


def decide_revoke_honour(honour: Honour, reason: str, deed: Deed) -> tuple[At, ...]:
    """Only what was awarded."""
    catalogue("honour_revoke_reasons").checked(reason, "reason")
    _check_deed(honour, deed)
    if honour.stage != "awarded" or honour.awarded_on is None:
        raise NotAwarded(f"it is {honour.stage}", "honour", honour.series, "nothing to revoke")
    revoked = HonourRevoked(
        **about(honour),
        occurredon=deed.on,
        awarded_on=honour.awarded_on,
        reason=reason,
        recorder=honour.recorder,
        approver=deed.actor,
    )
    return (At(honour.unit, revoked),)


def _check_level(line: Series, level: str) -> None:
    catalogue("granting_levels").checked(level, "level")
    if line.granted_by and level not in line.granted_by:
        raise SeriesNotOfLevel(
            f"{line.id} is not granted at this level",
            "level",
            level,
            f"use one of {', '.join(line.granted_by)}",
        )


def _check_deed(honour: Honour, deed: Deed) -> None:
    check_happened(deed.on, deed.today)
    check_not_before(honour.latest_on, deed.on)
    refuse_own(honour.recorder, deed.actor)


def _check_open(honour: Honour, deed: Deed) -> None:
    _check_deed(honour, deed)
    if honour.stage not in {"recommended", "reviewed"}:
        raise HonourDecided(f"it is {honour.stage}", "honour", honour.series, "recommend again")


def _check_reviewed(honour: Honour, line: Series) -> None:
    if honour.passed is False:
        raise ReviewFailed("the review was not passed", "honour", honour.series, "review it again")
    if line.review and not honour.passed:
        raise ReviewMissing(f"{line.id} wants a review first", "honour", honour.series, "record the review")
