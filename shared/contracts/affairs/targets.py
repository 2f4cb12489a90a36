"""Targets: what a union is to reach in a year, by whom it was set, what became of it (DOMAIN STA-01, STA-07).

All count at the union that shall reach it. A number counts what the measure counts; its population and its
year's calendar are part of it.
"""

from datetime import date
from uuid import UUID

from shared.contracts.affairs.base import AffairsEvent
from shared.contracts.base import released


class OfTarget(AffairsEvent):
    """What is measured, in which population, for which year (`first_day` to `last_day`)."""

    measure: str
    population: str
    year: int
    first_day: date
    last_day: date
    calendar: str = "calendar"


@released
class TargetDrafted(OfTarget):
    """`issuer` wants `union` to reach `number`; `part_of` is the target that it is a part of."""

    issuer: UUID
    union: UUID
    number: int
    part_of: UUID | None = None


@released
class TargetAssigned(OfTarget):
    """It was handed down under the paper; `year_before` is the year in whose summary it is the next step."""

    issuer: UUID
    number: int
    document: str
    year_before: int


@released
class TargetAccepted(OfTarget):
    """The union has taken it on."""

    number: int


@released
class TargetDecomposed(OfTarget):
    """A part of it was handed to a union below; `parts` is the sum of all parts so far."""

    part: UUID
    union: UUID
    number: int
    part_number: int
    parts: int
    warnings: tuple[str, ...] = ()


@released
class TargetPartRevised(OfTarget):
    """The number of a part was changed, to 0 when it was withdrawn; `parts` is the sum of all parts now."""

    part: UUID
    union: UUID
    number: int
    old_part_number: int
    part_number: int
    parts: int
    warnings: tuple[str, ...] = ()


@released
class TargetRevised(OfTarget):
    """Another number was set under the paper; `assigned`: the old one had been handed down."""

    assigned: bool
    old_number: int
    number: int
    document: str
    year_before: int
    warnings: tuple[str, ...] = ()


@released
class TargetWithdrawn(OfTarget):
    """It is not to be reached any more; warns where parts of it remain with the unions below."""

    assigned: bool
    number: int
    document: str
    year_before: int
    warnings: tuple[str, ...] = ()


@released
class TargetProgressRecorded(OfTarget):
    """What was done by the day of the cut, as the quotient that was read; `done` is its whole part."""

    cut_on: date
    done_numerator: int
    done_denominator: int
    done: int = 0


@released
class TargetMet(OfTarget):
    """Closed as reached; `done` and `over` in the unit of the measure, the quotient as it was read."""

    cut_on: date
    number: int
    done_numerator: int
    done_denominator: int
    done: int
    over: int
    over_fulfilled: bool


@released
class TargetMissed(OfTarget):
    """Closed as not reached: `remaining` is what was lacking."""

    cut_on: date
    number: int
    done_numerator: int
    done_denominator: int
    done: int
    remaining: int
