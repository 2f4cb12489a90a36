"""What may be done with a fund (DOMAIN WEL-06, FIN-20)."""

from datetime import date
from typing import NamedTuple
from uuid import UUID

from services.welfare.domain.entries import refuse_earlier
from services.welfare.domain.funds import Fund
from services.welfare.domain.sources import sources
from shared.contracts.money import Posting, moved
from shared.contracts.welfare import (
    FundAllocated,
    FundClosed,
    FundDrawn,
    FundOpened,
    FundPassedOn,
    FundRecovered,
    FundRestored,
    FundReturned,
)
from shared.errors import Refused

OTHER_YEAR = "fund-of-another-year"


class FundExists(Refused):
    """A union has one fund per source, purpose and year."""

    code = "fund-exists"


class FundIsClosed(Refused):
    """A closed fund takes and gives no more."""

    code = "fund-closed"


class PaymentBeyondBalance(Refused):
    """A fund never gives more than it has, on no day."""

    code = "payment-beyond-balance"


class MoneyLeft(Refused):
    """Only an empty fund is closed."""

    code = "fund-not-empty"


class NotPassedOn(Refused):
    """No more comes back from a fund than was passed on to it."""

    code = "not-passed-on"


class SourceDiffers(Refused):
    """Money keeps its source on its way down."""

    code = "source-differs"


class FundOfSameUnion(Refused):
    """Money is passed on to another union."""

    code = "fund-of-same-union"


class Opening(NamedTuple):
    """The fund as it is to be."""

    union: UUID
    source: str
    purpose: str
    year: int | None
    holders_only: bool | None


class Allocation(NamedTuple):
    """Money into a fund; the giver and its fund where they are known."""

    fen: int
    document: str
    giver: UUID | None = None
    giver_fund: UUID | None = None


def decide_open(fund: Fund | None, opening: Opening, on: date) -> tuple[FundOpened]:
    """A new fund; without a word on file holders, the source decides."""
    if fund is not None:
        raise FundExists(
            "this union has a fund of this source, purpose and year",
            field="source",
            value=opening.source,
            remedy="allocate to that fund",
        )
    usual = sources()[opening.source].holders_only
    only = usual if opening.holders_only is None else opening.holders_only
    return (
        FundOpened(
            occurredon=on,
            union=opening.union,
            source=opening.source,
            purpose=opening.purpose,
            year=opening.year,
            holders_only=only,
        ),
    )


def decide_allocate(fund: Fund, allocation: Allocation, on: date) -> tuple[FundAllocated]:
    """Money in."""
    _refuse_unusable(fund, on)
    account = "funds_received" if allocation.giver_fund else sources()[fund.source].account
    return (
        FundAllocated(
            occurredon=on,
            source=fund.source,
            purpose=fund.purpose,
            fen=allocation.fen,
            document=allocation.document,
            giver=allocation.giver,
            giver_fund=allocation.giver_fund,
            postings=moved(allocation.fen, to="funds", out_of=account, source=fund.source),
        ),
    )


def decide_pass_on(fund: Fund, other: Fund, other_id: UUID, fen: int, on: date) -> tuple[FundPassedOn]:
    """Money down to another union's fund of the same source."""
    if other.union == fund.union:
        raise FundOfSameUnion(
            "both funds belong to one union",
            field="giver_fund",
            value=str(fund.union),
            remedy="name the fund of the union that gives",
        )
    if other.source != fund.source:
        raise SourceDiffers(
            f"that fund is of {fund.source}, this one of {other.source}",
            field="giver_fund",
            value=fund.source,
            remedy="allocate to a fund of the same source",
        )
    _refuse_unusable(fund, on)
    _refuse_beyond(fund, fen, on)
    return (
        FundPassedOn(
            occurredon=on,
            source=fund.source,
            purpose=fund.purpose,
            fen=fen,
            to_union=other.union,
            to_fund=other_id,
            postings=_out(fund, fen, "funds_passed_on"),
        ),
    )


def decide_draw(fund: Fund, payment: UUID, fen: int, on: date, account: str = "relief") -> tuple[FundDrawn]:
    """Money out for a payment; `account` is what it is spent on."""
    _refuse_unusable(fund, on)
    _refuse_beyond(fund, fen, on)
    return (
        FundDrawn(
            occurredon=on,
            source=fund.source,
            purpose=fund.purpose,
            fen=fen,
            payment=payment,
            left_fen=fund.left_fen - fen,
            postings=_out(fund, fen, account),
        ),
    )


def decide_restore(fund: Fund, payment: UUID, fen: int, on: date) -> tuple[FundRestored]:
    """Money of a reversed relief payment back in; also into a closed fund, for it belongs there."""
    return (
        FundRestored(
            occurredon=on,
            source=fund.source,
            purpose=fund.purpose,
            fen=fen,
            payment=payment,
            postings=moved(fen, to="funds", out_of="relief", source=fund.source),
        ),
    )


def decide_return(fund: Fund, back: Allocation, on: date) -> tuple[FundReturned]:
    """Unused money back up; `back.giver_fund` where it came from a fund known here.

    Also out of a closed fund: a payment may have been reversed into it.
    """
    refuse_earlier(fund.opened_on, on)
    _refuse_beyond(fund, back.fen, on)
    account = "funds_received" if back.giver_fund else sources()[fund.source].account
    return (
        FundReturned(
            occurredon=on,
            source=fund.source,
            purpose=fund.purpose,
            fen=back.fen,
            document=back.document,
            giver_fund=back.giver_fund,
            postings=_out(fund, back.fen, account),
        ),
    )


def decide_recover(fund: Fund, other: UUID, fen: int, on: date) -> tuple[FundRecovered]:
    """Money that had been passed on to another fund, back in."""
    if fen > fund.passed.get(other, 0):
        raise NotPassedOn(
            f"{fund.passed.get(other, 0)} fen were passed on to that fund and are still there",
            field="fen",
            value=str(fen),
            remedy="return at most that much, or name no fund of the giver",
        )
    return (
        FundRecovered(
            occurredon=on,
            source=fund.source,
            purpose=fund.purpose,
            fen=fen,
            from_fund=other,
            postings=moved(fen, to="funds", out_of="funds_passed_on", source=fund.source),
        ),
    )


def decide_close(fund: Fund, on: date) -> tuple[FundClosed]:
    """The end of an empty fund."""
    _refuse_unusable(fund, on)
    if fund.left_fen:
        raise MoneyLeft(
            f"{fund.left_fen} fen are left in it",
            field="fund",
            value=str(fund.left_fen),
            remedy="return or pay what is left first",
        )
    return (FundClosed(occurredon=on, source=fund.source, purpose=fund.purpose),)


def warnings_on(fund: Fund, on: date) -> tuple[str, ...]:
    """A fund of one year is used in another one: unusual, and a fact."""
    return (OTHER_YEAR,) if fund.year not in (None, on.year) else ()


def _out(fund: Fund, fen: int, account: str) -> tuple[Posting, ...]:
    return moved(fen, to=account, out_of="funds", source=fund.source)


def _refuse_unusable(fund: Fund, on: date) -> None:
    if fund.closed:
        raise FundIsClosed(
            "the fund is closed", field="fund", value=fund.source, remedy="open a fund of another year"
        )
    refuse_earlier(fund.opened_on, on)


def _refuse_beyond(fund: Fund, fen: int, on: date) -> None:
    available = fund.available_fen(on)
    if fen > available:
        raise PaymentBeyondBalance(
            f"{available} fen can be taken out of the fund of {fund.source} on that day",
            field="fen",
            value=str(fen),
            remedy="pay less from it, draw on another source, or allocate first",
        )
