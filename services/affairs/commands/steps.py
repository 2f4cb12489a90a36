"""What all commands of affairs do in the same way: find the union, take a step of something that is kept."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Annotated, TypeVar
from uuid import UUID

from pydantic import BaseModel, Field

from shared.contracts import Event
from shared.errors import Refused
from shared.referring import find_union, need_of_union, refuse_bad_date
from shared.standing import refuse_future
from shared.units import UNIT
from shared.work.changes import Answer
from shared.work.finding import find
from shared.work.kinds import Kind
from shared.work.work import Work

S = TypeVar("S", bound=BaseModel)
Year = Annotated[int, Field(strict=True, ge=2000, le=2100, description="The year it is for.")]
Some = Annotated[int, Field(strict=True, ge=0, le=10_000_000, description="A whole number from 0 on.")]


class OutsideSubtree(Refused):
    """A union sets tasks for those under it, on any line, not for others or for itself."""

    code = "target-outside-subtree"


def union_of(work: Work, text: str, on: date, field: str) -> UUID:
    """The union that a command names, if it existed on that day; see `shared.referring` for the refusals."""
    work.want(need_of_union(text))
    union = find_union(work, text)
    refuse_bad_date(work, union, on, field)
    return union


def stepped(
    work: Work,
    kind: Kind[S],
    id_: UUID,
    when: tuple[date, str],
    decide: Callable[[S], Sequence[Event]],
) -> Answer:
    """One more step of an aggregate; `when` is the day with the field that gives it.

    Warnings that the events record are answered, too.
    """
    refuse_future(when[0], work.today, when[1])
    state = find(work, kind, id_)
    unit = kind.unit(state)
    assert unit is not None
    events = decide(state)
    answer = work.record(kind, id_, events, unit)
    return Answer(answer.id, answer.version, warnings_of(events))


def begun(work: Work, kind: Kind[S], id_: UUID, events: Sequence[Event], unit: UUID) -> Answer:
    """A new aggregate; warnings that the events record are answered."""
    answer = work.record(kind, id_, events, unit)
    return Answer(id_, answer.version, warnings_of(events))


def warnings_of(events: Sequence[Event]) -> tuple[str, ...]:
    """What the events warn of."""
    return tuple(each for event in events for each in getattr(event, "warnings", ()))


def refuse_outside(work: Work, issuer: UUID, union: UUID, field: str) -> None:
    """Raises OutsideSubtree unless the union lies under the issuer, on any line."""
    above: set[UUID] = set()
    waiting = [union]
    while waiting:
        place = work.place(waiting.pop())
        for each in (*place.lineage[:-1], *_on_lines(work, place.unit)):
            if each not in above:
                above.add(each)
                waiting.append(each)
    if issuer not in above or issuer == union:
        raise OutsideSubtree(
            "it does not lie under the union that sets the task",
            field=field,
            value=str(union),
            remedy="name a union under the issuer",
        )


def _on_lines(work: Work, union: UUID) -> tuple[UUID, ...]:
    return tuple(work.copied(UNIT, union).lines_on(work.today).values())
