"""Mutual medical aid: periods, enrolments by product, fees, claims (DOMAIN WEL-08 to WEL-11).

A claim tells which cover it is of and what it cost, never the illness; who was ill is not said at all.
"""

from datetime import date
from uuid import UUID

from shared.contracts.base import released
from shared.contracts.money import Posted
from shared.contracts.welfare.base import WelfareEvent


@released
class MutualAidPeriodOpened(WelfareEvent):
    """A period has a number of its organiser's, which tells no year; products are of the catalogue."""

    organiser: UUID
    number: int
    products: tuple[str, ...]
    enrol_from: date
    enrol_until: date
    starts_on: date
    ends_on: date


@released
class MutualAidCollectingBegun(WelfareEvent):
    """From now on people are enrolled."""

    number: int


@released
class MutualAidPeriodInForce(WelfareEvent):
    """From now on claims are taken."""

    number: int


@released
class MutualAidPeriodClosed(WelfareEvent):
    """Settled: premiums less those paid back = benefits + what is held.

    Nobody enrols afterwards; what is held pays for covers that run on, and for claims not yet decided.
    """

    number: int
    premiums_fen: int
    benefits_fen: int
    held_fen: int
    recorder: str


@released
class MutualAidUnitConfirmed(WelfareEvent):
    """An employer's workers and those of them who are insured in a period, as the union declares them."""

    union: UUID
    period: UUID
    period_number: int
    employer: UUID
    workers: int
    insured: int
    fully_insured: bool
    old_fully_insured: bool = False
    warnings: tuple[str, ...] = ()


class OfProduct(WelfareEvent):
    """Something about one enrolment: one person, one product, one period."""

    enrolment: UUID
    period_number: int
    product: str


@released
class MutualAidEnrolled(OfProduct):
    """A person holds shares of a product; the premium is that of product, shares and years (DOMAIN WEL-11).

    `insured_unit` is the employer, else the union. Cover runs from `cover_from` to `cover_until`, both
    included; nothing is paid for what happened up to `waiting_until` (None: there is no waiting time).
    """

    period: UUID
    person: UUID
    union: UUID
    insured_unit: UUID
    sex: str
    standing: str | None
    shares: int
    years: int
    premium_fen: int
    payer: str
    on_time: bool
    renewed: bool
    cover_from: date
    cover_until: date
    waiting_until: date | None
    warnings: tuple[str, ...] = ()


@released
class MutualAidFeeCollected(Posted, OfProduct):
    """The premium of one enrolment came in."""

    payer: str
    amount_fen: int


@released
class MutualAidEnrolmentCancelled(Posted, OfProduct):
    """The enrolment was wrong; what had been collected goes back."""

    person: UUID
    insured_unit: UUID
    sex: str
    payer: str
    premium_fen: int
    refund_fen: int
    cover_from: date
    cover_until: date


class OfClaim(OfProduct):
    """Something about one claim."""

    claim: UUID


@released
class MutualAidClaimFiled(OfClaim):
    """Own costs of something that happened on `incurred_on`."""

    kind: str
    own_costs_fen: int
    incurred_on: date
    recorder: str


@released
class MutualAidClaimReviewed(OfClaim):
    """The benefit by the rule of this name; the reviewer is another than the recorder."""

    benefit_fen: int
    rule: str
    reviewer: str


@released
class MutualAidClaimPaid(Posted, OfClaim):
    """The benefit went out."""

    amount_fen: int


@released
class MutualAidClaimRejected(OfClaim):
    """Nothing is paid, for a reason of the catalogue."""

    reason: str
    reviewer: str
