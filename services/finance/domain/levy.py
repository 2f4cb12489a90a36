"""The preparation levy of one employer at one higher union (DOMAIN FIN-08, FIN-09, FIN-10).

At every moment: received = refunded + converted + balance.
"""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID, uuid5

from services.finance.domain import periods
from services.finance.domain.allowing import Payer, ground_for
from services.finance.domain.local import local_rule
from services.finance.domain.sharing import SMALL
from shared.contracts.finance import (
    PreparationFundAssessed,
    PreparationFundConverted,
    PreparationFundReceived,
    PreparationFundRefunded,
    PreparationFundShareReceived,
)
from shared.contracts.money import moved
from shared.errors import Refused
from shared.frozen import Frozen
from shared.rules import rule
from shared.shares import WHOLE_BP, divided, part_of

LevyEvent = (
    PreparationFundAssessed | PreparationFundReceived | PreparationFundConverted | PreparationFundRefunded
)

_NAMESPACE = UUID("0f0a5e0e-4a0b-5a6c-9f1e-7a4be52d1b66")


class LevyAlreadyAssessed(Refused):
    """The employer already owes the levy for (part of) this period."""

    code = "levy-already-assessed"


class LevyRoundsToNothing(Refused):
    """The payroll is so small that the levy is less than half a fen."""

    code = "levy-rounds-to-nothing"


class LevyBeyondBalance(Refused):
    """More than the higher union still holds of this employer."""

    code = "levy-beyond-balance"


class NothingToConvert(Refused):
    """Nothing is held of this employer."""

    code = "nothing-to-convert"


class PreparationLevy(Frozen):
    """What one employer owes and has paid; `assessed` by period."""

    unit: UUID
    employer: UUID
    assessed: Mapping[str, int] = {}
    received_fen: int = 0
    refunded_fen: int = 0
    returned_fen: int = 0
    kept_fen: int = 0
    receipts: int = 0

    @property
    def balance_fen(self) -> int:
        """Held, neither refunded nor converted."""
        return self.received_fen - self.refunded_fen - self.returned_fen - self.kept_fen


class LevyDemand(NamedTuple):
    """Exactly one of `payroll_fen`, and `amount_fen` as the assessor has it."""

    period: str
    payroll_fen: int | None
    amount_fen: int | None
    on: date


class LevyPayment(NamedTuple):
    """What came in from the employer."""

    period: str
    channel: str
    amount_fen: int
    on: date
    receipt: UUID


@lru_cache(maxsize=65536)
def levy_id(unit: UUID, employer: UUID) -> UUID:
    """The levy of an employer at a higher union."""
    return uuid5(_NAMESPACE, f"preparation-levy/{unit}/{employer}")


def decide_assess(levy: PreparationLevy, demand: LevyDemand, payer: Payer) -> tuple[PreparationFundAssessed]:
    """2 % of wages by default; raises what `ground_for` raises while the employer may not be levied."""
    period = periods.parse(demand.period)
    ground = ground_for(payer, period, demand.on)
    for earlier in levy.assessed:
        if periods.parse(earlier).overlaps(period):
            raise LevyAlreadyAssessed(
                f"{earlier} has been assessed",
                field="period",
                value=demand.period,
                remedy="assess another period",
            )
    rate = rule("levy.rate_bp", period.first, payer.area) if demand.payroll_fen is not None else 0
    fen = demand.amount_fen or part_of(demand.payroll_fen or 0, rate)
    if not fen:
        raise LevyRoundsToNothing(
            "the levy of this payroll is less than half a fen",
            field="payroll_fen",
            value=str(demand.payroll_fen),
            remedy="give the payroll in fen, not in yuan",
        )
    return (
        PreparationFundAssessed(
            occurredon=demand.on,
            employer=levy.employer,
            period=demand.period,
            payroll_fen=demand.payroll_fen or 0,
            rate_bp=rate,
            amount_fen=fen,
            basis=ground.basis,
            basis_on=ground.on,
        ),
    )


