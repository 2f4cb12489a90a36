"""Hardship archives: a file per household, with one worker as its holder (DOMAIN WEL-01 to WEL-04).

Never what anybody suffers from, nor why: classes, sizes, sums and dates.
"""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


@released
class HardshipSurveyed(WelfareEvent):
    """The household of this worker was looked at; that alone files nothing."""

    union: UUID
    holder: UUID
    household_size: int
    recorder: str


@released
class HardshipFiled(WelfareEvent):
    """The archive is open from this day; `refiled` if the household had one before.

    Income, unavoidable costs and a sudden loss are those of a year, for the whole household; the standard is
    per head and month (None: none was known). `computed_class` is what the rules of the day make of them.
    """

    union: UUID
    holder: UUID
    sex: str
    household_size: int
    dependants: tuple[UUID, ...]
    hardship_class: str
    computed_class: str
    income_fen: int
    costs_fen: int
    loss_fen: int
    standard_fen: int | None
    exclusions: tuple[str, ...]
    refiled: bool
    recorder: str
    due_on: date
    warnings: tuple[str, ...] = ()


@released
class HardshipVerified(WelfareEvent):
    """Somebody else than the recorder found the archive right; the next time is due on `due_on`.

    `cleared_on` is the day from which the old due day, `was_due_on`, weighs no more.
    """

    hardship_class: str
    recorder: str
    verifier: str
    was_due_on: date
    cleared_on: date
    due_on: date


@released
class HardshipUpdated(WelfareEvent):
    """Class, size or assessment changed; the old values are told beside the new ones."""

    holder: UUID
    old_class: str
    hardship_class: str
    computed_class: str
    old_size: int
    household_size: int
    dependants: tuple[UUID, ...]
    income_fen: int
    costs_fen: int
    loss_fen: int
    standard_fen: int | None
    recorder: str
    warnings: tuple[str, ...] = ()


@released
class HardshipExited(WelfareEvent):
    """The household is out of hardship; per-head income is above the standard since `above_since`."""

    holder: UUID
    sex: str
    hardship_class: str
    household_size: int
    exit_kind: str
    above_since: date
    cleared_on: date
    warnings: tuple[str, ...] = ()


@released
class HardshipCancelled(WelfareEvent):
    """The archive was wrong, or the household moved or is no more."""

    holder: UUID
    sex: str
    hardship_class: str
    household_size: int
    cancel_reason: str
    cleared_on: date
