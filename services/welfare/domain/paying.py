"""Pay relief, and take a payment back (DOMAIN WEL-05, WEL-06, FIN-15, FIN-19, FIN-20)."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from services.welfare.domain.programmes import Programme, occasions, payers, programmes
from services.welfare.domain.relief import ReliefCase
from services.welfare.domain.relieving import refuse_unless
from shared.contracts.welfare import GoodsGiven, Portion, ReliefAbout, ReliefPaid, ReliefReversed
from shared.errors import Refused

OWN_MONEY = "union"
DONATED = "donated"
ABOVE_CAP_A_TIME = "above-cap-a-time"
ABOVE_CAP_A_YEAR = "above-cap-a-year"
PAYER_UNUSUAL = "payer-unusual"
RETIRED = "retired-from-union-money"
RECEIPT_MISSING = "receipt-missing"
NO_HOLIDAY = "not-a-legal-holiday"
OUT_OF_SEASON = "out-of-season"


class AboveApproved(Refused):
    """No more is paid than was approved."""

    code = "above-approved"


class FormNotAllowed(Refused):
    """The programme does not give in this form."""

    code = "form-not-allowed"


class CashForFestivalGoods(Refused):
    """Festival goods for all members are goods or vouchers for named goods, never cash."""

    code = "cash-for-festival-goods"


class SourcesDoNotAddUp(Refused):
    """What is drawn on the funds is not what is paid."""

    code = "sources-do-not-add-up"


class FundsForOtherPayer(Refused):
    """What others pay is not drawn on the union's funds."""

    code = "funds-for-other-payer"


class SourceForFileHolders(Refused):
    """The fund is for households with an open hardship archive."""

    code = "source-for-file-holders"


class RecipientNotNamed(Refused):
    """Money is paid by name."""

    code = "recipient-not-named"


class NothingPaid(Refused):
    """A payment pays something."""

    code = "nothing-paid"


class Drawing(NamedTuple):
    """A part that a fund pays; `holders_only`: the fund is for file holders."""

    portion: Portion
    holders_only: bool = False


class Payment(NamedTuple):
    """What is given, whose money it is, and the funds it is drawn on."""

    payer: str
    cash_fen: int
    voucher_fen: int
    goods: tuple[GoodsGiven, ...]
    drawings: tuple[Drawing, ...]
    receipt: str = ""

    @property
    def goods_fen(self) -> int:
        """Value of all goods."""
        return sum(each.value_fen for each in self.goods)

    @property
    def amount_fen(self) -> int:
        """Money and goods together."""
        return self.cash_fen + self.voucher_fen + self.goods_fen

    @property
    def in_kind_fen(self) -> int:
        """Value of the goods that cost the union nothing."""
        return sum(each.value_fen for each in self.goods if each.in_kind)


class Circumstances(NamedTuple):
    """What the rules must know beside the case: where, what the year came to, who is paid by whom."""

    area: str
    year_fen: int = 0
    retired_at_grassroots: bool = False


def decide_pay(
    case: ReliefCase, about: ReliefAbout, payment: Payment, around: Circumstances, on: date
) -> tuple[ReliefPaid]:
    """One payment per case; `about` is the recipient as of this day."""
    refuse_unless(case, "approved", on=on)
    programme = programmes()[about.programme]
    _refuse_form(programme, payment)
    _refuse_amount(case, programme, payment)
    if payment.cash_fen and about.person is None and about.recipient != "employer":
        raise RecipientNotNamed(
            "cash is paid to somebody by name",
            field="person",
            value=about.recipient,
            remedy="name the person, or give goods",
        )
    return (
        ReliefPaid(
            occurredon=on,
            about=about,
            payer=payment.payer,
            cash_fen=payment.cash_fen,
            voucher_fen=payment.voucher_fen,
            goods_fen=payment.goods_fen,
            amount_fen=payment.amount_fen,
            goods=payment.goods,
            portions=_portions(payment, about),
            receipt=payment.receipt,
            warnings=tuple(_doubts(programme, about, payment, around, on)),
        ),
    )


