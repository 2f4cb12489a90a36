"""A case from its receipt to its closing; the rules are in `casework` (DOMAIN RIG-15 to RIG-17, RIG-19)."""

from datetime import date
from uuid import UUID

from shared.contracts import Event
from shared.contracts.rights import (
    CaseAccepted,
    CaseAmountPaid,
    CaseAnswered,
    CaseClaimChanged,
    CaseClosed,
    CaseHandled,
    CaseMediationFailed,
    CaseMediationStarted,
    CaseReceived,
    CaseReferred,
    CaseSettled,
    CaseWithdrawn,
)
from shared.frozen import Frozen

Step = (
    CaseAccepted
    | CaseHandled
    | CaseMediationStarted
    | CaseMediationFailed
    | CaseSettled
    | CaseReferred
    | CaseAnswered
    | CaseClosed
    | CaseWithdrawn
)
CaseEvent = CaseReceived | CaseClaimChanged | CaseAmountPaid | Step


_STAGES: dict[type[Event], str] = {
    CaseAccepted: "accepted",
    CaseHandled: "in_progress",
    CaseMediationStarted: "mediating",
    CaseMediationFailed: "failed",
    CaseSettled: "settled",
    CaseReferred: "referred",
    CaseAnswered: "answered",
    CaseClosed: "closed",
    CaseWithdrawn: "withdrawn",
}


class Case(Frozen):
    """One case; `due_on` is the last day of the mediation's term, `mediated` whether it was ever taken up."""

    union: UUID
    series: str
    topic: str
    employer: UUID | None
    workers: int
    collective: bool
    claimed_fen: int
    agreed_fen: int = 0
    paid_fen: int = 0
    mediated: bool = False
    due_on: date | None = None
    stage: str = "received"
    since: date


def evolve(case: Case | None, event: CaseEvent) -> Case:
    """The case after the event."""
    if isinstance(event, CaseReceived):
        return Case(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert case is not None
    match event:
        case CaseClaimChanged():
            return case.model_copy(update={"claimed_fen": event.claimed_fen})
        case CaseAmountPaid():
            return case.model_copy(update={"paid_fen": event.paid_fen})
        case CaseMediationStarted():
            changes: dict[str, object] = {"mediated": True, "due_on": event.due_on}
        case CaseSettled():
            changes = {"agreed_fen": event.agreed_fen, "due_on": None}
        case _:
            changes = {"due_on": None}
    return case.model_copy(update={**changes, "stage": _STAGES[type(event)], "since": event.occurredon})
