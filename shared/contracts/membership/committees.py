"""Committees of unions and their terms, and who speaks for women workers (DOMAIN ORG-14 to ORG-18).

The unit is the union whose committee it is. `due_ends_on` says from when on the committee is not due any
more, for a term that was or would have been over.
"""

from datetime import date

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


@released
class ElectionPrepared(MembershipEvent):
    """A new committee is to be elected on `planned_on`, for so many seats; `ordinal` 届."""

    ordinal: int
    seats: int
    planned_on: date


@released
class ElectionHeld(MembershipEvent):
    """The members or delegates elected: entitled, voting, candidates, seats (DOMAIN ORG-15, ORG-16)."""

    ordinal: int
    seats: int
    candidates: int
    entitled: int
    voting: int
    warnings: tuple[str, ...] = ()


@released
class ElectionReported(MembershipEvent):
    """The result went to the next higher union, under this number."""

    ordinal: int
    document: str
    recorder: str


@released
class CommitteeElected(MembershipEvent):
    """Approved by the next higher union: in office from `occurredon` to `term_until`, the last day.

    `taken_over`: in office when it was entered here, so nobody approved it in this register.
    """

    ordinal: int
    seats: int
    term_years: int
    term_until: date
    first: bool
    due_ends_on: date | None = None
    taken_over: bool = False
    document: str | None = None
    recorder: str | None = None
    approver: str | None = None


@released
class TermDelayRequested(MembershipEvent):
    """The next higher union is asked to let the committee stay until this day."""

    until: date
    recorder: str


@released
class TermDelayed(MembershipEvent):
    """The next higher union lets the committee stay; `document` says so (DOMAIN ORG-14)."""

    old_until: date
    until: date
    due_ends_on: date
    document: str
    recorder: str
    approver: str


@released
class CommitteeEnded(MembershipEvent):
    """The union ended, and its committee with it."""

    term_until: date
    due_ends_on: date


@released
class WomenCommitteeFormed(MembershipEvent):
    """`body` is a committee or one commissioner; so many women were counted (DOMAIN ORG-18)."""

    old_body: str | None
    body: str
    counted: str
    women: int
    threshold: int | None
    warnings: tuple[str, ...] = ()


@released
class WomenCommitteeEnded(MembershipEvent):
    """There is none any more."""

    body: str
