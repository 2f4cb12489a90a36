"""Money in, and back."""

from datetime import date

import pytest

from services.finance.domain.assessing import AssessmentUnknown
from services.finance.domain.receiving import (
    BeforeReceipt,
    OverRefund,
    PayerDiffers,
    PeriodOutsideAssessment,
    PeriodTooFarAhead,
    ReceiptUnknown,
    warnings_on,
)
from shared.contracts.finance import DuesReceived, DuesRefunded
from shared.contracts.money import moved
from tests.unit.finance.books import (
    MILL,
    YARD,
    Books,
    Decision,
    assessed,
    entry,
    received,
    refunded,
    written_off,
)


def test_money_is_received_through_a_channel() -> None:
    (
        Books()
        .when(received(channel="tax"))
        .then(
            DuesReceived(
                occurredon=date(2013, 8, 10),
                receipt=entry(1),
                channel="tax",
                period="2013-07",
                amount_fen=100_000,
                employer=MILL,
                regime="direct",
                postings=moved(100_000, to="bank", out_of="dues"),
            )
        )
    )


def test_money_settles_what_its_payer_owes_for_that_period() -> None:
    account = Books().given(assessed(period="2013-Q3"), received(amount_fen=30_000)).account
    assert account.assessments[entry(1)].open_fen == 70_000
    assert account.receipts[entry(2)].assessment == entry(1)


@pytest.mark.parametrize(
    "paid", [{"employer": YARD}, {"employer": None}, {"period": "2013-06"}, {"period": "2013"}]
)
def test_money_of_others_or_for_other_periods_settles_nothing(paid: dict[str, object]) -> None:
    account = Books().given(assessed(), received(**paid)).account
    assert account.open_fen == 100_000
    assert account.received_fen == 100_000


def test_of_two_open_assessments_the_earlier_due_is_settled_first() -> None:
    late, early = assessed(due_on=date(2013, 12, 1)), assessed(employer=MILL, period="2013-06")
    account = Books().given(late, early, received(period="2013-06")).account
    assert [each.open_fen for each in account.assessments.values()] == [100_000, 0]


def test_money_above_what_is_owed_is_taken_with_a_warning() -> None:
    books = Books().given(assessed())
    (event,) = decide(books, received(amount_fen=100_001))
    assert warnings_on(books.account, event) == ("paid-more-than-open",)
    account = books.given(received(amount_fen=100_001)).account
    assert account.receipts[entry(2)].settles_fen == 100_000
    assert account.open_fen == 0


def test_money_within_what_is_owed_warns_of_nothing() -> None:
    books = Books().given(assessed())
    (event,) = decide(books, received())
    assert warnings_on(books.account, event) == ()


def test_who_pays_for_the_whole_union_may_name_an_employers_assessment() -> None:
    account = Books().given(assessed(), received(employer=None, assessment=entry(1))).account
    assert account.receipts[entry(2)].employer == MILL


def test_a_named_assessment_must_exist() -> None:
    Books().when(received(assessment=entry(1))).then_refused(AssessmentUnknown)


def test_a_named_assessment_must_be_for_the_period() -> None:
    books = Books().given(assessed())
    books.when(received(assessment=entry(1), period="2013")).then_refused(
        PeriodOutsideAssessment, value="2013"
    )


def test_a_named_assessment_must_be_on_the_payer() -> None:
    books = Books().given(assessed())
    books.when(received(assessment=entry(1), employer=YARD)).then_refused(PayerDiffers, value=str(YARD))


def test_money_may_come_a_year_early_and_no_earlier() -> None:
    Books().given(received(period="2013-07", on=date(2012, 1, 1)))
    Books().when(received(period="2013-07", on=date(2011, 12, 31))).then_refused(PeriodTooFarAhead)


def test_a_refund_may_be_part_of_a_receipt() -> None:
    books = Books().given(received(channel="fiscal"))
    after = books.when(refunded(1, 40_000)).then(
        DuesRefunded(
            occurredon=date(2013, 8, 20),
            receipt=entry(1),
            channel="fiscal",
            period="2013-07",
            amount_fen=40_000,
            postings=moved(40_000, to="dues_refunded", out_of="bank"),
        )
    )
    assert after.receipts[entry(1)].open_fen == 60_000


def test_never_more_goes_back_than_came() -> None:
    books = Books().given(received(), refunded(1, 60_000))
    books.when(refunded(1, 40_001)).then_refused(OverRefund, field="amount_fen", value="40001")
    books.given(refunded(1, 40_000)).when(refunded(1, 1)).then_refused(OverRefund)


def test_money_does_not_go_back_before_it_came() -> None:
    Books().given(received()).when(refunded(1, 1, date(2013, 8, 9))).then_refused(BeforeReceipt)


def test_only_a_receipt_can_be_refunded() -> None:
    Books().given(assessed()).when(refunded(1, 1)).then_refused(ReceiptUnknown, value=str(entry(1)))


def test_a_refund_takes_the_surplus_first_and_then_opens_the_assessment() -> None:
    books = Books().given(assessed(), received(amount_fen=120_000), refunded(2, 20_000))
    assert books.account.open_fen == 0
    assert books.given(refunded(2, 30_000)).account.open_fen == 30_000


def test_a_refund_after_a_write_off_opens_what_had_been_paid() -> None:
    books = Books().given(assessed(), received(amount_fen=30_000), written_off(1), refunded(2, 30_000))
    assessment = books.account.assessments[entry(1)]
    assert (assessment.open_fen, assessment.written_off_fen, assessment.settled_fen) == (30_000, 70_000, 0)


def decide(books: Books, decision: Decision) -> tuple[DuesReceived]:
    (event,) = decision(books.account)
    assert isinstance(event, DuesReceived)
    return (event,)


def test_receipts_are_numbered_one_after_the_other() -> None:
    account = Books().given(received(), assessed(), received()).account
    assert list(account.receipts) == [entry(1), entry(3)]
