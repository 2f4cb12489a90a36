"""Activities and registrations as aggregates, and how a command finds its activity."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from services.events.domain.activities import Activity, evolve
from services.events.domain.registering import Registration
from shared.contracts import Event
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.needs import Own
from shared.work.work import Work


def _told_by_the_activity(state: Registration | None, _event: Event) -> Registration:
    # A registration has no events of its own: it is kept beside those of its activity.
    assert state is not None
    return state


ACTIVITY: Kind[Activity] = Kind("activity", Activity, evolve, lambda activity: activity.union)
REGISTRATION: Kind[Registration] = Kind(
    "registration", Registration, _told_by_the_activity, lambda state: state.activity
)


def found(work: Work, activity: UUID, on: date, field: str) -> Activity:
    """The activity; the day must not lie ahead."""
    work.want(Own(activity))
    refuse_future(on, work.today, field)
    return find(work, ACTIVITY, activity)


def answer(
    work: Work, id_: UUID, activity: Activity, events: Sequence[Event], warnings: tuple[str, ...] = ()
) -> Answer:
    """Recorded at the reporting organiser's unit."""
    recorded = work.record(ACTIVITY, id_, events, activity.union)
    return Answer(id_, recorded.version, warnings)
