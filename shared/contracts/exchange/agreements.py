"""Agreements with other agencies: what they get, from when to when, and what was delivered under them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from shared.contracts.base import released
from shared.contracts.exchange.base import ExchangeEvent


class SharedType(BaseModel):
    """Events of this type are delivered, with these of their fields and no others."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = Field(max_length=100, description="Event type with its version.")
    fields: tuple[str, ...] = Field(max_length=40, description="Fields of it that are delivered.")


class SharedTable(BaseModel):
    """Events of this type are only counted, month by month, in a table of two of their kinds.

    `counts` is a whole-number field that is added up, or `events`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str = Field(max_length=100, description="Event type with its version.")
    rows: str = Field(max_length=50, description="Field whose kinds are the rows.")
    columns: str = Field(max_length=50, description="Field whose kinds are the columns.")
    counts: str = Field(default="events", max_length=50, description="Field that is added up, or `events`.")


class AgreementTerms(BaseModel):
    """What an agency gets, from when to when, and who recorded it; `scope` and below, on `line` if any."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    name: str
    agency: str
    reader: str
    purpose: str
    basis: str
    assessment: str | None
    scope: UUID
    line: str | None
    shares: tuple[SharedType, ...]
    tables: tuple[SharedTable, ...]
    first_day: date
    last_day: date
    threshold: int
    recorder: str


@released
class AgencyAgreementProposed(AgreementTerms, ExchangeEvent):
    """Somebody proposes to deliver this to an agency; `scope` and below, on `line` if one is given."""


@released
class AgencyAgreementApproved(ExchangeEvent):
    """Somebody else has approved it: delivery begins with what happened from the first day on."""

    approver: str


@released
class AgencyAgreementRefused(ExchangeEvent):
    """It will not be: nothing was delivered."""

    approver: str


@released
class AgencyAgreementEnded(ExchangeEvent):
    """Ended before its last day: nothing is delivered any more."""

    reason: str


@released
class AgencyAgreementExpired(ExchangeEvent):
    """Its last day has passed, and all that had been recorded by then has been delivered."""

    last_day: date


@released
class EventsDelivered(ExchangeEvent):
    """The agency's topic has grown from `first` to `last`; so many of these are tables."""

    name: str
    agency: str
    first: int
    last: int
    tables: int
