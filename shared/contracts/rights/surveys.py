"""Surveys of the situation of workers, and joint unions that try out how to take part in work safety."""

from uuid import UUID

from shared.contracts.base import released
from shared.contracts.rights.base import RightsEvent


class OfSurvey(RightsEvent):
    """Something about one survey on a topic of the catalogue."""

    topic: str


@released
class SurveyRoundOpened(OfSurvey):
    """It begins."""

    union: UUID


@released
class EnterpriseSurveyed(OfSurvey):
    """A visit; `enterprises` is 0 for one that was visited before. Person-times are counted at each visit."""

    employer: UUID | None
    enterprises: int
    person_times: int


@released
class SurveyClosed(OfSurvey):
    """No more visits."""


@released
class SurveyReported(OfSurvey):
    """Its report is written."""

    document: str


@released
class SafetyPilotSelected(RightsEvent):
    """The union shall try it out."""

    union: UUID
    document: str


@released
class SafetyCommitteeFormed(RightsEvent):
    """The pilot has a committee."""

    members: int


@released
class SafetyItemsIssued(RightsEvent):
    """Cards or boxes of a kind were handed out."""

    kind: str
    items: int


@released
class SafetyAgreementSigned(RightsEvent):
    """The pilot has an agreement on safety."""

    document: str


@released
class SafetyPilotEnded(RightsEvent):
    """It is tried out no more."""

    committee: bool
