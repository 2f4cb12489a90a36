"""Unified social credit codes (DOMAIN COD-04, COD-05)."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.codes import credit
from shared.codes.refusal import InvalidCode
from tests.support.codes import credit_code

codes = st.builds(credit_code, st.integers(0, 999_999), st.sampled_from(["81", "89", "91", "12", "N1"]))


def refusal(code: str) -> InvalidCode:
    with pytest.raises(InvalidCode) as caught:
        credit.checked(code)
    return caught.value


@pytest.mark.parametrize(
    ("code", "holder"),
    [
        ("91350100M000100Y43", "company"),
        ("81330282MC0000012N", "grassroots_union"),
        ("89533123MC0000020P", "other_union"),
    ],
)
def test_known_codes_pass_with_the_class_of_their_authority(code: str, holder: str) -> None:
    assert credit.checked(code.lower()) == credit.CreditCode(code, holder)


def test_the_parts_inside_can_be_read() -> None:
    read = credit.checked("81330282MC0000012N")
    assert (read.division, read.organisation) == ("330282", "MC0000012")


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("9135O100M000100Y43", "credit-code-letter"),
        ("91350100M000100Y4", "credit-code-malformed"),
        ("91350100M000100Y430", "credit-code-malformed"),
        ("913501A0M000100Y43", "credit-code-malformed"),
        ("", "credit-code-malformed"),
        ("91350100M000100X43", "credit-code-organisation-check"),
        ("91350100M000100Y44", "credit-code-check"),
    ],
)
def test_a_wrong_code_is_refused_for_its_reason(code: str, reason: str) -> None:
    assert refusal(code).code == reason


@given(codes, st.integers(0, 17), st.sampled_from(credit.ALPHABET))
def test_every_single_wrong_character_is_caught(code: str, place: int, other: str) -> None:
    assume(code[place] != other)
    refusal(code[:place] + other + code[place + 1 :])


@given(codes, st.integers(0, 16))
def test_every_swap_of_neighbours_is_caught(code: str, place: int) -> None:
    assume(code[place] != code[place + 1])
    refusal(code[:place] + code[place + 1] + code[place] + code[place + 2 :])


def test_a_union_with_an_employers_code_is_a_doubt_not_a_refusal() -> None:
    doubt = credit.union_warning(credit.checked(credit_code(1, "91")))
    assert doubt is not None
    assert doubt.code == "credit-code-not-of-a-union"
    assert credit.union_warning(credit.checked(credit_code(1, "89"))) is None
