"""Events of `services/membership`: unions and their people.

The envelope's `unit` is the union the event counts for; `subject` is the aggregate (union, member, employer).
"""

from typing import ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import Event, released


class MembershipEvent(Event):
    """An event of the topic `union.membership`."""

    service: ClassVar[str] = "membership"


class LineParent(BaseModel):
    """Where a union hangs on one industry line."""

    model_config = ConfigDict(frozen=True)

    line: str
    parent: UUID


@released
class UnionEstablished(MembershipEvent):
    """A union exists from the approval date on (DOMAIN ORG-03); `level` 1 province … 8 group."""

    name: str
    level: int
    kind: str
    form: str
    parent: UUID | None
    lines: tuple[LineParent, ...] = ()
    division: str | None = None
    credit_code: str | None = None
    above_scale: bool | None = None
    employers: tuple[UUID, ...] = ()


@released
class UnionTypeChanged(MembershipEvent):
    """Independent became joint, or the like (DOMAIN ORG-02)."""

    kind: str
    level: int
    old_form: str
    form: str


@released
class UnionRenamed(MembershipEvent):
    """A new name or division code for the same union; identity stays (DOMAIN COD-06)."""

    old_name: str
    name: str
    old_division: str | None
    division: str | None


@released
class UnionMoved(MembershipEvent):
    """From `occurredon` on the union hangs under another parent on the territorial line."""

    old_parent: UUID | None
    parent: UUID


@released
class UnionJoinedLine(MembershipEvent):
    """From `occurredon` on the union hangs under `parent` on an industry line."""

    line: str
    old_parent: UUID | None
    parent: UUID


@released
class UnionLeftLine(MembershipEvent):
    """From `occurredon` on the union is no longer on that industry line."""

    line: str
    old_parent: UUID


@released
class UnionMerged(MembershipEvent):
    """The union ends; its history and its members count under `successor` from `occurredon` on."""

    successor: UUID
    kind: str
    form: str
    level: int
    above_scale: bool | None = None


@released
class UnionDissolved(MembershipEvent):
    """The union ends; its history stays where it was (DOMAIN ORG-12)."""

    reason: str
    kind: str
    form: str
    level: int
    above_scale: bool | None = None


@released
class EmployerRegistered(MembershipEvent):
    """An employer in the area of the recording unit, unionised or not."""

    name: str
    kind: str
    credit_code: str | None


@released
class EmployerCovered(MembershipEvent):
    """The union covers this employer from `occurredon` on (DOMAIN STA-03)."""

    employer: UUID
    employer_kind: str


@released
class EmployerUncovered(MembershipEvent):
    """The union no longer covers this employer."""

    employer: UUID
    employer_kind: str


@released
class EmployerScaleAssessed(MembershipEvent):
    """Yearly sales against the threshold in force on the date (DOMAIN STA-04); the past stays as judged."""

    sales_fen: int
    threshold_fen: int
    old_above_scale: bool | None
    above_scale: bool


@released
class WorkforceReported(MembershipEvent):
    """Headcount of one employer (DOMAIN MEM-10): people, women among them, migrant workers among them."""

    employer: UUID
    old_workers: int | None
    workers: int
    old_women: int | None
    women: int
    old_migrants: int | None
    migrants: int


class AboutMember(MembershipEvent):
    """What figures need to know of a member; the person is a random id."""

    person: UUID
    sex: str
    worker_kind: str


@released
class MemberJoined(AboutMember):
    """Approved into the union on `occurredon` (DOMAIN MEM-01)."""

    employer: UUID | None = None


@released
class MemberTransferredOut(AboutMember):
    """Left this union for another; the pair shares its correlation id (DOMAIN MEM-02)."""

    standing: str
    destination: UUID


@released
class MemberTransferredIn(AboutMember):
    """Arrived from another union."""

    standing: str
    origin: UUID


@released
class MemberLeft(AboutMember):
    """The membership ended, for a reason of the catalogue (DOMAIN MEM-04)."""

    standing: str
    reason: str


@released
class MemberRetired(AboutMember):
    """Retired and keeps the membership without dues (DOMAIN MEM-03)."""

    old_standing: str


@released
class MemberRetained(AboutMember):
    """Membership kept without dues, for example while unemployed (DOMAIN MEM-03)."""

    old_standing: str


@released
class MemberResumed(AboutMember):
    """Back in service after the membership had been retained."""

    old_standing: str


@released
class MemberCorrected(MembershipEvent):
    """The roster was wrong: old and new values; `occurredon` is the day from which the correction counts."""

    person: UUID
    standing: str
    old_sex: str
    sex: str
    old_worker_kind: str
    worker_kind: str


@released
class EstablishmentTargetSet(MembershipEvent):
    """Unions to establish in a year, set by the unit's parent; the population is its own (DOMAIN STA-07)."""

    year: int
    population: str
    old_unions: int | None
    unions: int
    issuer: UUID
