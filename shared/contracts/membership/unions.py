"""Unions: established, changed, placed in the tree, ended."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class LineParent(BaseModel):
    """Where a union hangs on one industry line."""

    model_config = ConfigDict(frozen=True)

    line: str
    parent: UUID


@released
class UnionEstablished(MembershipEvent):
    """A union exists from the approval date on (DOMAIN ORG-03); `level` 1 province … 8 group.

    `document` approves it after a `preparation` with a founding meeting on `met_on`; a union of earlier times
    is `taken_over` from the paper register. `recorder` asked for the preparation, `approver` establishes.
    """

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
    taken_over: bool = False
    preparation: UUID | None = None
    met_on: date | None = None
    document: str | None = None
    recorder: str | None = None
    approver: str | None = None


@released
class UnionTypeChanged(MembershipEvent):
    """Independent became joint, or the like (DOMAIN ORG-02); it covers so many employers then."""

    kind: str
    level: int
    old_form: str
    form: str
    employers: int = 0


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
class EstablishmentTargetSet(MembershipEvent):
    """Unions to establish in a year, set by the unit's parent; the population is its own (DOMAIN STA-07)."""

    year: int
    population: str
    old_unions: int | None
    unions: int
    issuer: UUID
