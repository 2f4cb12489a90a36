"""Management meetings and disclosures, due by a frequency (DOMAIN RIG-10, RIG-14)."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class DuePeriod(BaseModel):
    """A period by whose last day it is due once."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    until: date


class OfDuty(RightsEvent):
    """Something about one duty; `kind` is that of a meeting or a disclosure."""

    kind: str


@released
class DemocraticDutySet(OfDuty):
    """It is due once in each of these periods, by their last days."""

    union: UUID
    frequency: str
    until: date
    due: tuple[DuePeriod, ...]


@released
class DemocraticDutyEnded(OfDuty):
    """From that day on nothing is due: `lapsed` are the periods that end later."""

    lapsed: tuple[DuePeriod, ...]
    workers: int
    old_until: date
    document: str


@released
class ManagementMeetingHeld(OfDuty):
    """A meeting; `met_until` is the last day of the period it is the first in, else None."""

    participants: int
    met_until: date | None


@released
class DisclosurePublished(OfDuty):
    """A disclosure to so many workers; `met_until` as with meetings, `until` is the duty's end."""

    channel: str
    workers: int
    old_workers: int
    met_until: date | None
    until: date


@released
class DisclosureFeedbackReceived(OfDuty):
    """A question on what was disclosed, and when it was answered; late by the rule of the area."""

    answered_on: date | None
    late: bool
