"""Cases of relief, with defaults that are valid: 1,000 yuan of condolence for a worker."""

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

from services.welfare.domain import paying, relieving
from services.welfare.domain.relief import ReliefCase, evolve
from shared.contracts.welfare import GoodsGiven, Portion, ReliefAbout, ReliefPaid

UNION = UUID("0196f000-0000-7000-8000-000000000001")
WORKER = UUID("0196f000-0000-7000-8000-0000000000b1")
FUND = UUID("0196f000-0000-7000-8000-0000000000f1")
NOWHERE = paying.Circumstances("533123")
APPLIED, APPROVED, PAID = date(2013, 1, 5), date(2013, 1, 10), date(2013, 1, 20)


def about(**but: Any) -> ReliefAbout:
    usual: dict[str, Any] = {
        "programme": "condolence",
        "occasion": "spring_festival",
        "campaign_year": 2013,
        "recipient": "person",
        "person": WORKER,
        "people": 1,
    }
    return ReliefAbout(**(usual | but))


def applied(fen: int = 100_000, consent: str = "", **but: Any) -> ReliefCase:
    request = relieving.Request(UNION, fen, "ada", consent)
    return evolve(None, relieving.decide_apply(about(**but), request, APPLIED)[0])


def approved(fen: int = 100_000, **but: Any) -> ReliefCase:
    case = applied(fen, **but)
    return reduce(evolve, relieving.decide_approve(case, None, "bo", APPROVED), case)


def drawing(fen: int, source: str = "county", *, holders_only: bool = False) -> paying.Drawing:
    return paying.Drawing(Portion(source=source, fen=fen, fund=FUND), holders_only)


def payment(cash_fen: int = 100_000, **but: Any) -> paying.Payment:
    usual: dict[str, Any] = {
        "payer": "union",
        "voucher_fen": 0,
        "goods": (),
        "drawings": (drawing(cash_fen),),
        "receipt": "收2013-1",
    }
    return paying.Payment(**{**usual, "cash_fen": cash_fen, **but})


def goods(value_fen: int, item: str = "rice_bags", *, in_kind: bool = False) -> tuple[GoodsGiven, ...]:
    return (GoodsGiven(item=item, quantity=2, value_fen=value_fen, in_kind=in_kind),)


def pay(
    case: ReliefCase, given: paying.Payment, around: paying.Circumstances = NOWHERE, on: date = PAID
) -> ReliefPaid:
    return paying.decide_pay(case, case.about, given, around, on)[0]


def paid(case: ReliefCase, given: paying.Payment) -> ReliefCase:
    return evolve(case, pay(case, given))
