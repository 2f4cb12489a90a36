"""A grant to a union below: applied, approved by another, paid, accounted for to the fen.

Whatever leaves one of the two comes to the other on the same day, so over any tree that holds both, grants
out equal grants in.
"""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple, assert_never
from uuid import UUID

from shared.approval import refuse_own
from shared.contracts.finance import (
    GrantAccounted,
    GrantApplied,
    GrantApproved,
    GrantPaid,
    GrantReceived,
    GrantReturned,
    GrantTakenBack,
)
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.stages import refuse_step

GrantEvent = (
    GrantApplied | GrantApproved | GrantPaid | GrantReceived | GrantAccounted | GrantReturned | GrantTakenBack
)
HEAD = "grants_down"


class GranterNotAbove(Refused):
    """Grants go down the tree: the granter is above the receiver."""

    code = "granter-not-above"


class GrantBeyondApplication(Refused):
    """More than was asked for is not granted."""

    code = "grant-beyond-application"


class GrantNotAccountedWhole(Refused):
    """What was spent and what is returned have to be what was paid."""

    code = "grant-not-accounted-whole"


class Grant(Frozen):
    """`amount_fen` is what was applied for, then what was approved."""

    granter: UUID
    receiver: UUID
    purpose: str
    amount_fen: int
    recorder: str
    stage: str = "applied"
    since: date


class Application(NamedTuple):
    """What the receiver asks for; `above` are the unions above it."""

    granter: UUID
    receiver: UUID
    purpose: str
    amount_fen: int
    on: date
    above: Sequence[UUID]


class Accounting(NamedTuple):
    """What became of the money."""

    spent_fen: int
    returned_fen: int
    document: str
    on: date


def decide_apply(application: Application, recorder: str) -> tuple[GrantApplied]:
    """Asked of a union above."""
    if application.granter not in application.above:
        raise GranterNotAbove(
            "the granter is not above the receiver",
            field="granter",
            value=str(application.granter),
            remedy="name a union above the receiver",
        )
    return (
        GrantApplied(
            occurredon=application.on,
            granter=application.granter,
            receiver=application.receiver,
            purpose=application.purpose,
            amount_fen=application.amount_fen,
            recorder=recorder,
        ),
    )


def decide_approve(grant: Grant, amount_fen: int, on: date, approver: str) -> tuple[GrantApproved]:
    """In full or in part."""
    refuse_step(grant, ("applied",), on, "approved_on")
    refuse_own(grant.recorder, approver)
    if amount_fen > grant.amount_fen:
        raise GrantBeyondApplication(
            f"{grant.amount_fen} fen were applied for",
            field="amount_fen",
            value=str(amount_fen),
            remedy="approve at most that much",
        )
    return (
        GrantApproved(
            occurredon=on,
            receiver=grant.receiver,
            purpose=grant.purpose,
            applied_fen=grant.amount_fen,
            amount_fen=amount_fen,
            approver=approver,
        ),
    )


def decide_pay(
    id_: UUID, grant: Grant, evidence: str, on: date, warnings: tuple[str, ...] = ()
) -> tuple[GrantPaid, GrantReceived]:
    """Out of the granter, into the receiver."""
    refuse_step(grant, ("approved",), on, "paid_on")
    paid = GrantPaid(
        occurredon=on,
        receiver=grant.receiver,
        purpose=grant.purpose,
        amount_fen=grant.amount_fen,
        evidence=evidence,
        warnings=warnings,
        postings=moved(grant.amount_fen, to="grants_out", out_of="bank"),
    )
    received = GrantReceived(
        occurredon=on,
        grant=id_,
        granter=grant.granter,
        purpose=grant.purpose,
        amount_fen=grant.amount_fen,
        postings=moved(grant.amount_fen, to="bank", out_of="grants_in"),
    )
    return paid, received


def decide_account(grant: Grant, accounting: Accounting) -> tuple[GrantAccounted]:
    """For the whole of it at once: spent plus returned is what was paid."""
    refuse_step(grant, ("paid",), accounting.on, "accounted_on")
    if accounting.spent_fen + accounting.returned_fen != grant.amount_fen:
        raise GrantNotAccountedWhole(
            f"{grant.amount_fen} fen were paid",
            field="spent_fen",
            value=str(accounting.spent_fen),
            remedy="account for all of it: spent and returned together",
        )
    return (
        GrantAccounted(
            occurredon=accounting.on,
            receiver=grant.receiver,
            purpose=grant.purpose,
            paid_fen=grant.amount_fen,
            spent_fen=accounting.spent_fen,
            returned_fen=accounting.returned_fen,
            document=accounting.document,
        ),
    )


def returns(id_: UUID, grant: Grant, accounting: Accounting) -> tuple[GrantReturned, GrantTakenBack] | None:
    """How the rest goes back, None where all was spent."""
    if not accounting.returned_fen:
        return None
    back = accounting.returned_fen
    returned = GrantReturned(
        occurredon=accounting.on,
        grant=id_,
        granter=grant.granter,
        purpose=grant.purpose,
        amount_fen=back,
        postings=moved(back, to="grants_in", out_of="bank"),
    )
    taken = GrantTakenBack(
        occurredon=accounting.on,
        receiver=grant.receiver,
        purpose=grant.purpose,
        amount_fen=back,
        postings=moved(back, to="bank", out_of="grants_out"),
    )
    return returned, taken


def evolve(grant: Grant | None, event: GrantEvent) -> Grant:
    """The grant after the event."""
    if isinstance(event, GrantApplied):
        return Grant(**event.model_dump(exclude={"occurredon"}), since=event.occurredon)
    assert grant is not None
    changes: dict[str, object]
    match event:
        case GrantApproved():
            changes = {"stage": "approved", "amount_fen": event.amount_fen}
        case GrantPaid():
            changes = {"stage": "paid"}
        case GrantAccounted():
            changes = {"stage": "accounted"}
        case GrantReceived() | GrantReturned() | GrantTakenBack():
            return grant
        case _:
            assert_never(event)
    return grant.model_copy(update={**changes, "since": event.occurredon})
