"""Places and bodies for workers' rights: windows, stations, mediation organisations, and who staffs them."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class Staff(BaseModel):
    """A person who serves in a role of the catalogue."""

    model_config = ConfigDict(frozen=True)

    person: UUID
    role: str


class OfBody(RightsEvent):
    """Something about one place or body of a kind; `family`: place or mediation."""

    kind: str
    family: str


@released
class RightsBodyOpened(OfBody):
    """It is there."""

    union: UUID
    employer: UUID | None
    document: str


@released
class RightsStaffAppointed(OfBody):
    """A person serves there."""

    person: UUID
    role: str


@released
class RightsStaffRemoved(OfBody):
    """The person serves there no more."""

    person: UUID
    role: str


@released
class LawyerDutyScheduled(OfBody):
    """A lawyer is on duty on that day, which may lie ahead."""

    duty_on: date
    lawyer: UUID


@released
class RightsBodyClosed(OfBody):
    """It is there no more, nor do these serve there."""

    staff: tuple[Staff, ...]
