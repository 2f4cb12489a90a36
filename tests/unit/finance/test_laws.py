"""Laws that hold after any history of an account."""

from datetime import date, timedelta
from functools import reduce

from hypothesis import given
from hypothesis import strategies as st

from services.finance.domain.account import DuesAccount, evolve
from services.finance.domain.numbering import account_of, number_of
from shared.errors import Problem
from tests.unit.finance.books import (
    ACCOUNT,
    MILL,
    UNION,
    YARD,
    YEAR,
    Decision,
    assessed,
    flagged,
    received,
    refunded,
    written_off,
)

fen = st.integers(1, 300)
day = st.integers(0, 300).map(lambda days: date(2013, 7, 1) + timedelta(days))
period = st.sampled_from(["2013-06", "2013-07", "2013-Q3", "2013"])
payer = st.sampled_from([MILL, YARD, None])
number = st.integers(1, 12)

step: st.SearchStrategy[Decision] = st.one_of(
    st.builds(
        lambda **said: assessed(payroll_fen=None, **said),
        amount_fen=fen,
        on=day,
        period=period,
        employer=payer,
    ),
    st.builds(received, amount_fen=fen, on=day, period=period, employer=payer),
    st.builds(refunded, number, fen, day),
    st.builds(flagged, number, day),
    st.builds(written_off, number, st.sampled_from(["ada", "bo"]), day),
)


def carried_out(steps: list[Decision]) -> DuesAccount:
    account = DuesAccount(union=UNION, year=YEAR)
    for decide in steps:
        try:
            events = decide(account)
        except Problem:
            continue
        account = reduce(evolve, events, account)  # type: ignore[arg-type]
    return account


@given(st.lists(step, max_size=40))
def test_what_came_less_what_went_back_is_what_is_there(steps: list[Decision]) -> None:
    account = carried_out(steps)
    assert account.received_fen - account.refunded_fen == sum(
        each.open_fen for each in account.receipts.values()
    )


@given(st.lists(step, max_size=40))
def test_what_was_assessed_is_settled_written_off_or_open(steps: list[Decision]) -> None:
    account = carried_out(steps)
    for id_, assessment in account.assessments.items():
        on_it = sum(each.settles_fen for each in account.receipts.values() if each.assessment == id_)
        assert assessment.settled_fen == on_it
        assert assessment.amount_fen == on_it + assessment.written_off_fen + assessment.open_fen


@given(st.lists(step, max_size=40))
def test_nothing_is_ever_negative(steps: list[Decision]) -> None:
    account = carried_out(steps)
    for receipt in account.receipts.values():
        assert 0 <= receipt.settles_fen <= receipt.open_fen <= receipt.amount_fen
    for assessment in account.assessments.values():
        assert min(assessment.open_fen, assessment.settled_fen, assessment.written_off_fen) >= 0
        assert 0 <= assessment.flagged_fen <= assessment.amount_fen


@given(st.lists(step, max_size=40))
def test_every_entry_has_a_number_of_its_own_and_tells_its_account(steps: list[Decision]) -> None:
    account = carried_out(steps)
    entries = [*account.assessments, *account.receipts]
    assert sorted(map(number_of, entries)) == list(range(1, account.entries + 1))
    assert {account_of(each) for each in entries} <= {ACCOUNT}


@given(st.lists(step, max_size=25))
def test_a_state_survives_being_stored(steps: list[Decision]) -> None:
    account = carried_out(steps)
    assert DuesAccount.model_validate_json(account.model_dump_json()) == account
