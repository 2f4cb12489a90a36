"""Relief: applied for, approved, paid in money and goods, reversed (DOMAIN WEL-05 to WEL-07, WEL-13, FIN-15).

The money of a payment is drawn on funds, which post it; what others pay themselves is shown here alone.
"""

from datetime import date
from uuid import UUID

from pydantic import BaseModel, ConfigDict

from shared.contracts.base import released
from shared.contracts.welfare.base import WelfareEvent


class ReliefAbout(BaseModel):
    """What a case is about: programme, occasion, and who receives.

    `household` is that of a worker, whether there is an archive of it or not; `file_holder` says whether one
    was open. `people` and `households` are how many receive; for an employer, `people` are those who work
    there.
    `level` is that of a role model, `stage` that of a student, `none` for others.
    """

    model_config = ConfigDict(frozen=True)

    programme: str
    occasion: str
    campaign_year: int
    recipient: str
    person: UUID | None = None
    household: UUID | None = None
    employer: UUID | None = None
    people: int = 0
    households: int = 0
    level: str = "none"
    stage: str = "none"
    file_holder: bool = False


class GoodsGiven(BaseModel):
    """Goods of one kind with their value; `in_kind` were given to the union, not bought by it."""

    model_config = ConfigDict(frozen=True)

    item: str
    quantity: int
    value_fen: int
    in_kind: bool = False


class Portion(BaseModel):
    """A part of a payment and where it comes from; no fund where the money is not the union's."""

    model_config = ConfigDict(frozen=True)

    source: str
    fen: int
    fund: UUID | None = None


@released
class ReliefApplied(WelfareEvent):
    """Somebody applied or was nominated; `consent` is the number of a parent's consent, if one is needed."""

    about: ReliefAbout
    union: UUID
    requested_fen: int
    recorder: str
    consent: str = ""


@released
class ReliefApproved(WelfareEvent):
    """Approved, by somebody else than the recorder, up to an amount."""

    about: ReliefAbout
    requested_fen: int
    approved_fen: int
    recorder: str
    approver: str


@released
class ReliefRefused(WelfareEvent):
    """Refused, by somebody else than the recorder."""

    about: ReliefAbout
    refusal: str
    recorder: str
    approver: str


@released
class ReliefWithdrawn(WelfareEvent):
    """Taken back before anything was paid."""

    about: ReliefAbout


@released
class ReliefPaid(WelfareEvent):
    """Paid on `occurredon`: cash, vouchers and goods make the amount, and the portions add up to it.

    `receipt` is the number of the signed receipt; `warnings` what looked odd and was done all the same.
    """

    about: ReliefAbout
    payer: str
    cash_fen: int
    voucher_fen: int
    goods_fen: int
    amount_fen: int
    goods: tuple[GoodsGiven, ...]
    portions: tuple[Portion, ...]
    receipt: str = ""
    warnings: tuple[str, ...] = ()


@released
class ReliefReversed(WelfareEvent):
    """The whole payment of `paid_on` is taken back."""

    about: ReliefAbout
    payer: str
    cash_fen: int
    voucher_fen: int
    goods_fen: int
    amount_fen: int
    goods: tuple[GoodsGiven, ...]
    portions: tuple[Portion, ...]
    paid_on: date


@released
class ReliefCounted(WelfareEvent):
    """A payment counts towards the yearly cap of a programme, for a person or a union's every member.

    `fen` is below zero for a reversal; `total_fen` is what the year has come to.
    """

    of: UUID
    year: int
    programme: str
    case: UUID
    fen: int
    total_fen: int
