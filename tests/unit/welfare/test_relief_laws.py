"""Laws of every payment of relief: its sources add up, and a reversal takes back all that it moved."""

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import reduce

from hypothesis import assume, given
from hypothesis import strategies as st

from services.projection import catalogue
from services.projection.fold import moves_of
from services.welfare.domain import paying, tally
from services.welfare.domain.relief import ReliefCase, evolve
from services.welfare.domain.tally import ReliefTally
from shared.contracts import Event
from shared.contracts.welfare import GoodsGiven, ReliefPaid
from shared.envelope import Place, Provenance, Recorded
from shared.errors import Problem
from tests.unit.welfare.relief_stories import (
    FUND,
    PAID,
    UNION,
    WORKER,
    approved,
    drawing,
    pay,
    payment,
)

NOW = datetime(2014, 1, 1, tzinfo=UTC)
fen = st.integers(0, 50)
goods = st.lists(
    st.builds(
        GoodsGiven,
        item=st.sampled_from(["rice_bags", "quilts"]),
        quantity=st.integers(1, 9),
        value_fen=fen,
        in_kind=st.booleans(),
    ),
    max_size=3,
).map(tuple)


@st.composite
def payments(draw: st.DrawFn) -> paying.Payment:
    """Drawn right more often than not; sometimes a fen too much or too little."""
    given_goods, cash, voucher = draw(goods), draw(fen), draw(fen)
    bought = sum(each.value_fen for each in given_goods if not each.in_kind)
    owed = cash + voucher + bought + draw(st.sampled_from([0, 0, 0, 0, 1, -1]))
    first = draw(st.integers(0, max(owed, 0)))
    parts = ((first, "county"), (owed - first, "self_raised"))
    return payment(
        cash,
        voucher_fen=voucher,
        goods=given_goods,
        payer=draw(st.sampled_from(["union", "union", "employer"])),
        drawings=tuple(drawing(part, source) for part, source in parts if part > 0),
    )


def paid_or_none(case: ReliefCase, given_payment: paying.Payment) -> ReliefPaid | None:
    try:
        return pay(case, given_payment)
    except Problem:
        return None


def moved(*events: Event) -> Iterator[tuple[str, int, tuple[object, ...]]]:
    names = {each.number: each.id for each in catalogue.load().metrics.values()}
    place, why = Place(UNION, (UNION,), (), UNION), Provenance("ada", FUND, FUND)
    for event in events:
        for move in moves_of(Recorded(FUND, FUND, 1, NOW, place, why, event)):
            yield names[move.metric], move.amount, (move.dims, move.subject)


@given(payments())
def test_the_portions_add_up_to_money_and_goods(given_payment: paying.Payment) -> None:
    event = paid_or_none(approved(1000), given_payment)
    assume(event is not None)
    assert event is not None
    assert sum(each.fen for each in event.portions) == event.amount_fen
    assert event.amount_fen == event.cash_fen + event.voucher_fen + event.goods_fen
    drawn = sum(each.fen for each in event.portions if each.fund)
    in_kind = sum(each.value_fen for each in event.goods if each.in_kind)
    assert drawn == (event.amount_fen - in_kind if event.payer == "union" else 0)


@given(payments())
def test_by_form_and_by_source_it_is_the_same_amount(given_payment: paying.Payment) -> None:
    event = paid_or_none(approved(1000), given_payment)
    assume(event is not None)
    assert event is not None
    sums: Counter[str] = Counter()
    for name, amount, _ in moved(event):
        sums[name] += amount
    assert sums["relief_amount"] == sums["relief_funding"] == event.amount_fen
    assert sums["relief_goods_value"] == event.goods_fen


@given(payments())
def test_a_reversal_takes_back_all_that_the_payment_moved(given_payment: paying.Payment) -> None:
    case = approved(1000)
    event = paid_or_none(case, given_payment)
    assume(event is not None)
    assert event is not None
    (back,) = paying.decide_reverse(evolve(case, event), PAID)
    sums: Counter[tuple[str, tuple[object, ...]]] = Counter()
    for name, amount, where in moved(event, back):
        if name != "relief_reversed":
            sums[name, where] += amount
    assert not any(sums.values())


@given(
    st.lists(
        st.tuples(st.integers(-100, 100), st.sampled_from(["condolence", "festival_goods"])), max_size=20
    )
)
def test_a_years_tally_is_the_sum_of_what_was_counted(counted: list[tuple[int, str]]) -> None:
    state: ReliefTally | None = None
    for number, (much, programme) in enumerate(counted):
        counting = tally.Counting(WORKER, programme, FUND, much)
        on = date(2013, 1, 1) + timedelta(number)
        state = reduce(tally.evolve, tally.decide_count(state, counting, on, 2013), state)
    for programme in ("condolence", "festival_goods"):
        wanted = sum(much for much, of in counted if of == programme)
        assert tally.counted(state, programme) == wanted


@given(payments())
def test_a_case_survives_being_stored(given_payment: paying.Payment) -> None:
    case = approved(1000)
    event = paid_or_none(case, given_payment)
    after = evolve(case, event) if event else case
    assert ReliefCase.model_validate_json(after.model_dump_json()) == after
