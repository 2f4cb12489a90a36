"""Payments of relief: what they are made of, what is refused, what is warned of."""

from datetime import date

import pytest

from services.welfare.domain import paying, tally
from services.welfare.domain.relief import evolve
from services.welfare.domain.relieving import CaseElsewhere
from tests.unit.welfare.relief_stories import (
    FUND,
    PAID,
    UNION,
    WORKER,
    applied,
    approved,
    drawing,
    goods,
    paid,
    pay,
    payment,
)

FESTIVAL = {"programme": "festival_goods", "occasion": "mid_autumn"}


def test_only_what_was_approved_is_paid_and_only_once() -> None:
    with pytest.raises(CaseElsewhere):
        pay(applied(), payment())
    with pytest.raises(CaseElsewhere):
        pay(paid(approved(), payment()), payment())
    with pytest.raises(paying.AboveApproved):
        pay(approved(99_999), payment())


def test_money_and_goods_together_are_the_amount() -> None:
    given = payment(60_000, goods=goods(40_000), drawings=(drawing(70_000), drawing(30_000, "self_raised")))
    event = pay(approved(), given)
    assert (event.cash_fen, event.goods_fen, event.amount_fen) == (60_000, 40_000, 100_000)
    assert [(each.source, each.fen) for each in event.portions] == [
        ("county", 70_000),
        ("self_raised", 30_000),
    ]
    assert event.warnings == ()


@pytest.mark.parametrize("drawn", [99_999, 100_001])
def test_the_sources_add_up_to_what_is_paid(drawn: int) -> None:
    with pytest.raises(paying.SourcesDoNotAddUp):
        pay(approved(), payment(drawings=(drawing(drawn),)))


def test_goods_that_were_given_cost_the_union_nothing() -> None:
    event = pay(approved(), payment(60_000, goods=goods(40_000, in_kind=True)))
    assert [(each.source, each.fen, each.fund) for each in event.portions] == [
        ("county", 60_000, FUND),
        ("donated", 40_000, None),
    ]


def test_what_others_pay_is_kept_apart_from_the_unions_funds() -> None:
    event = pay(approved(), payment(payer="employer", drawings=()))
    assert [(each.source, each.fund) for each in event.portions] == [("employer", None)]
    with pytest.raises(paying.FundsForOtherPayer):
        pay(approved(), payment(payer="employer"))


def test_money_for_file_holders_goes_to_file_holders() -> None:
    given = payment(drawings=(drawing(100_000, "central", holders_only=True),))
    with pytest.raises(paying.SourceForFileHolders):
        pay(approved(), given)
    assert pay(approved(file_holder=True), given).portions[0].source == "central"


def test_festival_goods_are_never_cash() -> None:
    with pytest.raises(paying.CashForFestivalGoods) as refusal:
        pay(approved(**FESTIVAL), payment())  # type: ignore[arg-type]
    assert refusal.value.code == "cash-for-festival-goods"


def test_a_programme_is_given_in_its_forms() -> None:
    school = approved(programme="tuition_aid", stage="university")
    with pytest.raises(paying.FormNotAllowed):
        pay(school, payment(0, goods=goods(100_000), drawings=(drawing(100_000),)))


def test_cash_is_paid_by_name() -> None:
    case = approved(recipient="household", person=None, people=0, households=5)
    with pytest.raises(paying.RecipientNotNamed):
        pay(case, payment())
    assert pay(case, payment(0, goods=goods(100_000), drawings=(drawing(100_000),))).about.households == 5


def test_only_a_visit_may_come_with_empty_hands() -> None:
    nothing = payment(0, drawings=())
    with pytest.raises(paying.NothingPaid):
        pay(approved(programme="temporary_relief"), nothing)
    visit = approved(0, programme="role_model_visit", level="province")
    assert pay(visit, nothing).amount_fen == 0


