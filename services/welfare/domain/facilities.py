"""A facility: planned, built, opened, accredited, visited, closed (DOMAIN WEL-14, ORG-22)."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Literal, NamedTuple, assert_never
from uuid import UUID

from shared.catalogues import catalogue
from shared.contracts.welfare import (
    FacilityAccredited,
    FacilityBuilt,
    FacilityClosed,
    FacilityInspected,
    FacilityOpened,
    FacilityPlanned,
    FacilityVisited,
)
from shared.errors import Malformed, Refused
from shared.frozen import Frozen

FacilityEvent = (
    FacilityPlanned
    | FacilityBuilt
    | FacilityOpened
    | FacilityInspected
    | FacilityAccredited
    | FacilityVisited
    | FacilityClosed
)
Stage = Literal["planned", "built", "in_use", "closed"]


class FacilityStageWrong(Refused):
    """The facility is at another stage of its course."""

    code = "facility-stage-wrong"


class BeforeFacilityStep(Refused):
    """The date lies before the step it follows."""

    code = "before-facility-step"


class AccreditationNotLonger(Malformed):
    """It ends before it begins, or no later than the one in force."""

    code = "accreditation-not-longer"


class OtherSchemeInForce(Refused):
    """An accreditation under another scheme is in force."""

    code = "other-scheme-in-force"


class NobodyVisited(Malformed):
    """Neither visits nor services."""

    code = "nobody-visited"


class Facility(Frozen):
    """One place; `latest_on` is the day of its latest step."""

    union: UUID
    kind: str
    stage: Stage = "planned"
    latest_on: date
    complete: bool = False
    scheme: str | None = None
    accredited_until: date | None = None


class Accreditation(NamedTuple):
    """Under which scheme, until when, by which paper."""

    scheme: str
    valid_until: date
    document: str
    on: date


def decide_plan(union: UUID, kind: str, on: date) -> tuple[FacilityPlanned]:
    """A kind of the catalogue."""
    catalogue("facility_kinds").checked(kind, "kind")
    return (FacilityPlanned(occurredon=on, union=union, kind=kind),)


def decide_build(state: Facility, on: date) -> tuple[FacilityBuilt]:
    """After it was planned."""
    _refuse_step(state, on, "built_on", "planned")
    return (FacilityBuilt(occurredon=on, kind=state.kind),)


def decide_open(state: Facility, on: date) -> tuple[FacilityOpened]:
    """Also of what stood already."""
    _refuse_step(state, on, "opened_on", "planned", "built")
    return (FacilityOpened(occurredon=on, kind=state.kind),)


def decide_inspect(state: Facility, haves: tuple[str, ...], on: date) -> tuple[FacilityInspected]:
    """Complete when it has everything of the catalogue."""
    _refuse_step(state, on, "inspected_on", "in_use")
    known = catalogue("station_haves")
    for each in haves:
        known.checked(each, "haves")
    return (
        FacilityInspected(
            occurredon=on,
            kind=state.kind,
            haves=haves,
            complete=set(haves) == set(known),
            old_complete=state.complete,
        ),
    )


def decide_accredit(state: Facility, said: Accreditation) -> tuple[FacilityAccredited]:
    """For the first time, or renewed: the calendar ends it."""
    _refuse_step(state, said.on, "accredited_on", "in_use")
    catalogue("facility_schemes").checked(said.scheme, "scheme")
    running = state.accredited_until if _in_force(state, said.on) else None
    if running and state.scheme != said.scheme:
        raise OtherSchemeInForce(
            f"{state.scheme} is in force until {running}",
            field="scheme",
            value=said.scheme,
            remedy="renew that one, or wait until it has ended",
        )
    counts_from = running + timedelta(1) if running else said.on
    if said.valid_until < counts_from:
        raise AccreditationNotLonger(
            f"it would count from {counts_from}",
            field="valid_until",
            value=str(said.valid_until),
            remedy="give that day or a later one",
        )
    return (
        FacilityAccredited(
            occurredon=said.on,
            kind=state.kind,
            scheme=said.scheme,
            counts_from=counts_from,
            valid_until=said.valid_until,
            document=said.document,
        ),
    )


def decide_visit(state: Facility, person_times: int, services: int, on: date) -> tuple[FacilityVisited]:
    """While it is in use."""
    _refuse_step(state, on, "visited_on", "in_use")
    if not person_times and not services:
        raise NobodyVisited(
            "nothing was counted", field="person_times", value="0", remedy="give visits or services"
        )
    return (FacilityVisited(occurredon=on, kind=state.kind, person_times=person_times, services=services),)


def decide_close(state: Facility, on: date) -> tuple[FacilityClosed]:
    """For good; an accreditation in force falls with it."""
    _refuse_step(state, on, "closed_on", "in_use")
    running = _in_force(state, on)
    return (
        FacilityClosed(
            occurredon=on,
            kind=state.kind,
            complete=state.complete,
            scheme=state.scheme if running else None,
            falls_on=on if running else None,
            accredited_until=state.accredited_until if running else None,
        ),
    )


def evolve(state: Facility | None, event: FacilityEvent) -> Facility:
    """The facility after the event."""
    if isinstance(event, FacilityPlanned):
        return Facility(union=event.union, kind=event.kind, latest_on=event.occurredon)
    assert state is not None
    match event:
        case FacilityInspected():
            return state.model_copy(update={"complete": event.complete})
        case FacilityAccredited():
            said = {"scheme": event.scheme, "accredited_until": event.valid_until}
            return state.model_copy(update=said)
        case FacilityVisited():
            return state
        case FacilityBuilt() | FacilityOpened() | FacilityClosed():
            return state.model_copy(update={"stage": _STAGES[type(event)], "latest_on": event.occurredon})
        case _:
            assert_never(event)


_STAGES: Mapping[type[FacilityEvent], Stage] = {
    FacilityBuilt: "built",
    FacilityOpened: "in_use",
    FacilityClosed: "closed",
}


def _in_force(state: Facility, on: date) -> bool:
    return state.accredited_until is not None and on <= state.accredited_until


def _refuse_step(state: Facility, on: date, field: str, *stages: Stage) -> None:
    if state.stage not in stages:
        raise FacilityStageWrong(
            f"the facility is {state.stage}",
            field="facility",
            value=state.stage,
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
    if on < state.latest_on:
        raise BeforeFacilityStep(
            f"the step before it is of {state.latest_on}",
            field=field,
            value=str(on),
            remedy="give that day or a later one",
        )
