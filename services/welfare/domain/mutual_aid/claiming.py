"""Claims: filed, reviewed by somebody else, paid or rejected (DOMAIN WEL-10).

Benefits are those of all own costs of an enrolment together: two bills of 2,000 yuan give what one of 4,000
gives, so nobody gains by splitting a bill.
"""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.mutual_aid.cover import Enrolment, Filed, MutualAidCover
from services.welfare.domain.mutual_aid.enrolling import living
from services.welfare.domain.mutual_aid.products import Terms, products
from services.welfare.domain.numbering import entry_id, owner_of
from shared.approval import refuse_own
from shared.contracts.money import moved
from shared.contracts.welfare import (
    MutualAidClaimFiled,
    MutualAidClaimPaid,
    MutualAidClaimRejected,
    MutualAidClaimReviewed,
)
from shared.errors import NotFound, Refused


class ClaimUnknown(NotFound):
    """There is no such claim."""

    code = "claim-unknown"


class FeeNotCollected(Refused):
    """Cover begins with the premium."""

    code = "fee-not-collected"


class ClaimOutsideCover(Refused):
    """The product does not cover this, or not on that day."""

    code = "claim-outside-cover"


class ClaimWithinWaiting(Refused):
    """It happened within the waiting time."""

    code = "claim-within-waiting"


class ClaimOnlyOnce(Refused):
    """The product pays once."""

    code = "claim-only-once"


class ClaimBeyondLimit(Refused):
    """More is asked for than the rule gives."""

    code = "claim-beyond-limit"


class ClaimStageWrong(Refused):
    """The claim is at another stage of its course."""

    code = "claim-stage-wrong"


class BeforeClaim(Refused):
    """The date lies before what it follows."""

    code = "before-claim"


class Bill(NamedTuple):
    """What a claim is for; `asked_fen` is the benefit that the applicant counts on, if one was named."""

    kind: str
    own_costs_fen: int
    asked_fen: int | None
    incurred_on: date
    on: date
    area: str


def decide_file(state: MutualAidCover, id_: UUID, bill: Bill, recorder: str) -> tuple[MutualAidClaimFiled]:
    """Judged by the rules in force on the day it happened."""
    enrolment = living(state, id_)
    terms = Terms(products()[state.product], bill.incurred_on, bill.area)
    _refuse_unpaid(enrolment, id_)
    _refuse_outside(enrolment, bill, terms)
    _refuse_waiting(enrolment, bill, terms)
    _refuse_second(state, id_, terms)
    _refuse_beyond(state, id_, bill, terms)
    if bill.on < bill.incurred_on:
        raise _before(bill.incurred_on, bill.on, "filed_on")
    return (
        MutualAidClaimFiled(
            occurredon=bill.on,
            enrolment=id_,
            period_number=enrolment.period_number,
            product=state.product,
            claim=entry_id(owner_of(id_), state.entries + 1),
            kind=bill.kind,
            own_costs_fen=bill.own_costs_fen,
            incurred_on=bill.incurred_on,
            recorder=recorder,
        ),
    )


def decide_review(
    state: MutualAidCover, id_: UUID, on: date, area: str, reviewer: str
) -> tuple[MutualAidClaimReviewed]:
    """The benefit of this claim: what all reviewed costs give, less what was given."""
    claim = _claim(state, id_, "filed")
    refuse_own(claim.recorder, reviewer)
    if on < claim.filed_on:
        raise _before(claim.filed_on, on, "reviewed_on")
    terms = Terms(products()[state.product], claim.incurred_on, area)
    enrolment = living(state, claim.enrolment)
    return (
        MutualAidClaimReviewed(
            occurredon=on,
            enrolment=claim.enrolment,
            period_number=enrolment.period_number,
            product=state.product,
            claim=id_,
            benefit_fen=_benefit(state, claim.enrolment, claim.own_costs_fen, terms),
            rule=terms.benefit_rule,
            reviewer=reviewer,
        ),
    )


def decide_pay(state: MutualAidCover, id_: UUID, on: date) -> tuple[MutualAidClaimPaid]:
    """What the review found, out of the pool."""
    claim = _claim(state, id_, "reviewed")
    if claim.decided_on and on < claim.decided_on:
        raise _before(claim.decided_on, on, "paid_on")
    return (
        MutualAidClaimPaid(
            occurredon=on,
            enrolment=claim.enrolment,
            period_number=state.enrolments[claim.enrolment].period_number,
            product=state.product,
            claim=id_,
            amount_fen=claim.benefit_fen,
            postings=moved(claim.benefit_fen, to="mutual_benefits", out_of="mutual_pool"),
        ),
    )


