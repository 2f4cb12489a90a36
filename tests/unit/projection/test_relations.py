"""Relations between figures: the known misfits of the ten summaries are found, and nothing else."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.projection.catalogue import CatalogueError
from services.projection.reconciling.relations import broken, evaluated, relations
from services.projection.reconciling.reports import Declared, Paper, identical
from services.projection.restating.reports import ClosedPeriod
from tests.support.printed import printed
from unionstream.demo.story import relations as on_paper

# Of the arithmetic between printed figures, what does not hold: the chapter, and the relation that finds it.
BY_ID = {
    "R017": (4, "boards_every_month"),
    "R054": (7, "wage_sign_rate"),
    "R075": (8, "hardship_fund_coverage"),
    "R080": (8, "hardship_subsidies"),
    "R083": (8, "medical_by_product"),
    "R092": (8, "paired_unions"),
    "R097": (8, "reserve_cadres"),
}
MISFITS = set(BY_ID.values())


def test_everything_that_does_not_hold_on_paper_is_looked_for() -> None:
    paper = {id_: each.chapter for id_, each in on_paper().items() if each.verdict == "does_not_hold"}
    assert {id_: chapter for id_, (chapter, _) in BY_ID.items()} == paper


def test_what_two_chapters_say_word_for_word_is_alike_in_every_figure() -> None:
    repeat = on_paper()["R105"]
    assert (repeat.chapter, repeat.verdict) == (10, "holds")
    fifth, tenth = (
        Paper(
            UUID(int=chapter), "", {name: declared(told.value) for name, told in printed()[chapter].items()}
        )
        for chapter in (5, 10)
    )
    (found,) = identical([fifth, tenth])
    assert (found.unit, found.expected) == (tenth.unit, str(fifth.unit))


def declared(value: str) -> Declared:
    day = date(2014, 12, 31)
    period = ClosedPeriod(UUID(int=1), UUID(int=1), 1, 0, day, day, "")
    return Declared(Decimal(value), "exact", (0, 1), period)


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
