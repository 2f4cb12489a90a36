"""Suggestions: stage by stage, and five classes by the value of a year."""

from __future__ import annotations

from datetime import date
from functools import reduce
from typing import Any
from uuid import UUID

import pytest

from services.events.domain import suggestions as rules
from services.events.domain.suggestions import Suggestion, evolve
from shared.contracts.events import SuggestionSubmitted, SuggestionValueAssessed
from shared.stages import BeforeLastStep, StepOutOfTurn

MADE, ADOPTED, DONE = date(2013, 3, 1), date(2013, 4, 1), date(2013, 6, 1)


def made(items: int = 1) -> Suggestion:
    said = SuggestionSubmitted(occurredon=MADE, union=UUID(int=1), kind="rational_suggestion", items=items)
    return evolve(None, said)


def done(items: int = 1) -> Suggestion:
    state = reduce(evolve, rules.decide_adopt(made(items), "技〔2013〕4号", ADOPTED), made(items))
    return reduce(evolve, rules.decide_implement(state, DONE), state)


def worth(fen: int, **but: Any) -> SuggestionValueAssessed:
    said: dict[str, Any] = {
        "occurredon": date(2013, 12, 20),
        "kind": "rational_suggestion",
        "items": 1,
        "value_class": "",
        "old_value_class": None,
        "old_fen": None,
        "fen": fen,
        "assessor": "finance_department",
        "basis": "cost_saved",
        "period_from": ADOPTED,
        "period_until": date(2014, 3, 31),
        "first_assessed_on": DONE,
        "document": "财〔2013〕7号",
    }
    return SuggestionValueAssessed(**said | but)


@pytest.mark.parametrize(
    ("fen", "value_class"),
    [
        (100_000_000, "class_one"),
        (99_999_999, "class_two"),
        (50_000_000, "class_two"),
        (10_000_000, "class_three"),
        (1_000_000, "class_four"),
        (999_999, "class_five"),
    ],
)
def test_the_class_follows_the_value(fen: int, value_class: str) -> None:
    (event,) = rules.decide_assess(done(), worth(fen))
    assert (event.value_class, event.warnings) == (value_class, ())


def test_several_together_have_no_class() -> None:
    assert rules.class_of(10**9, 2, ADOPTED) == "list_of_items"


def test_a_later_assessment_tells_the_earlier_one() -> None:
    state = reduce(evolve, rules.decide_assess(done(), worth(60_000_000)), done())
    (event,) = rules.decide_assess(state, worth(5, occurredon=date(2014, 2, 1)))
    assert (event.old_fen, event.old_value_class) == (60_000_000, "class_two")
    assert event.first_assessed_on == date(2013, 12, 20)


def test_value_is_that_of_the_first_year() -> None:
    for period in ({"period_until": date(2015, 3, 31)}, {"period_from": MADE}):
        (event,) = rules.decide_assess(done(), worth(5, **period))
        assert event.warnings == ("period-not-first-year",)
    with pytest.raises(rules.PeriodEndsBeforeItBegins):
        rules.decide_assess(done(), worth(5, period_until=MADE))


def test_stages_come_in_their_order() -> None:
    with pytest.raises(StepOutOfTurn):
        rules.decide_implement(made(), DONE)
    with pytest.raises(StepOutOfTurn):
        rules.decide_adopt(done(), "技〔2013〕4号", DONE)
    with pytest.raises(BeforeLastStep):
        rules.decide_reject(made(), "技〔2013〕4号", date(2013, 2, 1))
    with pytest.raises(StepOutOfTurn):
        rules.decide_assess(made(), worth(5))