def decide_reject(
    state: MutualAidCover, id_: UUID, reason: str, on: date, reviewer: str
) -> tuple[MutualAidClaimRejected]:
    """Before it is paid, by another than its recorder."""
    claim = _claim(state, id_, "filed", "reviewed")
    refuse_own(claim.recorder, reviewer)
    since = claim.decided_on or claim.filed_on
    if on < since:
        raise _before(since, on, "rejected_on")
    return (
        MutualAidClaimRejected(
            occurredon=on,
            enrolment=claim.enrolment,
            period_number=state.enrolments[claim.enrolment].period_number,
            product=state.product,
            claim=id_,
            reason=reason,
            reviewer=reviewer,
        ),
    )


def claim_in(state: MutualAidCover | None, id_: UUID) -> Filed:
    """A claim of this cover; raises ClaimUnknown."""
    if state is None or id_ not in state.claims:
        raise ClaimUnknown(
            "there is no such claim",
            field="claim",
            value=str(id_),
            remedy="look at GET /v1/mutual-aid/covers",
        )
    return state.claims[id_]


def _claim(state: MutualAidCover, id_: UUID, *stages: str) -> Filed:
    claim = claim_in(state, id_)
    if claim.stage not in stages:
        raise ClaimStageWrong(
            f"the claim is {claim.stage}",
            field="claim",
            value=str(id_),
            remedy=f"this is done while it is {' or '.join(stages)}",
        )
    return claim


def _benefit(state: MutualAidCover, enrolment: UUID, costs_fen: int, terms: Terms) -> int:
    # A benefit of a fixed amount does not grow with the costs, so what was given comes off it, too.
    reviewed = [claim for claim in state.on(enrolment) if claim.stage != "filed"]
    before = sum(claim.own_costs_fen for claim in reviewed)
    given = sum(claim.benefit_fen for claim in reviewed)
    shares = state.enrolments[enrolment].shares
    return max(0, terms.benefit_fen(shares, before + costs_fen) - given)


def _refuse_unpaid(enrolment: Enrolment, id_: UUID) -> None:
    if not enrolment.collected_on:
        raise FeeNotCollected(
            "its premium has not come in",
            field="enrolment",
            value=str(id_),
            remedy="collect the fee first",
        )


def _refuse_outside(enrolment: Enrolment, bill: Bill, terms: Terms) -> None:
    product = terms.product
    if bill.kind != product.claim:
        raise ClaimOutsideCover(
            f"{product.id} covers {product.claim}",
            field="kind",
            value=bill.kind,
            remedy=f"see mutual_aid_products.{product.id}.claim",
        )
    if not enrolment.covers(bill.incurred_on):
        raise ClaimOutsideCover(
            f"cover runs from {enrolment.cover_from} to {enrolment.cover_until}",
            field="incurred_on",
            value=str(bill.incurred_on),
            remedy="name the enrolment that covered this day",
        )


def _refuse_waiting(enrolment: Enrolment, bill: Bill, terms: Terms) -> None:
    if enrolment.waiting_until and bill.incurred_on <= enrolment.waiting_until:
        raise ClaimWithinWaiting(
            f"rule {terms.key('waiting_days')} holds until {enrolment.waiting_until}",
            field="incurred_on",
            value=str(bill.incurred_on),
            remedy=f"see {terms.key('waiting_days')}",
        )


def _refuse_second(state: MutualAidCover, id_: UUID, terms: Terms) -> None:
    if terms.product.once_only and state.on(id_):
        raise ClaimOnlyOnce(
            f"{terms.product.id} pays once for an enrolment",
            field="enrolment",
            value=str(id_),
            remedy=f"see mutual_aid_products.{terms.product.id}.once_only",
        )


def _refuse_beyond(state: MutualAidCover, id_: UUID, bill: Bill, terms: Terms) -> None:
    limit = _benefit(state, id_, bill.own_costs_fen, terms)
    if bill.asked_fen is not None and bill.asked_fen > limit:
        raise ClaimBeyondLimit(
            f"rule {terms.benefit_rule} gives {limit} fen",
            field="asked_fen",
            value=str(bill.asked_fen),
            remedy=f"ask for at most {limit} fen, see {terms.benefit_rule}",
        )


def _before(day: date, on: date, field: str) -> BeforeClaim:
    return BeforeClaim(
        f"what it follows is of {day}", field=field, value=str(on), remedy="give that day or a later one"
    )
