"""The files of the ten summaries: complete, consistent with themselves and with what is printed."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from pydantic import ValidationError

from unionstream.demo.asking import asked, period, wanted
from unionstream.demo.drawing import NotConsistent, drawn, shipped
from unionstream.demo.ground import Ground, NoMorePlaces
from unionstream.demo.story import Expected, Quantity, Scenario, chapters, expected, scenario
from unionstream.demo.telling import Story

PRINTED = 288
SEEDS = range(1, 51)


def test_every_printed_figure_is_asked_or_missed_with_a_reason() -> None:
    assert list(expected()) == [f"F{n:03}" for n in range(1, PRINTED + 1)]


@pytest.mark.parametrize("chapter", chapters())
def test_the_quantities_as_shipped_give_the_printed_numbers(chapter: int) -> None:
    story = Story(scenario(chapter), shipped(scenario(chapter)))
    for id_, each in expected().items():
        if each.chapter == chapter and each.is_:
            assert Decimal(str(wanted(story, each.ask))) == Decimal(str(each.shipped)), id_
            assert prints_as(each), id_


def test_a_rate_is_printed_with_fewer_decimals_than_it_has() -> None:
    audited = expected()["F167"]
    assert [str(audited.as_printed(rate)) for rate in ("94.76", 94.49, "100.00")] == ["95", "94", "100"]
    assert str(expected()["F084"].as_printed("6.55")) == "6.6"


def prints_as(each: Expected) -> bool:
    """Whether the value, in the unit of the text, may be printed as it is printed there."""
    value = float(each.as_printed(each.shipped))
    if each.least is not None:
        return each.least <= value <= each.printed
    near = max(abs(each.printed) // 10, 1)
    return {
        "exact": value == each.printed,
        "over": each.printed <= value < each.printed + near,
        "nearly": each.printed - near < value <= each.printed,
        "about": abs(value - each.printed) < near,
    }[each.qualifier]


@pytest.mark.parametrize("chapter", chapters())
def test_other_numbers_are_consistent_and_differ(chapter: int) -> None:
    whole = scenario(chapter)
    draws = [drawn(whole, seed) for seed in SEEDS]
    assert drawn(whole, 1) == draws[0]
    for name, quantity in whole.quantities.items():
        seen = {values[name] for values in draws}
        assert len(seen) > 1 or not quantity.draw, f"{name} is always {seen}"
        free = quantity.draw or quantity.is_ or quantity.fixed or not quantity.printed
        assert free, f"{name} is printed and never drawn"


@pytest.mark.parametrize("chapter", chapters())
def test_printed_quantities_and_figures_name_each_other(chapter: int) -> None:
    whole = scenario(chapter)
    ids = {id_ for id_, each in expected().items() if each.chapter == chapter and each.is_}
    assert {id_ for quantity in whole.quantities.values() for id_ in quantity.printed} <= ids
    story = Story(whole, shipped(whole))
    for _id, ask in asked(story):
        first, last = period(story, ask.during)
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", first), first
        assert first <= last


@pytest.mark.parametrize("chapter", chapters())
def test_every_quantity_is_used(chapter: int) -> None:
    said = repr(scenario(chapter))
    asked_for = " ".join(each.is_ for each in expected().values() if each.chapter == chapter)
    for name in scenario(chapter).quantities:
        assert len(re.findall(rf"\b{name}\b", said + asked_for)) > 1, name


def test_a_country_of_its_own_has_codes_that_begin_alike() -> None:
    whole = scenario(1)
    assert Ground(whole, 0).code("330282119000", 4) == "330282119000"
    assert Ground(whole, 3).code("330282119000", 4) == "330258119000"
    assert Ground(whole, 3).code("330200000000", 2) == ""
    upper = whole.model_copy(update={"own_level": 2})
    assert Ground(upper, 3).code("330282000000", 3) == "335882000000"
    with pytest.raises(NoMorePlaces):
        Ground(whole, 50).code("330282119000", 4)


def test_a_constraint_that_does_not_hold_is_told() -> None:
    whole = scenario(1).model_copy(update={"require": ("target > 1000",)})
    with pytest.raises(NotConsistent, match="target > 1000"):
        shipped(whole)


def test_mistakes_in_files_are_refused() -> None:
    with pytest.raises(ValidationError, match="printed, or assumed"):
        Quantity(value=1)
    with pytest.raises(ValidationError, match="a computed one has none"):
        Quantity.model_validate({"value": 1, "is": "2"})
    with pytest.raises(ValidationError, match=r"asked .* or missed"):
        Expected(chapter=1, metric="x", printed=1, unit="people")
    with pytest.raises(ValidationError, match="stand together"):
        Expected.model_validate({"chapter": 1, "metric": "x", "printed": 1, "unit": "people", "is": "1"})
    with pytest.raises(ValidationError, match="extra_forbidden"):
        Scenario.model_validate({"chapter": 1, "steps": [{"to": "x y", "rows": {}}]})
