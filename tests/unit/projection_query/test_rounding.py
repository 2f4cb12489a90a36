"""Round numbers with their qualifiers, as reports print them; never wrong about the side of the exact one."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.catalogue import figure
from services.projection.queries.rounding import parse, rounded

MEMBERS, DUES, RATE = figure("members_total"), figure("dues_received"), figure("join_rate")


@pytest.mark.parametrize(
    ("name", "value", "chosen", "text"),
    [
        ("members_total", 1_234, "100:down", "1200余人"),
        ("members_total", 1_234, "100", "1200余人"),
        ("members_total", 1_286, "100", "近1300人"),
        ("members_total", 1_211, "100:up", "近1300人"),
        ("members_total", 1_234, "10:about", "1230人左右"),
        ("members_total", 1_200, "100", "1200人"),
        ("members_total", 1_200, "100:about", "1200人左右"),
        ("members_total", 49, "100:down", "49人"),  # nothing would be left of it
        ("dues_received", 75_861_200, "10000:down", "75万余元"),
        ("dues_received", 75_861_200, "10000", "近76万元"),
        ("dues_received", 75_861_200, "100000:about", "80万元左右"),
        ("dues_received", 490_050, "100:down", "4900余元"),
        ("join_rate", Decimal("49.62"), "1:about", "50%左右"),
        ("join_rate", Decimal("49.62"), "1", "50%"),
        ("join_rate", Decimal("99.96"), "0.1", "99.9%"),
        ("join_rate", Decimal("99.96"), "1", "99%"),
        ("unions_growth_percent", Decimal("6.52"), "0.1", "增长6.5%"),
        ("unions_growth_percent", Decimal("-6.52"), "1", "下降7%"),
        ("members_growth_number", 1_032, "1000:down", "增加1000余人"),
        ("members_growth_number", -968, "100", "减少近1000人"),
    ],
)
def test_a_number_is_rounded_as_the_report_chooses(
    name: str, value: int | Decimal, chosen: str, text: str
) -> None:
    found = rounded(figure(name), value, parse(chosen))
    assert found is not None
    assert found.display == text


@pytest.mark.parametrize(
    ("name", "value", "chosen"),
    [
        ("members_total", None, "100"),
        ("members_total", 1_234, "1"),  # 余 follows a round number only
        ("hazardous_chemical_contest_rank", 3, "10"),
        ("join_rate", Decimal("49.62"), "10:down"),
    ],
)
def test_what_has_no_round_form_has_none(name: str, value: int | Decimal | None, chosen: str) -> None:
    assert rounded(figure(name), value, parse(chosen)) is None


@pytest.mark.parametrize("text", ["", "7", "100:", "100:余", "-10", "1e3", "10.0", "100:down\n"])
def test_any_other_rounding_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="power of ten"):
        parse(text)


@given(st.integers(0, 10**12), st.sampled_from(["10", "100:down", "1000:up", "100000:near"]))
def test_the_qualifier_says_on_which_side_the_exact_number_is(value: int, chosen: str) -> None:
    found = rounded(MEMBERS, value, parse(chosen))
    assert found is not None
    assert isinstance(found.value, int)
    side = {"余": value > found.value, "近": value < found.value, "": value == found.value}
    assert side[found.qualifier]
    assert abs(value - found.value) < int(parse(chosen).step) or found.value == value


@given(st.integers(0, 9_999), st.sampled_from(["0.01", "0.1", "1", "1:about", "10:about"]))
def test_a_rate_is_never_rounded_up_to_a_hundred(hundredths: int, chosen: str) -> None:
    found = rounded(RATE, Decimal(hundredths) / 100, parse(chosen))
    assert found is not None
    assert found.value < 100


@given(st.integers(-(10**12), 10**12), st.sampled_from(["10:about", "100", "10000:down"]))
def test_money_is_rounded_in_yuan(fen: int, chosen: str) -> None:
    found = rounded(DUES, fen, parse(chosen))
    assert found is not None
    assert found.value == fen or int(found.value) % (int(parse(chosen).step) * 100) == 0
