"""Resolutions of a session: tabled, voted on by the roll, archived, carried out (DOMAIN RIG-09)."""

from datetime import date, timedelta
from uuid import UUID

from services.rights.domain.course import BeforeCongressStep, Course, refuse_step
from services.rights.domain.voting import Vote, carried, refuse_unsound
from shared.catalogues import Catalogue, Entry, catalogue_of
from shared.contracts.rights import (
    ResolutionArchived,
    ResolutionCarriedOut,
    ResolutionPassed,
    ResolutionRejected,
    ResolutionTabled,
    VoteCast,
)

ResolutionEvent = (
    ResolutionTabled
    | VoteCast
    | ResolutionPassed
    | ResolutionRejected
    | ResolutionArchived
    | ResolutionCarriedOut
)
_STAGES: dict[type[ResolutionEvent], str] = {
    ResolutionPassed: "passed",
    ResolutionRejected: "rejected",
    ResolutionArchived: "archived",
    ResolutionCarriedOut: "carried_out",
}


class Matter(Entry):
    """`reserved` by law to the congress."""

    reserved: bool


class Resolution(Course):
    """One matter before one session."""

    union: UUID
    session: UUID
    matter: str
    due_on: date | None = None


def matters() -> Catalogue[Matter]:
    """What a congress decides."""
    return catalogue_of("congress_matters", Matter)


def decide_vote(
    state: Resolution, vote: Vote, on: date, due_on: date | None, *, secret: bool
) -> tuple[VoteCast, ResolutionPassed | ResolutionRejected]:
    """Passed by more than half of all delegates; an open vote is told."""
    refuse_step(state, on, "voted_on", "tabled")
    refuse_unsound(vote, on)
    if due_on is not None and due_on < on:
        raise BeforeCongressStep(
            f"the vote is on {on}", field="due_on", value=str(due_on), remedy="give that day or a later one"
        )
    cast = VoteCast(
        occurredon=on,
        matter=state.matter,
        **vote._asdict(),
        secret=secret,
        warnings=() if secret else ("vote-not-secret",),
    )
    if carried(vote, on):
        return (cast, ResolutionPassed(occurredon=on, matter=state.matter, due_on=due_on))
    return (cast, ResolutionRejected(occurredon=on, matter=state.matter))


def decide_archive(state: Resolution, document: str, on: date) -> tuple[ResolutionArchived]:
    """Once it has passed."""
    refuse_step(state, on, "archived_on", "passed")
    return (ResolutionArchived(occurredon=on, matter=state.matter, document=document),)


def decide_carry_out(state: Resolution, document: str, on: date) -> tuple[ResolutionCarriedOut]:
    """After the day it was due, it has been overdue until then."""
    refuse_step(state, on, "done_on", "passed", "archived")
    overdue_until = max(on, state.due_on + timedelta(1)) if state.due_on else None
    return (
        ResolutionCarriedOut(
            occurredon=on,
            matter=state.matter,
            due_on=state.due_on,
            overdue_until=overdue_until,
            document=document,
        ),
    )


def evolve(state: Resolution | None, event: ResolutionEvent) -> Resolution:
    """The resolution after the event."""
    if isinstance(event, ResolutionTabled):
        return Resolution(
            union=event.union,
            session=event.session,
            matter=event.matter,
            stage="tabled",
            latest_on=event.occurredon,
        )
    assert state is not None
    changes: dict[str, object] = {"latest_on": event.occurredon}
    if type(event) in _STAGES:
        changes["stage"] = _STAGES[type(event)]
    if isinstance(event, ResolutionPassed):
        changes["due_on"] = event.due_on
    return state.model_copy(update=changes)