def decide_receive(
    levy: PreparationLevy, payment: LevyPayment, payer: Payer
) -> tuple[PreparationFundReceived]:
    """For an assessed period, or for one for which the employer may be levied."""
    if payment.period not in levy.assessed:
        ground_for(payer, periods.parse(payment.period), payment.on)
    return (
        PreparationFundReceived(
            occurredon=payment.on,
            employer=levy.employer,
            receipt=payment.receipt,
            period=payment.period,
            channel=payment.channel,
            amount_fen=payment.amount_fen,
            postings=moved(payment.amount_fen, to="levy_bank", out_of="levy"),
        ),
    )


class NewUnion(NamedTuple):
    """Who gets the share, by the rules of which area, of a payer of which size if that is known."""

    union: UUID
    area: str
    payer_size: str | None = None


def decide_convert(
    levy: PreparationLevy, new: NewUnion, on: date
) -> tuple[PreparationFundConverted, PreparationFundShareReceived]:
    """The whole balance, divided by the rule of the day and area; by default the grassroots share."""
    if levy.balance_fen <= 0:
        raise NothingToConvert(
            "nothing is held of this employer",
            field="levy",
            value=str(levy_id(levy.unit, levy.employer)),
            remedy="nothing is to be done",
        )
    return_bp = _return_bp(new, on)
    returned, kept = divided(levy.balance_fen, (return_bp, WHOLE_BP - return_bp))
    converted = PreparationFundConverted(
        occurredon=on,
        employer=levy.employer,
        union=new.union,
        return_bp=return_bp,
        amount_fen=levy.balance_fen,
        returned_fen=returned,
        kept_fen=kept,
        postings=(
            *moved(returned, to="levy_returned", out_of="levy_bank"),
            *moved(kept, to="bank", out_of="levy_bank"),
        ),
    )
    arrived = PreparationFundShareReceived(
        occurredon=on,
        employer=levy.employer,
        holder=levy.unit,
        amount_fen=returned,
        postings=moved(returned, to="bank", out_of="levy_share"),
    )
    return converted, arrived


def decide_refund(levy: PreparationLevy, amount_fen: int, on: date) -> tuple[PreparationFundRefunded]:
    """Back to the employer, at most what is held."""
    if amount_fen > levy.balance_fen:
        raise LevyBeyondBalance(
            f"{levy.balance_fen} fen are held of this employer",
            field="amount_fen",
            value=str(amount_fen),
            remedy=f"refund at most {levy.balance_fen} fen",
        )
    return (
        PreparationFundRefunded(
            occurredon=on,
            employer=levy.employer,
            amount_fen=amount_fen,
            postings=moved(amount_fen, to="levy_refunded", out_of="levy_bank"),
        ),
    )


def evolve(levy: PreparationLevy, event: LevyEvent) -> PreparationLevy:
    """The levy after the event."""
    match event:
        case PreparationFundAssessed(period=period, amount_fen=fen):
            return levy.model_copy(update={"assessed": {**levy.assessed, period: fen}})
        case PreparationFundReceived(amount_fen=fen):
            return _more(levy, received_fen=fen, receipts=1)
        case PreparationFundConverted(returned_fen=returned, kept_fen=kept):
            return _more(levy, returned_fen=returned, kept_fen=kept)
        case PreparationFundRefunded(amount_fen=fen):
            return _more(levy, refunded_fen=fen)


def _return_bp(new: NewUnion, on: date) -> int:
    small = local_rule("levy.return_small_bp", on, new.area) if new.payer_size in SMALL else None
    return rule("levy.return_bp", on, new.area) if small is None else small


def _more(levy: PreparationLevy, **by: int) -> PreparationLevy:
    return levy.model_copy(update={name: getattr(levy, name) + fen for name, fen in by.items()})
