"""A case of relief: one programme, one recipient, from the application to the payment or its reversal."""

from datetime import date
from typing import Literal, assert_never
from uuid import UUID

from services.welfare.domain.programmes import programmes
from shared.contracts.welfare import (
    GoodsGiven,
    Portion,
    ReliefAbout,
    ReliefApplied,
    ReliefApproved,
    ReliefPaid,
    ReliefRefused,
    ReliefReversed,
    ReliefWithdrawn,
)
from shared.frozen import Frozen

ReliefEvent = ReliefApplied | ReliefApproved | ReliefRefused | ReliefWithdrawn | ReliefPaid | ReliefReversed
Status = Literal["applied", "approved", "refused", "withdrawn", "paid", "reversed"]


class Paid(Frozen):
    """What was paid, as its reversal needs it."""

    on: date
    payer: str
    cash_fen: int
    voucher_fen: int
    goods_fen: int
    goods: tuple[GoodsGiven, ...]
    portions: tuple[Portion, ...]

    @property
    def amount_fen(self) -> int:
        """Money and goods together."""
        return self.cash_fen + self.voucher_fen + self.goods_fen


class ReliefCase(Frozen):
    """The present state of one case."""

    union: UUID
    about: ReliefAbout
    status: Status
    recorder: str
    requested_fen: int
    approved_fen: int = 0
    last_on: date
    applied_on: date
    paid: Paid | None = None

    @property
    def once(self) -> str | None:
        """Who gets what only once in which year, as a text; None where that does not matter (any more)."""
        programme = programmes()[self.about.programme]
        if programme.once is None or self.status not in {"applied", "approved", "paid"}:
            return None
        return f"{self.about.programme}/{self.about.person}/{self.about.campaign_year}"


def evolve(case: ReliefCase | None, event: ReliefEvent) -> ReliefCase:
    """The case after the event."""
    if isinstance(event, ReliefApplied):
        return ReliefCase(
            union=event.union,
            about=event.about,
            status="applied",
            recorder=event.recorder,
            requested_fen=event.requested_fen,
            last_on=event.occurredon,
            applied_on=event.occurredon,
        )
    assert case is not None, "a case begins with an application"
    return _changed(case, event)


def _changed(
    case: ReliefCase,
    event: ReliefApproved | ReliefRefused | ReliefWithdrawn | ReliefPaid | ReliefReversed,
) -> ReliefCase:
    now = case.model_copy(update={"last_on": event.occurredon})
    match event:
        case ReliefApproved():
            return now.model_copy(update={"status": "approved", "approved_fen": event.approved_fen})
        case ReliefRefused():
            return now.model_copy(update={"status": "refused"})
        case ReliefWithdrawn():
            return now.model_copy(update={"status": "withdrawn"})
        case ReliefPaid():
            return now.model_copy(update={"status": "paid", "about": event.about, "paid": _paid(event)})
        case ReliefReversed():
            return now.model_copy(update={"status": "reversed"})
        case _:
            assert_never(event)


def _paid(event: ReliefPaid) -> Paid:
    return Paid(
        on=event.occurredon,
        payer=event.payer,
        cash_fen=event.cash_fen,
        voucher_fen=event.voucher_fen,
        goods_fen=event.goods_fen,
        goods=event.goods,
        portions=event.portions,
    )
