"""Proposals of delegates: submitted, filed, answered, carried out or rejected."""

from datetime import date
from typing import TypeVar
from uuid import UUID

from services.rights.domain.course import Course, refuse_step
from shared.contracts.rights import (
    ProposalAnswered,
    ProposalFiled,
    ProposalImplemented,
    ProposalRejected,
    ProposalSubmitted,
)

ProposalEvent = ProposalSubmitted | ProposalFiled | ProposalAnswered | ProposalImplemented | ProposalRejected
Concluding = TypeVar("Concluding", ProposalAnswered, ProposalImplemented, ProposalRejected)
_STAGES: dict[type[ProposalEvent], str] = {
    ProposalFiled: "filed",
    ProposalAnswered: "answered",
    ProposalImplemented: "implemented",
    ProposalRejected: "rejected",
}
_BEFORE: dict[type[ProposalEvent], tuple[str, ...]] = {
    ProposalAnswered: ("filed",),
    ProposalImplemented: ("answered",),
    ProposalRejected: ("submitted", "filed", "answered"),
}


class Proposal(Course):
    """One proposal to one session."""

    union: UUID
    session: UUID
    topic: str


def decide_file(state: Proposal, department: str, on: date) -> tuple[ProposalFiled]:
    """Given to a department."""
    refuse_step(state, on, "filed_on", "submitted")
    return (ProposalFiled(occurredon=on, topic=state.topic, department=department),)


def decide_conclude(state: Proposal, what: type[Concluding], document: str, on: date) -> tuple[Concluding]:
    """Answered, then carried out; rejected at any time before."""
    refuse_step(state, on, "on", *_BEFORE[what])
    return (what(occurredon=on, topic=state.topic, document=document),)


def evolve(state: Proposal | None, event: ProposalEvent) -> Proposal:
    """The proposal after the event."""
    if isinstance(event, ProposalSubmitted):
        return Proposal(
            union=event.union,
            session=event.session,
            topic=event.topic,
            stage="submitted",
            latest_on=event.occurredon,
        )
    assert state is not None
    return state.model_copy(update={"stage": _STAGES[type(event)], "latest_on": event.occurredon})
