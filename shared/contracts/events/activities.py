"""Activities of every kind: planned, announced, registered for, held or cancelled, reported, corrected."""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.events.base import ActivityEvent


class ActivityCounts(BaseModel):
    """What was counted at one activity; every field has a unit of its own and 0 where nothing was counted.

    `people` are distinct persons, `person_times` attendances, `times` how often it took place (DOMAIN
    ACT-06): none of them says another. `hours` are hours given, all helpers together.
    """

    model_config = ConfigDict(frozen=True)

    times: int = 1
    people: int = 0
    person_times: int = 0
    teams: int = 0
    units: int = 0
    unions: int = 0
    audience: int = 0
    entries: int = 0
    awarded: int = 0
    commended: int = 0
    programmes: int = 0
    copies: int = 0
    signatures: int = 0
    households: int = 0
    places: int = 0
    minutes: int = 0
    hours: int = 0
    cost_fen: int = 0


class ActivityPartner(BaseModel):
    """Another union that hosts, carries out or assists (DOMAIN ACT-07)."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    role: str


class AboutActivity(ActivityEvent):
    """What every event of an activity tells: the reporting organiser, kind, topic, occasion, its number."""

    union: UUID
    activity_kind: str
    activity_topic: str
    activity_occasion: str
    edition: int | None = None


@released
class ActivityPlanned(AboutActivity):
    """It shall end on `planned_for`; `role` is the reporting organiser's own."""

    planned_for: date
    programmes: int
    role: str
    partners: tuple[ActivityPartner, ...]


@released
class ActivityAnnounced(AboutActivity):
    """Those concerned were told, by a paper."""

    document: str


@released
class ActivityRegistrationOpened(AboutActivity):
    """Until `closes_on` so many people and teams may register (None: no limit)."""

    closes_on: date
    max_people: int | None
    max_teams: int | None


@released
class ActivityRegistered(AboutActivity):
    """A person wants to take part."""

    person: UUID
    sex: str
    warnings: tuple[str, ...]


@released
class ActivityRegistrationWithdrawn(AboutActivity):
    """The person does not take part after all."""

    person: UUID
    sex: str


@released
class ActivityTeamRegistered(AboutActivity):
    """Team `team` of a union, so many people."""

    team_union: UUID
    team: int
    people: int


@released
class ActivityTeamWithdrawn(AboutActivity):
    """The team does not take part after all."""

    team_union: UUID
    team: int
    people: int


@released
class ActivityHeld(AboutActivity):
    """It took place and ended on this day; `role` is the reporting organiser's own."""

    planned_for: date
    role: str


@released
class ActivityCoOrganised(AboutActivity):
    """Told at the unit of a partner: the same activity, to be counted once above both (DOMAIN ACT-07)."""

    role: str


@released
class ActivityAttended(AboutActivity):
    """The person took part, and gave so many hours (0: no voluntary work)."""

    person: UUID
    sex: str
    hours: int
    held_on: date


@released
class ActivityCancelled(AboutActivity):
    """It will not take place."""

    planned_for: date
    reason: str


@released
class ActivityReported(AboutActivity):
    """What was counted; it counts on the day on which the activity was held."""

    held_on: date
    counts: ActivityCounts


@released
class ActivityCorrected(AboutActivity):
    """The report was wrong: old and new counts; `document` is the paper that says so."""

    held_on: date
    old_counts: ActivityCounts
    counts: ActivityCounts
    document: str
