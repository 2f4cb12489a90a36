"""Citizen numbers and other documents (DOMAIN COD-01 to COD-03)."""

from datetime import date, timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.codes import documents, identity
from shared.codes.refusal import InvalidCode
from tests.support.codes import citizen_number, person_number

TODAY = date(2026, 11, 22)
numbers = st.builds(
    citizen_number, st.dates(date(1900, 1, 1), TODAY), st.integers(min_value=0, max_value=999)
)


def refusal(number: str) -> InvalidCode:
    with pytest.raises(InvalidCode) as caught:
        identity.checked(number, TODAY)
    return caught.value


@pytest.mark.parametrize("number", ["11010519491231002X", "34052419800101001X", "999999199202290018"])
def test_published_examples_pass(number: str) -> None:
    assert identity.checked(number, TODAY).number == number


def test_birth_date_and_sex_are_read_from_the_number() -> None:
    read = identity.checked("11010519491231002x", TODAY)
    assert (read.born, read.sex, read.converted) == (date(1949, 12, 31), "female", False)


def test_full_width_digits_and_spaces_are_put_right() -> None:
    assert identity.checked(" ９９９９９９ 19920229 0018", TODAY).number == "999999199202290018"


@pytest.mark.parametrize(
    ("number", "code"),
    [
        ("999999199002290013", "citizen-number-impossible-day"),
        ("110105491231002", "citizen-number-of-old-card"),
        ("110105194912310021", "citizen-number-check-digit"),
        ("1101051949123100", "citizen-number-malformed"),
        ("X10105194912310021", "citizen-number-malformed"),
        ("٣٤٠٥٢٤١٩٨٠٠١٠١٠٠١X", "citizen-number-malformed"),
        ("", "citizen-number-malformed"),
        (citizen_number(TODAY + timedelta(days=1), 1), "citizen-number-born-in-future"),
    ],
)
def test_a_wrong_number_is_refused_for_its_reason(number: str, code: str) -> None:
    assert refusal(number).code == code


def test_somebody_born_today_is_accepted() -> None:
    assert identity.checked(citizen_number(TODAY, 2), TODAY).born == TODAY


def test_an_old_card_is_converted_only_on_request_and_marked() -> None:
    converted = identity.convert("110105491231002", TODAY)
    assert (converted.number, converted.converted) == ("11010519491231002X", True)
    with pytest.raises(InvalidCode, match="old-card-number-malformed"):
        identity.convert("11010519491231002X", TODAY)


@given(numbers, st.integers(0, 17), st.sampled_from("0123456789X"))
def test_every_single_wrong_character_is_caught(number: str, place: int, other: str) -> None:
    assume(number[place] != other)
    refusal(number[:place] + other + number[place + 1 :])


@given(numbers, st.integers(0, 16))
def test_every_swap_of_neighbours_is_caught(number: str, place: int) -> None:
    assume(number[place] != number[place + 1])
    refusal(number[:place] + number[place + 1] + number[place] + number[place + 2 :])


@given(numbers, st.integers(0, 17))
def test_a_refusal_never_shows_the_number(number: str, place: int) -> None:
    wrong = number[:place] + ("1" if number[place] != "1" else "2") + number[place + 1 :]
    told = refusal(wrong)
    assert not any(wrong[start : start + 4] in f"{told}{told!r}" for start in range(6, 15))
    assert wrong not in repr(told)


def test_a_checked_number_does_not_print_itself() -> None:
    number = person_number(7)
    assert number not in repr(identity.checked(number, TODAY))
    assert number not in repr(documents.checked("citizen", number, TODAY))


def test_generated_people_are_distinct_and_valid() -> None:
    some = [person_number(index) for index in range(0, 30_000, 7)]
    assert len(set(some)) == len(some)
    assert all(identity.checked(number, TODAY) for number in some)


@pytest.mark.parametrize(
    ("kind", "number"),
    [
        ("passport", "e12345678"),
        ("hmt_residence", "810000199408230021"),
        ("hm_travel", "H12345678"),
        ("tw_travel", "12345678"),
        ("foreign_residence", "USA123456789012"),
        ("other", "军字第-1234".replace("军字第", "JZ")),
    ],
)
def test_other_papers_pass_by_their_shape(kind: str, number: str) -> None:
    assert documents.checked(kind, number, TODAY).number == number.upper()


@pytest.mark.parametrize(
    ("kind", "number", "code"),
    [
        ("passport", "E1", "document-number-malformed"),
        ("hmt_residence", "330000199408230021", "document-number-malformed"),
        ("licence", "1234", "document-kind-unknown"),
        ("citizen", "1234", "citizen-number-malformed"),
    ],
)
def test_a_paper_of_the_wrong_shape_is_refused(kind: str, number: str, code: str) -> None:
    with pytest.raises(InvalidCode) as caught:
        documents.checked(kind, number, TODAY)
    assert caught.value.code == code


def test_a_number_is_found_inside_any_text_and_others_are_not_taken_for_one() -> None:
    number = citizen_number(date(1971, 3, 5), 771)
    for text in (number, f"身份证{number}", f"see {number}.", number.lower(), f"{number[:-1]}{number[-1]}"):
        assert identity.held_in(text)
    wide = number.translate(str.maketrans("0123456789", "０１２３４５６７８９"))
    assert identity.held_in(wide)
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    for text in (
        "",
        "镇工〔2013〕12号",
        wrong,
        f"1{number}",
        "01900000-0000-7000-8000-000000000007",
        "330282119000",
    ):
        assert not identity.held_in(text)
