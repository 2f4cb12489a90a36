"""What a payer owes."""

from datetime import date

import pytest

from services.finance.domain.assessing import (
    AlreadyAssessed,
    AssessmentUnknown,
    BeforeAssessment,
    DueBeforePeriod,
    NothingOpen,
    NotYetDue,
    PeriodNotBegun,
    RoundsToNothing,
)
from shared.approval import ApproverIsRecorder
from shared.contracts.finance import DuesAssessed, DuesOverdueFlagged, DuesWrittenOff
from shared.rules import NoRuleInForce
from shared.shares import part_of
from tests.unit.finance.books import (
    MILL,
    YARD,
    Books,
    assessed,
    entry,
    flagged,
    received,
    refunded,
    written_off,
)


def test_an_employer_owes_two_percent_of_the_payroll_by_the_fifteenth() -> None:
    (
        Books()
        .when(assessed())
        .then(
            DuesAssessed(
                occurredon=date(2013, 8, 1),
                assessment=entry(1),
                employer=MILL,
                period="2013-07",
                payroll_fen=5_000_000,
                rate_bp=200,
                amount_fen=100_000,
                due_on=date(2013, 8, 15),
                assessor="ada",
            )
        )
    )


def test_the_assessor_may_give_the_amount_and_the_due_day() -> None:
    account = Books().given(assessed(payroll_fen=None, amount_fen=77_777, due_on=date(2013, 9, 30))).account
    (assessment,) = account.assessments.values()
    assert (assessment.amount_fen, assessment.payroll_fen, assessment.rate_bp) == (77_777, 0, 0)
    assert assessment.due_on == date(2013, 9, 30)


@pytest.mark.parametrize(
    ("period", "due"),
    [("2013-02", date(2013, 3, 15)), ("2013-Q2", date(2013, 7, 15)), ("2013", date(2014, 1, 15))],
)
def test_dues_are_due_in_the_month_after_the_period(period: str, due: date) -> None:
    account = Books().given(assessed(period=period)).account
    assert [each.due_on for each in account.assessments.values()] == [due]


@pytest.mark.parametrize(
    ("payroll", "fen"),
    [
        (24, 0),
        (25, 1),
        (74, 1),
        (75, 2),
        (456_700, 9_134),
        (10**13, 2 * 10**11),
        (10**13 - 25, 2 * 10**11),
    ],
)
def test_half_a_fen_is_rounded_up(payroll: int, fen: int) -> None:
    assert part_of(payroll, 200) == fen


def test_a_payroll_that_rounds_to_nothing_is_refused() -> None:
    Books().when(assessed(payroll_fen=24)).then_refused(RoundsToNothing, field="payroll_fen", value="24")


def test_nothing_is_owed_for_a_period_that_has_not_begun() -> None:
    Books().when(assessed(period="2013-09")).then_refused(PeriodNotBegun, field="period")


def test_for_a_time_before_any_known_rate_nothing_is_computed() -> None:
    Books().when(assessed(period="1991")).then_refused(NoRuleInForce)
    given = assessed(period="1991", payroll_fen=None, amount_fen=5, due_on=date(1992, 1, 15))
    assert Books().given(given).account.assessed_fen == 5


def test_nothing_is_due_before_its_period() -> None:
    Books().when(assessed(due_on=date(2013, 6, 30))).then_refused(DueBeforePeriod, field="due_on")


@pytest.mark.parametrize("period", ["2013-07", "2013-Q3", "2013"])
def test_nobody_owes_twice_for_one_period(period: str) -> None:
    Books().given(assessed()).when(assessed(period=period)).then_refused(AlreadyAssessed, field="period")


def test_another_month_another_employer_and_a_written_off_period_may_be_assessed() -> None:
    books = Books().given(
        assessed(), assessed(period="2013-06"), assessed(employer=YARD), assessed(employer=None)
    )
    account = books.given(written_off(1), assessed()).account
    assert list(account.assessments) == [entry(n) for n in range(1, 6)]


def test_what_is_open_after_the_due_day_is_flagged() -> None:
    books = Books().given(assessed(), received(amount_fen=40_000))
    books.when(flagged(1)).then(
        DuesOverdueFlagged(occurredon=date(2013, 8, 16), assessment=entry(1), amount_fen=60_000)
    )


def test_on_the_due_day_nothing_is_overdue() -> None:
    Books().given(assessed()).when(flagged(1, date(2013, 8, 15))).then_refused(NotYetDue, value="2013-08-15")


def test_what_is_paid_is_not_overdue() -> None:
    Books().given(assessed(), received()).when(flagged(1)).then_refused(NothingOpen)


def test_what_is_flagged_once_is_not_flagged_again() -> None:
    books = Books().given(assessed(), flagged(1))
    books.when(flagged(1, date(2013, 9, 1))).then_refused(NothingOpen)


def test_what_a_refund_opens_again_is_flagged_for_the_difference() -> None:
    books = Books().given(assessed(), received(amount_fen=70_000), flagged(1), refunded(2, 50_000))
    books.when(flagged(1, date(2013, 9, 1))).then(
        DuesOverdueFlagged(occurredon=date(2013, 9, 1), assessment=entry(1), amount_fen=50_000)
    )


def test_the_open_rest_is_written_off_by_somebody_else() -> None:
    books = Books().given(assessed(), received(amount_fen=1))
    after = books.when(written_off(1)).then(
        DuesWrittenOff(occurredon=date(2013, 12, 1), assessment=entry(1), amount_fen=99_999)
    )
    assert after.open_fen == 0


def test_who_assessed_it_may_not_write_it_off() -> None:
    books = Books().given(assessed(assessor="ada"))
    books.when(written_off(1, approver="ada")).then_refused(ApproverIsRecorder, value="ada", field="actor")


def test_nothing_is_written_off_before_it_was_assessed() -> None:
    Books().given(assessed()).when(written_off(1, on=date(2013, 7, 31))).then_refused(BeforeAssessment)


def test_what_is_paid_cannot_be_written_off() -> None:
    Books().given(assessed(), received()).when(written_off(1)).then_refused(NothingOpen)


@pytest.mark.parametrize("decision", [flagged(9), written_off(9)])
def test_an_assessment_must_exist(decision: object) -> None:
    Books().given(assessed()).when(decision).then_refused(AssessmentUnknown, value=str(entry(9)))  # type: ignore[arg-type]
