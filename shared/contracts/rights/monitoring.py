"""Sample points: enterprises that report every quarter by a due day; and groups that warn of labour risks."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class QuarterDue(BaseModel):
    """The report of a quarter, and its last day in time."""

    model_config = ConfigDict(frozen=True)

    year: int
    quarter: int
    due_on: date


@released
class SamplePointEstablished(RightsEvent):
    """The enterprise reports the quarters that end until then."""

    union: UUID
    employer: UUID
    until: date
    due: tuple[QuarterDue, ...]


@released
class QuarterlyMonitoringReported(RightsEvent):
    """The report of a quarter is there; it counts for the day on which it was due."""

    employer: UUID
    year: int
    quarter: int
    due_on: date
    in_time: bool
    workers: int


@released
class SamplePointLapsed(RightsEvent):
    """No more a sample point before its term is over; these reports, unmade, are due no more."""

    employer: UUID
    until: date
    released: tuple[QuarterDue, ...]


@released
class EarlyWarningGroupRequired(RightsEvent):
    """The union shall form a group; `formed`: it has one already."""

    union: UUID
    document: str
    formed: bool


@released
class EarlyWarningGroupFormed(RightsEvent):
    """The group is there."""

    union: UUID
    document: str
    members: int
    required: bool


@released
class EarlyWarningGroupDissolved(RightsEvent):
    """The group is there no more."""

    members: int
    required: bool


class OfRisk(RightsEvent):
    """Something about one risk of a kind that a group warns of."""

    kind: str
    workers: int


@released
class LabourRiskWarned(OfRisk):
    """The group of the union warns."""

    union: UUID
    group: UUID


@released
class LabourRiskResolved(OfRisk):
    """With an outcome of the catalogue."""

    outcome: str
