"""Division codes (DOMAIN COD-06 to COD-08)."""

import pytest

from shared.codes import divisions
from shared.codes.refusal import InvalidCode


@pytest.mark.parametrize(
    ("code", "level", "parent"),
    [
        ("330000000000", 1, None),
        ("330200000000", 2, "330000000000"),
        ("330282000000", 3, "330200000000"),
        ("330282121000", 4, "330282000000"),
        ("330282121235", 5, "330282121000"),
        ("441900003000", 4, "441900000000"),
        ("441900003001", 5, "441900003000"),
        ("999999000000", 3, "999900000000"),
    ],
)
def test_level_and_parent_follow_the_padding(code: str, level: int, parent: str | None) -> None:
    assert divisions.checked(code) == code
    assert (divisions.level(code), divisions.parent(code)) == (level, parent)


@pytest.mark.parametrize(
    ("short", "full"), [("33", "330000000000"), ("330282121", "330282121000"), ("５２０５", "520500000000")]
)
def test_short_official_forms_are_filled(short: str, full: str) -> None:
    assert divisions.checked(short) == full


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("33028212123", "division-code-malformed"),
        ("33028212123X", "division-code-malformed"),
        ("030282121235", "division-code-malformed"),
        ("", "division-code-malformed"),
        ("330282000001", "division-code-level-missing"),
        ("330082000000", "division-code-level-missing"),
        ("330000001000", "division-code-level-missing"),
    ],
)
def test_a_wrong_code_is_refused_for_its_reason(code: str, reason: str) -> None:
    with pytest.raises(InvalidCode) as caught:
        divisions.checked(code)
    assert caught.value.code == reason


@pytest.mark.parametrize(
    ("name", "level", "placeholder"),
    [
        ("市辖区", 2, True),
        ("市辖区", 3, True),
        ("县", 2, True),
        ("省直辖县级行政区划", 2, True),
        ("自治区直辖县级行政区划", 2, True),
        ("龙港县直辖村级区划", 4, True),
        ("市辖区", 5, False),
        ("大方县", 3, False),
        ("周巷镇", 4, False),
    ],
)
def test_placeholders_are_known_by_name_and_level(name: str, level: int, placeholder: bool) -> None:
    assert divisions.is_placeholder(name, level) is placeholder
