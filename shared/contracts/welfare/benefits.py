"""What unions arrange for people: check-ups, recuperation, job fairs, care of children and of the retired.

Kinds are data; an occasion is planned, scheduled, held or cancelled. People, person-times, children, classes
and sessions are counted apart. Money is the payer's and is told here as a cost, without postings: a union's
own share is posted where it is spent.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


class GroupCount(BaseModel):
    """So many people of one group of the catalogue."""

    model_config = ConfigDict(frozen=True)

    group: str
    people: int


class OfBenefit(WelfareEvent):
    """Something about one occasion."""

    kind: str


@released
class BenefitPlanned(OfBenefit):
    """It shall be; `by_name`: those who come are told by their ids, not as counts. `edition`: 第三期."""

    union: UUID
    payer: str
    by_name: bool
    edition: int | None
    warnings: tuple[str, ...] = ()


@released
class BenefitScheduled(OfBenefit):
    """On these days, for so many; said again, it replaces the old word."""

    starts_on: date
    ends_on: date
    places: int
    old_places: int | None


@released
class BenefitHeld(OfBenefit):
    """It was held. Of what is done by name the people are told one by one (BenefitAttended)."""

    payer: str
    groups: tuple[GroupCount, ...]
    person_times: int
    children: int
    classes: int
    sessions: int
    days: int
    cost_fen: int
    edition: int | None = None
    warnings: tuple[str, ...] = ()


@released
class BenefitCancelled(OfBenefit):
    """It shall not be."""


class OfAttendance(OfBenefit):
    """One person at one occasion."""

    benefit: UUID
    person: UUID
    payer: str
    group: str


@released
class BenefitAttended(OfAttendance):
    """The person was there, as one of a group of the catalogue."""

    union: UUID


@released
class BenefitAttendanceWithdrawn(OfAttendance):
    """That was wrong."""