@pytest.mark.parametrize(
    ("fen", "year", "warnings"),
    [
        (300_000, 300_000, ()),
        (300_001, 0, ("above-cap-a-time",)),
        (300_000, 300_001, ("above-cap-a-year",)),
    ],
)
def test_the_caps_of_sending_warmth_warn(fen: int, year: int, warnings: tuple[str, ...]) -> None:
    around = paying.Circumstances("533123", year)
    assert pay(approved(fen), payment(fen), around).warnings == warnings


def test_the_cap_of_festival_goods_is_for_each_member_by_area_and_year() -> None:
    case = approved(30_000_00, recipient="members", person=None, people=2, **FESTIVAL)
    given = payment(0, goods=goods(300_002), drawings=(drawing(300_002),))
    anhui = paying.Circumstances("340100")
    assert pay(case, given, anhui, date(2019, 9, 1)).warnings == ("above-cap-a-year",)
    assert pay(case, given, anhui, date(2025, 9, 1)).warnings == ()
    assert pay(case, given, anhui, date(2017, 9, 1)).warnings == ()


def test_odd_payers_the_retired_and_missing_receipts_are_warned_of() -> None:
    around = paying.Circumstances("533123", 0, retired_at_grassroots=True)
    assert pay(approved(), payment(receipt=""), around).warnings == (
        "retired-from-union-money",
        "receipt-missing",
    )
    birthday = approved(30_000, programme="birthday")
    given = payment(0, voucher_fen=30_000, payer="employer", drawings=())
    assert pay(birthday, given).warnings == ("payer-unusual",)


def test_a_reversal_takes_back_the_whole_payment() -> None:
    given = payment(60_000, goods=goods(40_000), drawings=(drawing(100_000),))
    case = paid(approved(), given)
    (event,) = paying.decide_reverse(case, PAID)
    before = pay(approved(), given)
    assert (event.amount_fen, event.portions, event.goods) == (100_000, before.portions, before.goods)
    with pytest.raises(CaseElsewhere):
        paying.decide_reverse(evolve(case, event), PAID)


def test_a_year_is_counted_for_each_recipient() -> None:
    (first,) = tally.decide_count(None, tally.Counting(WORKER, "condolence", FUND, 500), PAID, 2013)
    state = tally.evolve(None, first)
    (back,) = tally.decide_count(state, tally.Counting(WORKER, "condolence", FUND, -200), PAID, 2013)
    assert tally.counted(tally.evolve(state, back), "condolence") == 300
    assert tally.counted(state, "festival_goods") == 0
    assert len({tally.tally_id(WORKER, 2013), tally.tally_id(WORKER, 2014), tally.tally_id(UNION, 2013)}) == 3


def test_festival_goods_are_for_holidays() -> None:
    case = approved(programme="festival_goods", occasion="none")
    given = payment(0, goods=goods(100_000), drawings=(drawing(100_000),))
    assert pay(case, given).warnings == ("not-a-legal-holiday",)
    assert pay(approved(**FESTIVAL), given).warnings == ()  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("on", "warnings"), [(date(2013, 9, 1), ()), (date(2013, 10, 1), ("out-of-season",))]
)
def test_tuition_aid_is_for_the_beginning_of_the_school_year(on: date, warnings: tuple[str, ...]) -> None:
    case = approved(programme="tuition_aid", stage="university")
    assert pay(case, payment(), on=on).warnings == warnings


def test_benefits_of_members_have_forms_and_caps_of_their_own() -> None:
    given = payment(0, voucher_fen=50_001, drawings=(drawing(50_001),))
    assert pay(approved(programme="birthday"), given, on=date(2018, 5, 1)).warnings == ("above-cap-a-time",)
    with pytest.raises(paying.FormNotAllowed):
        pay(approved(programme="birthday"), payment())
    ill = approved(300_000, programme="hospital_visit")
    assert pay(ill, payment(200_001), on=date(2018, 5, 1)).warnings == ("above-cap-a-time",)
    assert approved(programme="birthday").once