def decide_reverse(case: ReliefCase, on: date) -> tuple[ReliefReversed]:
    """The whole payment, back to where it came from."""
    refuse_unless(case, "paid", on=on)
    paid = case.paid
    assert paid is not None, "a paid case has its payment"
    return (
        ReliefReversed(
            occurredon=on,
            about=case.about,
            payer=paid.payer,
            cash_fen=paid.cash_fen,
            voucher_fen=paid.voucher_fen,
            goods_fen=paid.goods_fen,
            amount_fen=paid.amount_fen,
            goods=paid.goods,
            portions=paid.portions,
            paid_on=paid.on,
        ),
    )


def a_head(about: ReliefAbout, fen: int) -> int:
    """What one recipient gets, any rest rounded up: caps are meant for each."""
    heads = about.households if about.recipient == "household" else about.people
    return -(-fen // max(1, heads))


def _refuse_form(programme: Programme, payment: Payment) -> None:
    given = {"cash": payment.cash_fen, "voucher": payment.voucher_fen, "goods": len(payment.goods)}
    for form, much in given.items():
        if much and form not in programme.forms:
            kind = CashForFestivalGoods if programme.festival else FormNotAllowed
            raise kind(
                f"{programme.id} is given as {' or '.join(programme.forms)}",
                field="cash_fen" if form == "cash" else form,
                value=form,
                remedy="choose one of these forms, or another programme",
            )


def _refuse_amount(case: ReliefCase, programme: Programme, payment: Payment) -> None:
    if payment.amount_fen > case.approved_fen:
        raise AboveApproved(
            f"{case.approved_fen} fen were approved",
            field="amount_fen",
            value=str(payment.amount_fen),
            remedy="pay at most that much, or apply for the rest",
        )
    if not payment.amount_fen and not payment.goods and not programme.visit:
        raise NothingPaid(
            "neither money nor goods", field="cash_fen", value="0", remedy="say what is given, or withdraw it"
        )


def _portions(payment: Payment, about: ReliefAbout) -> tuple[Portion, ...]:
    in_kind = (Portion(source=DONATED, fen=payment.in_kind_fen),) if payment.in_kind_fen else ()
    owed = payment.amount_fen - payment.in_kind_fen
    if payment.payer != OWN_MONEY:
        return _of_others(payment, owed) + in_kind
    _refuse_strangers(payment.drawings, about)
    drawn = sum(each.portion.fen for each in payment.drawings)
    if drawn != owed:
        raise SourcesDoNotAddUp(
            f"the sources add up to {drawn} fen, {owed} fen are to be paid",
            field="draws",
            value=str(drawn),
            remedy="draw exactly what is paid",
        )
    return tuple(each.portion for each in payment.drawings) + in_kind


def _of_others(payment: Payment, owed: int) -> tuple[Portion, ...]:
    if payment.drawings:
        raise FundsForOtherPayer(
            f"the payer is {payment.payer}",
            field="draws",
            value=payment.payer,
            remedy="draw on no funds, or let the union pay",
        )
    source = payers()[payment.payer].source or payment.payer
    return (Portion(source=source, fen=owed),) if owed else ()


def _refuse_strangers(drawings: Sequence[Drawing], about: ReliefAbout) -> None:
    for each in drawings:
        if each.holders_only and not about.file_holder:
            raise SourceForFileHolders(
                f"the fund of {each.portion.source} is for file holders",
                field="draws",
                value=each.portion.source,
                remedy="draw on another source, or file the household first",
            )


def _doubts(
    programme: Programme, about: ReliefAbout, payment: Payment, around: Circumstances, on: date
) -> Iterator[str]:
    yield from _above_caps(programme, about, payment, around, on)
    if payment.payer not in programme.payers:
        yield PAYER_UNUSUAL
    if around.retired_at_grassroots and payment.payer == OWN_MONEY:
        yield RETIRED
    if payment.amount_fen and about.person and not payment.receipt:
        yield RECEIPT_MISSING
    if programme.festival and not occasions()[about.occasion].holiday:
        yield NO_HOLIDAY
    if not programme.in_season(on, around.area):
        yield OUT_OF_SEASON


def _above_caps(
    programme: Programme, about: ReliefAbout, payment: Payment, around: Circumstances, on: date
) -> Iterator[str]:
    head = a_head(about, payment.amount_fen)
    cap = programme.cap_a_time(about.stage, on, around.area, holder=about.file_holder)
    if cap is not None and head > cap:
        yield ABOVE_CAP_A_TIME
    year = programme.cap_a_year(on, around.area)
    if year is not None and around.year_fen + head > year:
        yield ABOVE_CAP_A_YEAR
