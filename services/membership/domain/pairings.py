"""An agreement of an excellent union with ordinary ones: proposed, signed, filled with activities, concluded.

Seven excellent and ten ordinary unions may make seven pairs: an agreement has one excellent union and as many
ordinary ones as it binds.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any, Literal, NamedTuple
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from services.membership.domain.applying import Deed
from services.membership.domain.dates import check_happened, check_not_before
from services.membership.domain.placed import At
from shared.catalogues import catalogue
from shared.contracts.membership import (
    PairingActivityHeld,
    PairingAgreementSigned,
    PairingConcluded,
    PairingProposed,
)
from shared.errors import Malformed, Refused
from shared.work.kinds import Claim

Stage = Literal["proposed", "signed", "concluded"]
EXCELLENT, ORDINARY = "excellent", "ordinary"


class PairedWithItself(Malformed):
    """A union is named twice in one agreement."""

    code = "paired-with-itself"


class PairingEndsEarly(Refused):
    """It would end before it begins."""

    code = "pairing-ends-early"


class PairingSigned(Refused):
    """It is signed, or concluded, already."""

    code = "pairing-not-proposed"


class PairingNotInForce(Refused):
    """It has not been signed, or has been concluded."""

    code = "pairing-not-in-force"


class PairingOver(Refused):
    """It has been concluded."""

    code = "pairing-concluded"


class Pairing(BaseModel):
    """State of an agreement; `activities` counts those held."""

    model_config = ConfigDict(frozen=True)

    excellent: UUID
    ordinary: tuple[UUID, ...]
    stage: Stage
    latest_on: date
    until: date | None = None
    activities: int = 0
    latest_activity: UUID | None = None

    @property
    def partners(self) -> dict[UUID, str]:
        """Every union it binds, with its role."""
        return {self.excellent: EXCELLENT} | dict.fromkeys(self.ordinary, ORDINARY)


class Proposal(NamedTuple):
    """One excellent union, one or more ordinary ones, and until when."""

    excellent: UUID
    ordinary: tuple[UUID, ...]
    until: date | None


def claims(pairing: Pairing) -> frozenset[Claim]:
    """Two unions have one agreement with one another at a time."""
    if pairing.stage == "concluded":
        return frozenset()
    return frozenset(claim_of(pairing.excellent, each) for each in pairing.ordinary)


def claim_of(excellent: UUID, ordinary: UUID) -> Claim:
    """Whichever of the two is the excellent one."""
    one, other = sorted((excellent, ordinary))
    return Claim("pairing", f"{one}/{other}")


def decide_propose(agreement: UUID, proposal: Proposal, deed: Deed) -> tuple[At, ...]:
    """Told at the excellent union."""
    check_happened(deed.on, deed.today)
    unions = (proposal.excellent, *proposal.ordinary)
    if len(set(unions)) != len(unions):
        raise PairedWithItself("a union is named twice", "ordinary", "", "name every union once")
    if proposal.until is not None and proposal.until < deed.on:
        raise PairingEndsEarly(
            "it ends before it is proposed", "until", proposal.until.isoformat(), "give a later day"
        )
    proposed = PairingProposed(
        occurredon=deed.on,
        agreement=agreement,
        role=EXCELLENT,
        excellent=proposal.excellent,
        ordinary=proposal.ordinary,
        until=proposal.until,
        recorder=deed.actor,
    )
    return (At(proposal.excellent, proposed),)


def decide_sign(agreement: UUID, pairing: Pairing, document: str | None, deed: Deed) -> tuple[At, ...]:
    """In force for every union it binds."""
    _check_date(pairing, deed)
    if pairing.stage != "proposed":
        raise PairingSigned(f"it is {pairing.stage}", "pairing", str(agreement), "propose another one")
    return tuple(
        At(unit, PairingAgreementSigned(**told, document=document))
        for unit, told in _told(agreement, pairing, deed.on)
    )


def decide_hold(agreement: UUID, pairing: Pairing, activity: tuple[UUID, str], deed: Deed) -> tuple[At, ...]:
    """An activity of a kind of the catalogue, while it is in force."""
    id_, kind = activity
    catalogue("pairing_activities").checked(kind, "kind")
    _check_date(pairing, deed)
    _check_in_force(agreement, pairing)
    return tuple(
        At(unit, PairingActivityHeld(**told, activity=id_, kind=kind))
        for unit, told in _told(agreement, pairing, deed.on)
    )


def decide_conclude(agreement: UUID, pairing: Pairing, outcome: str, deed: Deed) -> tuple[At, ...]:
    """Fulfilled or given up; also what was never signed."""
    catalogue("pairing_outcomes").checked(outcome, "outcome")
    _check_date(pairing, deed)
    if pairing.stage == "concluded":
        raise PairingOver("it is concluded", "pairing", str(agreement), "nothing to do")
    return tuple(
        At(unit, PairingConcluded(**told, signed=pairing.stage == "signed", outcome=outcome))
        for unit, told in _told(agreement, pairing, deed.on)
    )


def evolve(pairing: Pairing | None, event: Any) -> Pairing:
    """The next state; that an event is told at several unions changes it once."""
    if isinstance(event, PairingProposed):
        return Pairing(
            excellent=event.excellent,
            ordinary=event.ordinary,
            until=event.until,
            stage="proposed",
            latest_on=event.occurredon,
        )
    if pairing is None:
        raise TypeError(f"{type(event).__name__} before anybody proposed")
    return pairing.model_copy(update={"latest_on": event.occurredon, **_change(pairing, event)})


def _change(pairing: Pairing, event: Any) -> dict[str, Any]:
    match event:
        case PairingAgreementSigned():
            return {"stage": "signed"}
        case PairingActivityHeld() if event.activity == pairing.latest_activity:
            return {}
        case PairingActivityHeld():
            return {"activities": pairing.activities + 1, "latest_activity": event.activity}
        case PairingConcluded():
            return {"stage": "concluded"}
        case _:
            raise TypeError(f"{type(event).__name__} does not happen to a pairing")


def _told(agreement: UUID, pairing: Pairing, on: date) -> Iterator[tuple[UUID, dict[str, Any]]]:
    for unit, role in pairing.partners.items():
        yield unit, {"occurredon": on, "agreement": agreement, "role": role}


def _check_in_force(agreement: UUID, pairing: Pairing) -> None:
    if pairing.stage != "signed":
        raise PairingNotInForce(f"it is {pairing.stage}", "pairing", str(agreement), "sign it first")


def _check_date(pairing: Pairing, deed: Deed) -> None:
    check_happened(deed.on, deed.today)
    check_not_before(pairing.latest_on, deed.on)
