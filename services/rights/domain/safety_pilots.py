"""Unions that try out how to take part in work safety: committee, cards and boxes, agreement."""

from datetime import date
from typing import assert_never
from uuid import UUID

from shared.catalogues import catalogue
from shared.contracts.rights import (
    SafetyAgreementSigned,
    SafetyCommitteeFormed,
    SafetyItemsIssued,
    SafetyPilotEnded,
    SafetyPilotSelected,
)
from shared.frozen import Frozen
from shared.stages import refuse_step

PilotEvent = (
    SafetyPilotSelected | SafetyCommitteeFormed | SafetyItemsIssued | SafetyAgreementSigned | SafetyPilotEnded
)


class Pilot(Frozen):
    """The pilot of one union."""

    union: UUID
    committee: bool = False
    stage: str = "selected"
    since: date


def decide_committee(pilot: Pilot, members: int, on: date) -> tuple[SafetyCommitteeFormed]:
    """First of all."""
    refuse_step(pilot, ("selected",), on, "formed_on")
    return (SafetyCommitteeFormed(occurredon=on, members=members),)


def decide_issue(pilot: Pilot, kind: str, items: int, on: date) -> tuple[SafetyItemsIssued]:
    """While it runs."""
    catalogue("safety_items").checked(kind, "kind")
    refuse_step(pilot, ("running", "agreed"), on, "issued_on")
    return (SafetyItemsIssued(occurredon=on, kind=kind, items=items),)


def decide_sign(pilot: Pilot, document: str, on: date) -> tuple[SafetyAgreementSigned]:
    """Once, by a union with a committee."""
    refuse_step(pilot, ("running",), on, "signed_on")
    return (SafetyAgreementSigned(occurredon=on, document=document),)


def decide_end(pilot: Pilot, on: date) -> tuple[SafetyPilotEnded]:
    """At any stage."""
    refuse_step(pilot, ("selected", "running", "agreed"), on, "ended_on")
    return (SafetyPilotEnded(occurredon=on, committee=pilot.committee),)


def evolve(pilot: Pilot | None, event: PilotEvent) -> Pilot:
    """The pilot after the event."""
    if isinstance(event, SafetyPilotSelected):
        return Pilot(union=event.union, since=event.occurredon)
    assert pilot is not None
    match event:
        case SafetyItemsIssued():
            return pilot
        case SafetyCommitteeFormed():
            changes: dict[str, object] = {"stage": "running", "committee": True}
        case SafetyAgreementSigned():
            changes = {"stage": "agreed"}
        case SafetyPilotEnded():
            changes = {"stage": "ended"}
        case _:
            assert_never(event)
    return pilot.model_copy(update={**changes, "since": event.occurredon})
