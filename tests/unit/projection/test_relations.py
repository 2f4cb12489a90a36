"""Relations between figures: the known misfits of the ten summaries are found, and nothing else."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.catalogue import CatalogueError
from services.projection.reconciling.relations import broken, evaluated, relations
from tests.support.printed import printed

# Relation, with the chapter that prints what it is about.
MISFITS = {
    (4, "boards_every_month"),
    (7, "wage_sign_rate"),
    (8, "hardship_fund_coverage"),
    (8, "hardship_subsidies"),
    (8, "medical_by_product"),
    (8, "paired_unions"),
    (8, "reserve_cadres"),
}


def test_the_misfits_of_the_ten_summaries_are_found_and_nothing_else() -> None:
    found = {
        (chapter, each.relation.id)
        for chapter, figures in printed().items()
        for each in broken({name: Decimal(told.value) for name, told in figures.items()})
    }
    assert found == MISFITS


def test_both_sides_are_told_as_they_come_out() -> None:
    figures = {name: Decimal(told.value) for name, told in printed()[8].items()}
    (medical,) = [each for each in broken(figures) if each.relation.id == "medical_by_product"]
    assert (str(medical.left), str(medical.right)) == ("10124", "10135")


def test_every_relation_is_looked_at_in_some_summary() -> None:
    told = [set(figures) for figures in printed().values()]
    assert [each.id for each in relations() if not any(each.figures <= names for names in told)] == []


@given(st.integers(1, 5000), st.integers(0, 5000))
def test_a_rate_that_some_whole_number_gives_is_no_misfit(part: int, more: int) -> None:
    hundredths = int(Fraction(part * 10_000, part + more) + Fraction(1, 2))
    figures = {
        "wage_contract_enterprises_covered": Decimal(part),
        "wage_contract_sign_rate_percent": Decimal(hundredths) / 100,
    }
    assert list(broken(figures)) == []


@pytest.mark.parametrize(
    ("expression", "value"),
    [("a + b * 2", 14), ("round(a / b, 2)", Fraction(8, 10)), ("round(7 / 2)", 4), ("(a - b) * 100", -100)],
)
def test_arithmetic_is_exact_and_rounds_half_up(expression: str, value: Fraction) -> None:
    assert evaluated(expression, {"a": Decimal(4), "b": Decimal(5)}) == value


@pytest.mark.parametrize("expression", ["a ** b", "a if b else 1", "open(a)", "'a'", "a.b", "a < b"])
def test_nothing_but_arithmetic_is_evaluated(expression: str) -> None:
    with pytest.raises(CatalogueError):
        evaluated(expression, {"a": Decimal(4), "b": Decimal(5)})
