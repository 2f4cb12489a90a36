"""Service centres and stations, stations for outdoor workers, and equipment given to service points."""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


class OfFacility(WelfareEvent):
    """Something about one facility; its kind is of the catalogue."""

    kind: str


@released
class FacilityPlanned(OfFacility):
    """It shall be built."""

    union: UUID


@released
class FacilityBuilt(OfFacility):
    """It is there, but not in use."""


@released
class FacilityOpened(OfFacility):
    """People may use it (DOMAIN WEL-14)."""


@released
class FacilityInspected(OfFacility):
    """What it has of the catalogue `station_haves`, and whether that is everything."""

    haves: tuple[str, ...]
    complete: bool
    old_complete: bool


@released
class FacilityAccredited(OfFacility):
    """Accredited under a scheme until a day that the calendar brings about.

    `counts_from` is the day after an accreditation that is still in force, so that none counts twice.
    """

    scheme: str
    counts_from: date
    valid_until: date
    document: str


@released
class FacilityVisited(OfFacility):
    """So many visits since they were last told, and what was done for people there."""

    person_times: int
    services: int


@released
class FacilityClosed(OfFacility):
    """Closed for good; the last three tell the accreditation that falls with it, None without one."""

    complete: bool
    scheme: str | None
    falls_on: date | None
    accredited_until: date | None


@released
class EquipmentIssued(WelfareEvent):
    """Items given to a service point: a facility, else an employer, else a union; with their value."""

    union: UUID
    item: str
    quantity: int
    value_fen: int
    recipient: UUID


@released
class EquipmentIssueReversed(WelfareEvent):
    """That was wrong, or it came back."""

    item: str
    quantity: int
    value_fen: int
    recipient: UUID
