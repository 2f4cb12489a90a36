"""Everything one person ever held of one product: enrolments by period, and the claims made on them.

One person may hold several products; each is a cover of its own, so enrolments and insured people are two
figures. Of what somebody was ill is not kept: a claim has its costs and the benefit.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any, Literal, assert_never
from uuid import UUID

from services.welfare.domain.numbering import number_of, owner_id
from shared.contracts.welfare import (
    MutualAidClaimFiled,
    MutualAidClaimPaid,
    MutualAidClaimRejected,
    MutualAidClaimReviewed,
    MutualAidEnrolled,
    MutualAidEnrolmentCancelled,
    MutualAidFeeCollected,
)
from shared.frozen import Frozen

CoverEvent = (
    MutualAidEnrolled
    | MutualAidFeeCollected
    | MutualAidEnrolmentCancelled
    | MutualAidClaimFiled
    | MutualAidClaimReviewed
    | MutualAidClaimPaid
    | MutualAidClaimRejected
)

Changed = dict[str, Any]


class Enrolment(Frozen):
    """Shares of the product for one period; cover runs over both dates included."""

    period: UUID
    period_number: int
    union: UUID
    insured_unit: UUID
    sex: str
    shares: int
    payer: str
    premium_fen: int
    enrolled_on: date
    cover_from: date
    cover_until: date
    waiting_until: date | None
    collected_on: date | None = None
    cancelled: bool = False

    def covers(self, day: date) -> bool:
        """Whether this day is insured, waiting time included."""
        return not self.cancelled and self.cover_from <= day <= self.cover_until


class Filed(Frozen):
    """One claim on an enrolment."""

    enrolment: UUID
    own_costs_fen: int
    incurred_on: date
    filed_on: date
    recorder: str
    stage: Literal["filed", "reviewed", "paid", "rejected"] = "filed"
    decided_on: date | None = None
    benefit_fen: int = 0


class MutualAidCover(Frozen):
    """`entries` is the last number given to an enrolment or claim; `union` is of the latest enrolment."""

    person: UUID
    product: str
    union: UUID
    entries: int = 0
    enrolments: Mapping[UUID, Enrolment] = {}
    claims: Mapping[UUID, Filed] = {}

    def on(self, enrolment: UUID) -> tuple[Filed, ...]:
        """The claims on one enrolment that were not rejected."""
        return tuple(
            claim
            for claim in self.claims.values()
            if claim.enrolment == enrolment and claim.stage != "rejected"
        )

    @property
    def premiums_fen(self) -> int:
        """Collected and not paid back."""
        held = (each for each in self.enrolments.values() if each.collected_on and not each.cancelled)
        return sum(each.premium_fen for each in held)

    @property
    def benefits_fen(self) -> int:
        """Paid out."""
        return sum(claim.benefit_fen for claim in self.claims.values() if claim.stage == "paid")


def cover_id(person: UUID, product: str) -> UUID:
    """A person's cover by one product, over all periods."""
    return owner_id(f"cover/{person}/{product}")


def evolve(state: MutualAidCover | None, event: CoverEvent) -> MutualAidCover:
    """The cover after the event; the first enrolment begins it."""
    if isinstance(event, MutualAidEnrolled):
        begun = MutualAidCover(person=event.person, product=event.product, union=event.union)
        return _enrolled(state or begun, event)
    assert state is not None
    match event:
        case MutualAidFeeCollected():
            return _on_enrolment(state, event.enrolment, collected_on=event.occurredon)
        case MutualAidEnrolmentCancelled():
            return _on_enrolment(state, event.enrolment, cancelled=True)
        case MutualAidClaimFiled():
            return _filed(state, event)
        case _:
            return _on_claim(state, event.claim, **_decided(event))


def _decided(event: MutualAidClaimReviewed | MutualAidClaimPaid | MutualAidClaimRejected) -> Changed:
    match event:
        case MutualAidClaimReviewed():
            return {"stage": "reviewed", "decided_on": event.occurredon, "benefit_fen": event.benefit_fen}
        case MutualAidClaimPaid():
            return {"stage": "paid"}
        case MutualAidClaimRejected():
            return {"stage": "rejected", "decided_on": event.occurredon, "benefit_fen": 0}
        case _:
            assert_never(event)


def _enrolled(state: MutualAidCover, event: MutualAidEnrolled) -> MutualAidCover:
    enrolment = Enrolment(
        period=event.period,
        period_number=event.period_number,
        union=event.union,
        insured_unit=event.insured_unit,
        sex=event.sex,
        shares=event.shares,
        payer=event.payer,
        premium_fen=event.premium_fen,
        enrolled_on=event.occurredon,
        cover_from=event.cover_from,
        cover_until=event.cover_until,
        waiting_until=event.waiting_until,
    )
    return state.model_copy(
        update={
            "union": event.union,
            "entries": number_of(event.enrolment),
            "enrolments": {**state.enrolments, event.enrolment: enrolment},
        }
    )


def _filed(state: MutualAidCover, event: MutualAidClaimFiled) -> MutualAidCover:
    claim = Filed(
        enrolment=event.enrolment,
        own_costs_fen=event.own_costs_fen,
        incurred_on=event.incurred_on,
        filed_on=event.occurredon,
        recorder=event.recorder,
    )
    claims = {**state.claims, event.claim: claim}
    return state.model_copy(update={"entries": number_of(event.claim), "claims": claims})


def _on_enrolment(state: MutualAidCover, id_: UUID, **changed: Any) -> MutualAidCover:
    after = state.enrolments[id_].model_copy(update=changed)
    return state.model_copy(update={"enrolments": {**state.enrolments, id_: after}})


def _on_claim(state: MutualAidCover, id_: UUID, **changed: Any) -> MutualAidCover:
    after = state.claims[id_].model_copy(update=changed)
    return state.model_copy(update={"claims": {**state.claims, id_: after}})
