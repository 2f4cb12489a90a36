"""Suggestions of employees, from being made to the value they were assessed at."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class AboutSuggestion(ActivityEvent):
    """`items` of one kind that go through together; one where each is told by itself."""

    kind: str
    items: int


@released
class SuggestionSubmitted(AboutSuggestion):
    """Made at a union; its words stay where they were written."""

    union: UUID
    author: UUID | None = None


@released
class SuggestionAdopted(AboutSuggestion):
    """Reviewed, and to be put in practice."""

    document: str


@released
class SuggestionRejected(AboutSuggestion):
    """Reviewed, and not taken up."""

    document: str


@released
class SuggestionImplemented(AboutSuggestion):
    """Put in practice."""


@released
class SuggestionValueAssessed(AboutSuggestion):
    """What it is worth in a period, by whom, on what basis; in place of `old_fen` of an earlier one."""

    value_class: str
    old_value_class: str | None
    old_fen: int | None
    fen: int
    assessor: str
    basis: str
    period_from: date
    period_until: date
    first_assessed_on: date
    document: str
    warnings: tuple[str, ...] = ()
