"""Publicity, participation and safety work: planned, held, what came of it; hazards found and put right."""

from datetime import date
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from shared.catalogues import Catalogue, Entry, catalogue, catalogue_of
from shared.contracts.rights import (
    HazardRectified,
    HazardReported,
    RightsActionCancelled,
    RightsActionHeld,
    RightsActionOutcomeRecorded,
    RightsActionPlanned,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

ActionEvent = RightsActionPlanned | RightsActionHeld | RightsActionOutcomeRecorded | RightsActionCancelled
HazardEvent = HazardReported | HazardRectified


class ActionKind(Entry):
    """What holds for a kind; see the catalogue."""

    family: Literal["publicity", "participation", "safety"]
    outcomes: tuple[str, ...] = ()


class NobodyReached(Malformed):
    """Something is counted of what was held."""

    code = "nobody-reached"


class OutcomeNotOfKind(Malformed):
    """Nothing of that sort comes of this kind."""

    code = "outcome-not-of-kind"


class MoreRectifiedThanFound(Refused):
    """No more are put right than were found."""

    code = "more-rectified-than-found"


class Action(Frozen):
    """One action."""

    union: UUID
    kind: str
    family: str
    stage: str = "planned"
    since: date


class Hazard(Frozen):
    """Hazards of one kind found at once; `left` are not yet put right."""

    union: UUID
    kind: str
    items: int
    left: int
    stage: str = "open"
    since: date


class Counted(NamedTuple):
    """Each by itself."""

    people: int
    person_times: int
    copies: int
    signatures: int


def kinds() -> Catalogue[ActionKind]:
    """All kinds."""
    return catalogue_of("rights_action_kinds", ActionKind)


def decide_plan(union: UUID, kind: str, document: str | None, on: date) -> tuple[RightsActionPlanned]:
    """The kind says of which family it is."""
    family = kinds().checked(kind, "kind").family
    return (RightsActionPlanned(occurredon=on, kind=kind, family=family, union=union, document=document),)


def decide_hold(action: Action, counted: Counted, on: date) -> tuple[RightsActionHeld]:
    """Once; something is counted."""
    refuse_step(action, ("planned",), on, "held_on")
    if not any(counted):
        raise NobodyReached(
            "nothing was counted",
            field="people",
            value="0",
            remedy="give people, person-times, copies or signatures",
        )
    return (RightsActionHeld(occurredon=on, kind=action.kind, family=action.family, **counted._asdict()),)


def decide_outcome(action: Action, outcome: str, on: date) -> tuple[RightsActionOutcomeRecorded]:
    """Of those that the kind has."""
    refuse_step(action, ("held",), on, "recorded_on")
    outcomes = kinds()[action.kind].outcomes
    if outcome not in outcomes:
        raise OutcomeNotOfKind(
            f"does not come of a {action.kind}",
            field="outcome",
            value=outcome,
            remedy=f"use one of {', '.join(outcomes)}" if outcomes else "this kind has no outcomes",
        )
    return (
        RightsActionOutcomeRecorded(occurredon=on, kind=action.kind, family=action.family, outcome=outcome),
    )


def decide_cancel(action: Action, on: date) -> tuple[RightsActionCancelled]:
    """Before it is held."""
    refuse_step(action, ("planned",), on, "cancelled_on")
    return (RightsActionCancelled(occurredon=on, kind=action.kind, family=action.family),)


def decide_report(reported: HazardReported) -> tuple[HazardReported]:
    """Of a kind of the catalogue."""
    catalogue("hazard_kinds").checked(reported.kind, "kind")
    return (reported,)


def decide_rectify(hazard: Hazard, items: int, on: date) -> tuple[HazardRectified]:
    """Some, or all that are left."""
    refuse_step(hazard, ("open",), on, "rectified_on")
    if items > hazard.left:
        raise MoreRectifiedThanFound(
            f"{hazard.left} are left", field="items", value=str(items), remedy="give at most that many"
        )
    return (HazardRectified(occurredon=on, kind=hazard.kind, items=items, left=hazard.left - items),)


def evolve(action: Action | None, event: ActionEvent) -> Action:
    """The action after the event."""
    if isinstance(event, RightsActionPlanned):
        return Action(union=event.union, kind=event.kind, family=event.family, since=event.occurredon)
    assert action is not None
    match event:
        case RightsActionHeld():
            stage = "held"
        case RightsActionOutcomeRecorded():
            stage = "with an outcome"
        case RightsActionCancelled():
            stage = "cancelled"
        case _:
            assert_never(event)
    return action.model_copy(update={"stage": stage, "since": event.occurredon})


def evolve_hazard(hazard: Hazard | None, event: HazardEvent) -> Hazard:
    """The hazards after the event."""
    if isinstance(event, HazardReported):
        return Hazard(
            union=event.union,
            kind=event.kind,
            items=event.items,
            left=event.items,
            since=event.occurredon,
        )
    assert hazard is not None
    stage = "open" if event.left else "rectified"
    return hazard.model_copy(update={"left": event.left, "stage": stage, "since": event.occurredon})
