"""The hardship fund of an enterprise, in integer fen: never below zero on any business date."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never
from uuid import UUID, uuid5

from pydantic import BaseModel, ConfigDict

from services.welfare.domain.dated import available, changed
from services.welfare.domain.entries import refuse_earlier
from services.welfare.domain.funding import MoneyLeft, PaymentBeyondBalance
from shared.contracts.money import moved
from shared.contracts.welfare import (
    HardshipFundClosed,
    HardshipFundContributed,
    HardshipFundEstablished,
    HardshipFundPaid,
    HardshipFundReclassified,
)
from shared.errors import Refused

EmployerFundEvent = (
    HardshipFundEstablished
    | HardshipFundReclassified
    | HardshipFundContributed
    | HardshipFundPaid
    | HardshipFundClosed
)

_NAMESPACE = UUID("8f6c7a55-9b1b-5d0f-8d5c-0a8a3c6c2a44")


class EmployerFundExists(Refused):
    """An employer has one hardship fund."""

    code = "hardship-fund-exists"


class EmployerFundClosed(Refused):
    """A closed fund takes and gives no more."""

    code = "hardship-fund-closed"


class ScaleUnchanged(Refused):
    """It stands so already."""

    code = "scale-unchanged"


class EmployerFund(BaseModel):
    """`days` has the net change of every business date on which money moved."""

    model_config = ConfigDict(frozen=True)

    union: UUID
    employer: UUID
    above_scale: bool
    established_on: date
    open: bool = True
    contributed_fen: int = 0
    paid_fen: int = 0
    days: Mapping[date, int] = {}

    @property
    def left_fen(self) -> int:
        """In the fund after everything that is known."""
        return self.contributed_fen - self.paid_fen


def employer_fund_id(employer: UUID) -> UUID:
    """There is one per employer."""
    return uuid5(_NAMESPACE, f"hardship-fund/{employer}")


def evolve(fund: EmployerFund | None, event: EmployerFundEvent) -> EmployerFund:
    """The fund after the event; a fund may be established again after it was closed."""
    if isinstance(event, HardshipFundEstablished):
        return EmployerFund(
            union=event.union,
            employer=event.employer,
            above_scale=event.above_scale,
            established_on=event.occurredon,
        )
    assert fund is not None, "a fund is established first"
    match event:
        case HardshipFundReclassified():
            return fund.model_copy(update={"above_scale": event.above_scale})
        case HardshipFundContributed(fen=fen):
            return _with(fund, event.occurredon, fen, contributed_fen=fund.contributed_fen + fen)
        case HardshipFundPaid(fen=fen):
            return _with(fund, event.occurredon, -fen, paid_fen=fund.paid_fen + fen)
        case HardshipFundClosed():
            return fund.model_copy(update={"open": False})
        case _:
            assert_never(event)


def decide_establish(
    fund: EmployerFund | None, first: HardshipFundEstablished
) -> tuple[HardshipFundEstablished]:
    """A fund where there is none, or no longer one."""
    if fund is not None and fund.open:
        raise EmployerFundExists(
            "the employer has a hardship fund",
            field="employer",
            value=str(fund.employer),
            remedy="pay into that one",
        )
    return (first,)


def decide_reclassify(fund: EmployerFund, on: date, *, above_scale: bool) -> tuple[HardshipFundReclassified]:
    """From this day on; the days before stay as they were."""
    _refuse_unusable(fund, on)
    if fund.above_scale == above_scale:
        raise ScaleUnchanged(
            "it stands so already",
            field="above_scale",
            value="yes" if above_scale else "no",
            remedy="nothing is to be done",
        )
    return (
        HardshipFundReclassified(
            occurredon=on,
            employer=fund.employer,
            old_above_scale=fund.above_scale,
            above_scale=above_scale,
        ),
    )


def decide_contribute(
    fund: EmployerFund, contributor: str, fen: int, on: date
) -> tuple[HardshipFundContributed]:
    """Money in."""
    _refuse_unusable(fund, on)
    return (
        HardshipFundContributed(
            occurredon=on,
            employer=fund.employer,
            contributor=contributor,
            fen=fen,
            postings=moved(fen, to="employer_fund", out_of="employer_fund_received"),
        ),
    )


def decide_pay_out(
    fund: EmployerFund, person: UUID, fen: int, receipt: str, on: date
) -> tuple[HardshipFundPaid]:
    """Money to somebody by name."""
    _refuse_unusable(fund, on)
    left = available(fund.days, on)
    if fen > left:
        raise PaymentBeyondBalance(
            f"{left} fen can be taken out of the fund on that day",
            field="fen",
            value=str(fen),
            remedy="pay less, or pay something in first",
        )
    return (
        HardshipFundPaid(
            occurredon=on,
            employer=fund.employer,
            person=person,
            fen=fen,
            receipt=receipt,
            postings=moved(fen, to="employer_fund_paid", out_of="employer_fund"),
        ),
    )


def decide_close(fund: EmployerFund, on: date) -> tuple[HardshipFundClosed]:
    """The end of an empty fund."""
    _refuse_unusable(fund, on)
    if fund.left_fen:
        raise MoneyLeft(
            f"{fund.left_fen} fen are left in it",
            field="fund",
            value=str(fund.left_fen),
            remedy="pay out what is left first",
        )
    return (HardshipFundClosed(occurredon=on, employer=fund.employer, above_scale=fund.above_scale),)


def _with(fund: EmployerFund, on: date, net: int, **sums: int) -> EmployerFund:
    return fund.model_copy(update={**sums, "days": changed(fund.days, on, net)})


def _refuse_unusable(fund: EmployerFund, on: date) -> None:
    if not fund.open:
        raise EmployerFundClosed(
            "the fund is closed",
            field="fund",
            value=str(fund.employer),
            remedy="establish it again first",
        )
    refuse_earlier(fund.established_on, on)
