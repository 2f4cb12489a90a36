"""Numbers as Chinese work summaries print them."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.catalogue import figure
from services.projection.queries.display import money, printed


@pytest.mark.parametrize(
    ("fen", "text"),
    [
        (0, "0元"),
        (5, "0.05元"),
        (123_450, "1234.5元"),
        (999_999, "9999.99元"),
        (1_000_000, "1万元"),
        (75_861_200, "75.8612万元"),
        (91_280_000, "91.28万元"),
        (75_861_235, "758612.35元"),  # fen would need more decimals than 万元 has
        (1_234_567_890_000, "1234567.89万元"),
        (-75_861_200, "-75.8612万元"),
        (-1, "-0.01元"),
    ],
)
def test_money_is_exact_in_yuan_or_ten_thousands(fen: int, text: str) -> None:
    assert money(fen) == text


@given(st.integers(min_value=-(10**16), max_value=10**16))
def test_money_reads_back_to_the_fen(fen: int) -> None:
    text = money(fen)
    number = Fraction(text.removesuffix("元").removesuffix("万"))
    assert number * (1_000_000 if "万" in text else 100) == fen
    assert len(text.partition(".")[2].rstrip("万元")) <= 4


@pytest.mark.parametrize(
    ("name", "value", "text"),
    [
        ("members_joined", 376, "376人"),
        ("unions_established", 7, "7个"),
        ("units_covered", 753, "753家"),
        ("dues_received", 91_280_000, "91.28万元"),
        ("dues_target_completion_percent", Decimal(57), "57%"),
        ("join_rate", Decimal("99.25"), "99.25%"),
        ("unions_growth_percent", Decimal("58.51"), "增长58.51%"),
        ("unions_growth_percent", Decimal("-3.20"), "下降3.20%"),
        ("unions_growth_percent", Decimal("0.00"), "持平"),
        ("members_growth_number", 1_032, "增加1032人"),
        ("members_growth_number", -7, "减少7人"),
        ("dues_received_growth_amount", 65_201_000, "增加65.201万元"),
        ("join_rate_growth_points", Decimal("2.30"), "提高2.30个百分点"),
        ("join_rate_growth_points", Decimal("-0.50"), "降低0.50个百分点"),
        ("hazardous_chemical_contest_rank", 3, "第3名"),
        ("quality_competition_target_percent", 100, "100%"),
        ("workers_total", None, "无数据"),
    ],
)
def test_every_figure_is_printed_in_its_style(name: str, value: int | Decimal | None, text: str) -> None:
    assert printed(figure(name), value) == text
