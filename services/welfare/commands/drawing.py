"""Payments draw on funds: which ones, how much, all in the payer's own command."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from pydantic import Field

from services.welfare.commands.funds import FUND
from services.welfare.domain import funding
from services.welfare.domain.funds import Fund, fund_id
from services.welfare.domain.sources import sources
from shared.errors import Malformed, NotFound, Refused
from shared.http.fields import BusinessDate, CatalogueId, Command, Fen
from shared.work.finding import find
from shared.work.needs import Own
from shared.work.work import Work

ANY = "any"


class FundMissing(NotFound):
    """The paying union has no open fund of this source for this purpose."""

    code = "fund-missing"


class FundOfStranger(Refused):
    """A payment draws on funds of the paying union or of unions above it."""

    code = "fund-of-stranger"


class Draw(Command):
    """Part of a payment: from a fund by id, or from the payer's own fund of this source."""

    fund: UUID | None = None
    source: CatalogueId | None = Field(None, description="The fund of the year, else the open-ended one.")
    fen: Fen


class Drawn(NamedTuple):
    """A fund as it was found, with the part it pays."""

    id: UUID
    fund: Fund
    fen: int


class Payer(NamedTuple):
    """Who pays, for which purpose, when."""

    union: UUID
    purpose: str
    on: BusinessDate


def chosen(work: Work, payer: Payer, draws: Sequence[Draw]) -> tuple[Drawn, ...]:
    """The funds; refuses `fund-unknown`, FundMissing, FundOfStranger. Nothing is drawn yet."""
    return tuple(_one(work, payer, draw) for draw in draws)


def draw_all(work: Work, drawn: Sequence[Drawn], payment: UUID, payer: Payer, account: str) -> None:
    """Take the parts out; refuses PaymentBeyondBalance and the like."""
    for each in drawn:
        fund = find(work, FUND, each.id, "fund")  # again: an earlier part may have changed it
        events = funding.decide_draw(fund, payment, each.fen, payer.on, account)
        work.record(FUND, each.id, events, fund.union)


def restore(work: Work, id_: UUID, payment: UUID, fen: int, on: BusinessDate) -> None:
    """Put the part of a reversed payment back."""
    fund = find(work, FUND, id_, "fund")
    work.record(FUND, id_, funding.decide_restore(fund, payment, fen, on), fund.union)


def _one(work: Work, payer: Payer, draw: Draw) -> Drawn:
    if (draw.fund is None) == (draw.source is None):
        raise Malformed("name a fund or a source", field="draws", remedy="give one of the two")
    id_ = draw.fund or _own(work, payer, draw.source or "")
    fund = find(work, FUND, id_, "fund")
    if fund.union not in work.place(payer.union).lineage:
        raise FundOfStranger(
            "the fund belongs to a union that is not above the payer",
            field="fund",
            value=str(id_),
            remedy="draw on a fund of the payer or of a union above it",
        )
    return Drawn(id_, fund, draw.fen)


def _own(work: Work, payer: Payer, source: str) -> UUID:
    sources().checked(source, "source")
    ids = [
        fund_id(payer.union, source, purpose, year)
        for purpose in dict.fromkeys((payer.purpose, ANY))
        for year in (payer.on.year, None)
    ]
    work.want(*map(Own, ids))
    for id_ in ids:
        fund = work.get(FUND, id_)
        if fund and not fund.closed:
            return id_
    raise FundMissing(
        "the payer has no open fund of this source for this purpose",
        field="source",
        value=source,
        remedy="open one and allocate to it, or name the fund by its id",
    )
