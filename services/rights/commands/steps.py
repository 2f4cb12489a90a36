"""What every step of a course does: no day ahead of today, the thing itself, what it says, the warnings."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import NamedTuple
from uuid import UUID

from shared.contracts import Event
from shared.standing import refuse_future
from shared.work.changes import Answer
from shared.work.finding import find
from shared.work.kinds import Kind, S
from shared.work.work import Work


class Step(NamedTuple):
    """On which aggregate, and on which day, by the name of the field that says it."""

    id: UUID
    on: date
    field: str


def take(work: Work, kind: Kind[S], step: Step, decide: Callable[[S], Iterable[Event]]) -> Answer:
    """Raises `<kind>-unknown`, DateInFuture and what `decide` raises; the events count for its unit."""
    refuse_future(step.on, work.today, step.field)
    state = find(work, kind, step.id)
    unit = kind.unit(state)
    assert unit is not None, "whatever takes steps here is listed under a union"
    return said(work, kind, step.id, tuple(decide(state)), unit)


def said(work: Work, kind: Kind[S], id_: UUID, events: tuple[Event, ...], unit: UUID) -> Answer:
    """Records the events; their warnings go to the caller, too."""
    answer = work.record(kind, id_, events, unit)
    warnings = tuple(each for event in events for each in getattr(event, "warnings", ()))
    return Answer(id_, answer.version, warnings)
