"""What may be done with a hardship archive (DOMAIN WEL-01 to WEL-04)."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.entries import refuse_earlier
from services.welfare.domain.hardship import HardshipArchive
from services.welfare.domain.hardship_classes import Means, classes, computed
from shared.approval import refuse_own
from shared.contracts.welfare import (
    HardshipCancelled,
    HardshipExited,
    HardshipFiled,
    HardshipSurveyed,
    HardshipUpdated,
    HardshipVerified,
)
from shared.errors import Refused
from shared.rules import rule

CLASS_DIFFERS = "class-differs"
CLASS_NOT_IN_USE = "class-not-in-use"
NO_STANDARD = "no-standard-known"
EXCLUSION_FOUND = "exclusion-found"
ABOVE_TOO_SHORT = "above-standard-too-short"


class ArchiveOpen(Refused):
    """A household has one open archive, whichever union keeps it."""

    code = "archive-open"


class ArchiveNotOpen(Refused):
    """Only an open archive is verified, changed or closed."""

    code = "archive-not-open"


class HouseholdTooSmall(Refused):
    """The holder and the dependants are members of the household."""

    code = "household-too-small"


class Household(NamedTuple):
    """Whose archive it is and where; `area` is the division code whose rules hold."""

    union: UUID
    holder: UUID
    sex: str
    size: int
    dependants: tuple[UUID, ...]
    area: str


class Assessment(NamedTuple):
    """The class as people judged it, the means, and what speaks against an archive."""

    hardship_class: str
    means: Means
    exclusions: tuple[str, ...] = ()


def decide_survey(
    archive: HardshipArchive | None, household: Household, on: date, recorder: str
) -> tuple[HardshipSurveyed]:
    """A look at a household without an open archive."""
    _refuse_open(archive)
    _refuse_earlier(archive, on)
    return (
        HardshipSurveyed(
            occurredon=on,
            union=household.union,
            holder=household.holder,
            household_size=household.size,
            recorder=recorder,
        ),
    )


def decide_file(
    archive: HardshipArchive | None, household: Household, assessment: Assessment, on: date, recorder: str
) -> tuple[HardshipFiled]:
    """Open the archive, for the first time or again."""
    _refuse_open(archive)
    _refuse_earlier(archive, on)
    _refuse_small(household)
    means = assessment.means
    return (
        HardshipFiled(
            occurredon=on,
            union=household.union,
            holder=household.holder,
            sex=household.sex,
            household_size=household.size,
            dependants=household.dependants,
            hardship_class=assessment.hardship_class,
            computed_class=computed(means, on, household.area),
            income_fen=means.income_fen,
            costs_fen=means.costs_fen,
            loss_fen=means.loss_fen,
            standard_fen=means.standard_fen,
            exclusions=assessment.exclusions,
            refiled=bool(archive and archive.filings),
            recorder=recorder,
            due_on=_due(on, household.area),
            warnings=tuple(_doubts(assessment, on, household.area)),
        ),
    )


def decide_verify(archive: HardshipArchive, on: date, verifier: str, area: str) -> tuple[HardshipVerified]:
    """Somebody else than the recorder looks at it again; a year later it is due once more."""
    due = _open(archive, on)
    refuse_own(archive.recorder, verifier)
    return (
        HardshipVerified(
            occurredon=on,
            hardship_class=archive.hardship_class,
            recorder=archive.recorder,
            verifier=verifier,
            was_due_on=due,
            cleared_on=_cleared(due, on),
            due_on=_due(on, area),
        ),
    )


def decide_update(
    archive: HardshipArchive, household: Household, assessment: Assessment, on: date, recorder: str
) -> tuple[HardshipUpdated]:
    """A new assessment of an open archive."""
    _open(archive, on)
    _refuse_small(household)
    means = assessment.means
    return (
        HardshipUpdated(
            occurredon=on,
            holder=archive.holder,
            old_class=archive.hardship_class,
            hardship_class=assessment.hardship_class,
            computed_class=computed(means, on, household.area),
            old_size=archive.household_size,
            household_size=household.size,
            dependants=household.dependants,
            income_fen=means.income_fen,
            costs_fen=means.costs_fen,
            loss_fen=means.loss_fen,
            standard_fen=means.standard_fen,
            recorder=recorder,
            warnings=tuple(_doubts(assessment, on, household.area)),
        ),
    )


def decide_exit(
    archive: HardshipArchive, exit_kind: str, above_since: date, on: date, area: str
) -> tuple[HardshipExited]:
    """Out of hardship; warns when the income has been above the standard for too short a time."""
    due = _open(archive, on)
    months = rule("hardship.exit_months", on, area)
    short = above_since > on or months_after(above_since, months) > on
    return (
        HardshipExited(
            occurredon=on,
            holder=archive.holder,
            sex=archive.sex,
            hardship_class=archive.hardship_class,
            household_size=archive.household_size,
            exit_kind=exit_kind,
            above_since=above_since,
            cleared_on=_cleared(due, on),
            warnings=(ABOVE_TOO_SHORT,) if short else (),
        ),
    )


def decide_cancel(archive: HardshipArchive, reason: str, on: date) -> tuple[HardshipCancelled]:
    """The archive ends without the household being out of hardship."""
    due = _open(archive, on)
    return (
        HardshipCancelled(
            occurredon=on,
            holder=archive.holder,
            sex=archive.sex,
            hardship_class=archive.hardship_class,
            household_size=archive.household_size,
            cancel_reason=reason,
            cleared_on=_cleared(due, on),
        ),
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last one of a shorter month."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _doubts(assessment: Assessment, on: date, area: str) -> Iterator[str]:
    if not classes()[assessment.hardship_class].holds(on):
        yield CLASS_NOT_IN_USE
    if assessment.means.standard_fen is None:
        yield NO_STANDARD
    elif computed(assessment.means, on, area) != assessment.hardship_class:
        yield CLASS_DIFFERS
    if assessment.exclusions:
        yield EXCLUSION_FOUND


def _due(on: date, area: str) -> date:
    return months_after(on, rule("hardship.verification_months", on, area))


def _cleared(due: date, on: date) -> date:
    # It weighs from the day after it was due; whoever comes in time clears it on that very day.
    return max(due + timedelta(days=1), on)


def _open(archive: HardshipArchive, on: date) -> date:
    if not archive.open or archive.due_on is None:
        raise ArchiveNotOpen(
            f"the archive is {archive.status}",
            field="archive",
            value=archive.status,
            remedy="file it first",
        )
    _refuse_earlier(archive, on)
    return archive.due_on


def _refuse_open(archive: HardshipArchive | None) -> None:
    if archive and archive.open:
        raise ArchiveOpen(
            "the household has an open archive",
            field="holder",
            value=str(archive.holder),
            remedy=f"update the one that union {archive.union} keeps, or cancel it there as moved",
        )


def _refuse_earlier(archive: HardshipArchive | None, on: date) -> None:
    if archive:
        refuse_earlier(archive.last_on, on)


def _refuse_small(household: Household) -> None:
    if household.size < 1 + len(household.dependants):
        raise HouseholdTooSmall(
            f"the holder and {len(household.dependants)} dependants are named",
            field="household_size",
            value=str(household.size),
            remedy="count everybody of the household",
        )
