"""What may be done with a case, and when (DOMAIN RIG-15 to RIG-17)."""

from datetime import date, timedelta
from typing import NamedTuple, TypedDict
from uuid import UUID

from services.rights.domain.case_kinds import (
    ReferralDoesNotFit,
    referrals,
    refuse_result,
    refuse_topic,
    refuse_unless_answered,
    refuse_unless_mediated,
    refuse_way,
)
from services.rights.domain.cases import Case
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
from shared.errors import Malformed, Refused
from shared.rules import rule_or_none
from shared.stages import refuse_out_of_turn, refuse_step

TAKEN_ON = ("accepted", "in_progress")
COLLECTIVE_OF_ONE = "collective-case-of-one-worker"
PAID_BEYOND_AGREED = "paid-beyond-agreed"
AGREED_BEYOND_CLAIMED = "agreed-beyond-claimed"
MEDIATOR_NOT_OF_BODY = "mediator-not-of-the-organisation"


class CollectiveOfOne(Malformed):
    """A collective case concerns several workers."""

    code = COLLECTIVE_OF_ONE


class AppliedAfterStart(Malformed):
    """Mediation is applied for before it starts, and not before the case was received."""

    code = "application-date-odd"


class ClaimUnchanged(Refused):
    """The amount is the one that is known."""

    code = "claim-unchanged"


class Mediation(NamedTuple):
    """By which body and person it is taken up; `of_body`: whether the person is known to serve there."""

    body: str
    organisation: UUID | None
    mediator: UUID | None
    of_body: bool | None
    applied_on: date
    on: date


class _Same(TypedDict):
    occurredon: date
    series: str
    topic: str
    workers: int


class _Mediating(_Same):
    in_mediation: bool
    in_time_due: date | None
    overdue_to: date | None


def decide_receive(received: CaseReceived) -> tuple[CaseReceived]:
    """Counts once, however many it concerns."""
    refuse_topic(received.series, received.topic)
    if received.collective and received.workers < 2:
        raise CollectiveOfOne(
            "one worker is not a collective",
            field="workers",
            value=str(received.workers),
            remedy="count the workers concerned, or leave collective out",
        )
    return (received,)


def decide_accept(case: Case, on: date) -> tuple[CaseAccepted]:
    """Once."""
    refuse_step(case, ("received",), on, "accepted_on")
    return (CaseAccepted(**_same(case, on)),)


def decide_handle(case: Case, way: str, handler: UUID | None, on: date) -> tuple[CaseHandled]:
    """In one way after the other, until something comes of it."""
    refuse_step(case, TAKEN_ON, on, "handled_on")
    refuse_way(case.series, way)
    return (CaseHandled(**_same(case, on), way=way, handler=handler),)


def decide_mediate(case: Case, taken: Mediation, area: str) -> tuple[CaseMediationStarted]:
    """The term runs from the application (DOMAIN RIG-15)."""
    refuse_unless_mediated(case.series)
    refuse_step(case, TAKEN_ON, taken.on, "started_on")
    if taken.applied_on > taken.on:
        raise AppliedAfterStart(
            f"mediation starts on {taken.on}",
            field="applied_on",
            value=str(taken.applied_on),
            remedy="give that day or an earlier one",
        )
    days = rule_or_none("cases.mediation_days", taken.applied_on, area)
    return (
        CaseMediationStarted(
            **_same(case, taken.on),
            body=taken.body,
            organisation=taken.organisation,
            mediator=taken.mediator,
            applied_on=taken.applied_on,
            due_on=taken.applied_on + timedelta(days) if days is not None else None,
            warnings=(MEDIATOR_NOT_OF_BODY,) if taken.of_body is False else (),
        ),
    )


