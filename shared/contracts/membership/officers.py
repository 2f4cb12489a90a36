"""Officers of unions, the posts they fill, and what cadres are trained in (DOMAIN ORG-20, ORG-21)."""

from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.membership.base import MembershipEvent


class AboutOfficer(MembershipEvent):
    """What figures need to know of an officer; `time` full_time or part_time."""

    person: UUID
    role: str
    time: str
    sex: str


@released
class OfficerAppointed(AboutOfficer):
    """In office from `occurredon` on."""

    warnings: tuple[str, ...] = ()


@released
class OfficerDutiesAssigned(MembershipEvent):
    """What the officer answers for from now on, and did before: ids of the catalogue."""

    person: UUID
    old_duties: tuple[str, ...]
    duties: tuple[str, ...]


@released
class OfficerReplaced(AboutOfficer):
    """Out of office from `occurredon` on; `early` before the end of the committee's term (DOMAIN ORG-21)."""

    reason: str
    early: bool
    document: str | None
    warnings: tuple[str, ...] = ()


@released
class OfficerPostsSet(MembershipEvent):
    """So many officers of this role the union is to have."""

    role: str
    old_posts: int
    posts: int


class Trainee(BaseModel):
    """Somebody who was trained, in which role, at which level of union (1 province … 8 group)."""

    model_config = ConfigDict(frozen=True)

    person: UUID
    role: str
    level: int


@released
class CadreTrainingPlanned(MembershipEvent):
    """A training of cadres is to be held."""

    topic: str
    places: int


@released
class CadreTrainingHeld(MembershipEvent):
    """People, attendances over all sessions, and hours are three figures."""

    topic: str
    hours: int
    person_times: int
    trainees: tuple[Trainee, ...]


@released
class CadreTrainingCompleted(MembershipEvent):
    """Those who passed, of those who took part."""

    topic: str
    passed: tuple[Trainee, ...]
