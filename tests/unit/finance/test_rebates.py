"""What a collector owes a union: accrued, suspended, released, ordered, paid, taken back."""

from datetime import date
from functools import reduce
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import rebates
from services.finance.domain.handing_over import RebatePaymentPending, decide_hand_over, decide_take_over
from services.finance.domain.rebates import Accrual, RebateEntitlement, RebateEvent, evolve
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import RebateSuspended
from shared.errors import Problem

UNION, COUNTY, RECEIPT, PAYMENT = (UUID(int=number) for number in (6, 3, 7, 8))
NEW = RebateEntitlement(union=UNION, collector=COUNTY)
MARCH, APRIL = date(2021, 3, 1), date(2021, 4, 1)


def of(fen: int, on: date = MARCH) -> Accrual:
    return Accrual(RECEIPT, fen, on, None)


def after(rebate: RebateEntitlement, *events: RebateEvent) -> RebateEntitlement:
    return reduce(evolve, events, rebate)


def accrued(rebate: RebateEntitlement, fen: int, *, verified: bool) -> RebateEntitlement:
    return after(rebate, *rebates.decide_accrue(rebate, of(fen), account_verified=verified))


def test_without_an_account_it_is_suspended_and_with_one_released() -> None:
    waiting = accrued(NEW, 600, verified=False)
    assert (waiting.suspended_fen, waiting.payable_fen) == (600, 0)
    released = after(waiting, *rebates.decide_release(waiting, APRIL))
    assert (released.suspended_fen, released.payable_fen) == (0, 600)
    assert rebates.decide_release(released, APRIL) == ()


def test_only_the_first_suspension_begins_one() -> None:
    (_, first) = rebates.decide_accrue(NEW, of(600), account_verified=False)
    (_, second) = rebates.decide_accrue(after(NEW, first), of(100), account_verified=False)
    assert isinstance(first, RebateSuspended)
    assert isinstance(second, RebateSuspended)
    assert (first.began, second.began) == (True, False)


def test_what_is_suspended_cannot_be_ordered() -> None:
    with pytest.raises(rebates.RebateSuspendedStill) as caught:
        rebates.decide_order(accrued(NEW, 600, verified=False), PAYMENT, 1, APRIL, "ada")
    assert caught.value.code == "rebate-suspended"


def test_no_more_than_payable_is_ordered() -> None:
    with pytest.raises(rebates.RebateBeyondPayable) as caught:
        rebates.decide_order(accrued(NEW, 600, verified=True), PAYMENT, 601, APRIL, "ada")
    assert caught.value.code == "rebate-beyond-payable"


def ordered() -> RebateEntitlement:
    rebate = accrued(NEW, 600, verified=True)
    return after(rebate, *rebates.decide_order(rebate, PAYMENT, 500, APRIL, "ada"))


def test_another_pays_it_and_both_ends_are_told() -> None:
    rebate = ordered()
    paid, out = rebates.decide_pay(rebate, PAYMENT, APRIL, "bo")
    assert (paid.recorder, paid.approver) == ("ada", "bo")
    assert {each.account: each.fen for each in paid.postings} == {"bank": 500, "rebates_received": -500}
    assert {each.account: each.fen for each in out.postings} == {"rebates_owed": 500, "bank": -500}
    done = after(rebate, paid)
    assert (done.payable_fen, done.paid_fen, done.ordered) == (100, 500, {})


@pytest.mark.parametrize(
    ("payment", "on", "approver", "why"),
    [
        (PAYMENT, APRIL, "ada", ApproverIsRecorder),
        (RECEIPT, APRIL, "bo", rebates.RebatePaymentUnknown),
        (PAYMENT, MARCH, "bo", rebates.BeforePaymentOrdered),
    ],
)
def test_a_payment_is_refused(payment: UUID, on: date, approver: str, why: type[Problem]) -> None:
    with pytest.raises(why):
        rebates.decide_pay(ordered(), payment, on, approver)


def test_what_goes_back_is_taken_from_what_is_suspended_first() -> None:
    waiting = accrued(accrued(NEW, 300, verified=True), 600, verified=False)
    (back,) = rebates.decide_take_back(waiting, of(700, APRIL))
    assert (back.suspended_fen, back.ended) == (600, True)
    left = after(waiting, back)
    assert (left.suspended_fen, left.payable_fen) == (0, 200)


def test_what_is_open_goes_to_the_heirs_unless_a_payment_is_on_its_way() -> None:
    waiting = accrued(accrued(NEW, 300, verified=True), 600, verified=False)
    given = decide_hand_over(waiting, {RECEIPT: 500, PAYMENT: 400}, APRIL)
    assert [(each.amount_fen, each.suspended_fen, each.ended) for each in given] == [
        (500, 500, False),
        (400, 100, True),
    ]
    assert after(waiting, *given).open_fen == 0
    heir = RebateEntitlement(union=RECEIPT, collector=COUNTY)
    taken = after(heir, *decide_take_over(heir, given[0], UNION, account_verified=False))
    assert (taken.suspended_fen, taken.payable_fen) == (500, 0)
    with pytest.raises(RebatePaymentPending) as caught:
        decide_hand_over(ordered(), {RECEIPT: 100}, APRIL)
    assert caught.value.code == "rebate-payment-pending"


steps = st.lists(
    st.tuples(st.sampled_from(["accrue", "suspend", "release", "back", "order", "pay"]), st.integers(1, 500)),
    max_size=30,
)


@given(steps)
def test_what_accrued_is_suspended_payable_ordered_paid_or_taken_back(steps: list[tuple[str, int]]) -> None:
    rebate = NEW
    for number, (what, fen) in enumerate(steps):
        try:
            rebate = after(rebate, *_step(rebate, what, fen, number))
        except Problem:
            continue
        known = rebate.suspended_fen + rebate.payable_fen + rebate.ordered_fen + rebate.paid_fen
        assert rebate.accrued_fen - rebate.taken_back_fen == known
        assert min(rebate.suspended_fen, rebate.ordered_fen, rebate.paid_fen) >= 0


def _step(rebate: RebateEntitlement, what: str, fen: int, number: int) -> tuple[RebateEvent, ...]:
    match what:
        case "accrue" | "suspend":
            return rebates.decide_accrue(rebate, of(fen), account_verified=what == "accrue")
        case "release":
            return rebates.decide_release(rebate, APRIL)
        case "back":
            return rebates.decide_take_back(rebate, of(fen))
        case "order":
            return rebates.decide_order(rebate, UUID(int=number), fen, APRIL, "ada")
    payment = next(iter(rebate.ordered), PAYMENT)
    return rebates.decide_pay(rebate, payment, APRIL, "bo")[:1]