def decide_settle(case: Case, agreed_fen: int, document: str, on: date) -> tuple[CaseSettled]:
    """Also after the term, and after mediation failed (DOMAIN RIG-15)."""
    refuse_step(case, ("in_progress", "mediating", "failed"), on, "settled_on")
    return (
        CaseSettled(
            **_mediating(case, on),
            mediated=case.mediated,
            agreed_fen=agreed_fen,
            document=document,
            warnings=(AGREED_BEYOND_CLAIMED,) if agreed_fen > case.claimed_fen else (),
        ),
    )


def decide_fail(case: Case, on: date) -> tuple[CaseMediationFailed]:
    """The parties do not agree."""
    refuse_step(case, ("mediating",), on, "failed_on")
    return (CaseMediationFailed(**_mediating(case, on)),)


def decide_refer(case: Case, referral: str, document: str, on: date) -> tuple[CaseReferred]:
    """A payment order only after, everything else only without a settlement (DOMAIN RIG-16)."""
    after = referrals().checked(referral, "referral").after_settlement
    refuse_step(case, (*TAKEN_ON, "mediating", "failed", "settled"), on, "referred_on")
    if after != (case.stage == "settled"):
        raise ReferralDoesNotFit(
            f"the case is {case.stage}",
            field="referral",
            value=referral,
            remedy="settle it first" if after else "an agreement that is not kept goes to payment_order",
        )
    return (
        CaseReferred(**_mediating(case, on), referral=referral, after_settlement=after, document=document),
    )


def decide_answer(case: Case, document: str, on: date) -> tuple[CaseAnswered]:
    """Of a petition."""
    refuse_unless_answered(case.series)
    refuse_step(case, TAKEN_ON, on, "answered_on")
    return (CaseAnswered(**_same(case, on), document=document),)


def decide_claim(case: Case, claimed_fen: int, on: date) -> tuple[CaseClaimChanged]:
    """While the case is open."""
    _refuse_ended(case)
    if claimed_fen == case.claimed_fen:
        raise ClaimUnchanged(
            "that is the amount known",
            field="claimed_fen",
            value=str(claimed_fen),
            remedy="nothing is to be done",
        )
    return (CaseClaimChanged(**_same(case, on), claimed_fen=claimed_fen, old_fen=case.claimed_fen),)


def decide_pay(case: Case, fen: int, on: date) -> tuple[CaseAmountPaid]:
    """Also after the case is closed; warns beyond what was agreed."""
    refuse_out_of_turn(case, "in_progress", "settled", "referred", "closed")
    paid = case.paid_fen + fen
    beyond = case.agreed_fen and paid > case.agreed_fen
    return (
        CaseAmountPaid(
            **_same(case, on), fen=fen, paid_fen=paid, warnings=(PAID_BEYOND_AGREED,) if beyond else ()
        ),
    )


def decide_close(case: Case, result: str, on: date) -> tuple[CaseClosed]:
    """With a result that fits how it went."""
    refuse_step(
        case, ("received", "in_progress", "settled", "failed", "referred", "answered"), on, "closed_on"
    )
    refuse_result(result, case.stage)
    return (CaseClosed(**_same(case, on), result=result),)


def decide_withdraw(case: Case, on: date) -> tuple[CaseWithdrawn]:
    """Before anything came of it."""
    refuse_step(case, ("received", *TAKEN_ON, "mediating", "failed"), on, "withdrawn_on")
    return (CaseWithdrawn(**_mediating(case, on)),)


def _refuse_ended(case: Case) -> None:
    refuse_out_of_turn(case, "received", *TAKEN_ON, "mediating", "failed", "settled", "referred", "answered")


def _same(case: Case, on: date) -> _Same:
    return {"occurredon": on, "series": case.series, "topic": case.topic, "workers": case.workers}


def _mediating(case: Case, on: date) -> _Mediating:
    due, mediating = case.due_on, case.stage == "mediating"
    in_time = due is not None and on <= due
    return {
        **_same(case, on),
        "in_mediation": mediating,
        "in_time_due": due if in_time else None,
        "overdue_to": on if due is not None and not in_time else None,
    }
