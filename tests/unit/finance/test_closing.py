"""Money of a union that has ended: to whom, when, and all of it."""

from datetime import date
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain import closing
from services.finance.domain.closing import Closing, Heir, decide_close
from services.finance.domain.money import MoneyIsClosed, UnionMoney, evolve
from shared.contracts.finance import DuesReceived, UnionMoneyClosed
from shared.contracts.money import moved
from shared.errors import Problem

GONE, ONE, OTHER = (UUID(int=number) for number in (6, 7, 8))
END = date(2013, 6, 1)
MONEY = UnionMoney(
    union=GONE, balances={"bank": 1_001, "dues": -1_501, "upper_share": 600, "upper_share_owed": -100}
)


def ending(**but: Any) -> Closing:
    usual: dict[str, Any] = {"ended_on": END, "on": END, "audit": "审2013-1", "heirs": (Heir(ONE),)}
    return Closing(**usual | but)


def after(money: UnionMoney, ended: Closing) -> tuple[UnionMoney, dict[UUID, UnionMoney]]:
    handovers, closed = decide_close(money, ended)
    heirs: dict[UUID, UnionMoney] = {}
    for handover in handovers:
        money = evolve(money, handover.given)
        heirs[handover.heir] = evolve(UnionMoney(union=handover.heir), handover.taken)
    return evolve(money, closed), heirs


def test_one_heir_takes_what_is_held_and_what_is_owed() -> None:
    money, heirs = after(MONEY, ending())
    assert money.of_side("held", "owed") == {}
    assert money.closed_on == END
    assert heirs[ONE].of_side("held", "owed") == {"bank": 1_001, "upper_share_owed": -100}
    assert sum(heirs[ONE].balances.values()) == 0


def test_several_heirs_divide_it_by_workers() -> None:
    _, heirs = after(MONEY, ending(heirs=(Heir(ONE, 2), Heir(OTHER, 1))))
    assert {who: money.on("bank") for who, money in heirs.items()} == {ONE: 667, OTHER: 334}
    assert {who: money.owed("upper_share_owed") for who, money in heirs.items()} == {ONE: 67, OTHER: 33}


@pytest.mark.parametrize(
    ("said", "why", "code"),
    [
        ({"ended_on": None}, closing.UnionNotEnded, "union-not-ended"),
        ({"on": date(2013, 5, 31)}, closing.ClosedBeforeEnd, "closed-before-end"),
        ({"heirs": ()}, closing.NoHeir, "no-heir"),
        ({"heirs": (Heir(GONE),)}, closing.HeirNotPossible, "heir-not-possible"),
        ({"heirs": (Heir(ONE, 1), Heir(ONE, 2))}, closing.HeirNotPossible, "heir-not-possible"),
    ],
)
def test_it_is_refused(said: dict[str, Any], why: type[Problem], code: str) -> None:
    with pytest.raises(why) as caught:
        decide_close(MONEY, ending(**said))
    assert caught.value.code == code


def test_afterwards_nothing_moves() -> None:
    closed = evolve(
        MONEY, UnionMoneyClosed(occurredon=END, audit="审2013-1", ended_on=END, heirs=1, amount_fen=0)
    )
    late = DuesReceived(
        occurredon=END,
        receipt=ONE,
        channel="own",
        period="2013",
        amount_fen=1,
        postings=moved(1, to="bank", out_of="dues"),
    )
    with pytest.raises(MoneyIsClosed) as caught:
        evolve(closed, late)
    assert caught.value.code == "union-money-closed"
    with pytest.raises(MoneyIsClosed):
        decide_close(closed, ending())


@given(
    st.integers(-(10**6), 10**6), st.integers(0, 10**6), st.lists(st.integers(1, 500), min_size=1, max_size=6)
)
def test_the_parts_add_up_to_the_fen(bank: int, owed: int, workers: list[int]) -> None:
    balances = {"bank": bank, "upper_share_owed": -owed, "dues": owed - bank}
    heirs = tuple(Heir(UUID(int=100 + place), each) for place, each in enumerate(workers))
    money, taken = after(UnionMoney(union=GONE, balances=balances), ending(heirs=heirs))
    assert money.of_side("held", "owed") == {}
    assert sum(each.on("bank") for each in taken.values()) == bank
    assert sum(each.owed("upper_share_owed") for each in taken.values()) == owed
